import "../shell/shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { rights, rightsOf } from "../../domain/operator/rights.ts";
import { AlarmAnnouncer } from "../alarms/alarm-announcer.tsx";
import { AlarmSoundProvider } from "../alarms/alarm-sound.tsx";
import type { GetWatchData } from "../api/client.ts";
import { type Session, signOut } from "../api/session.ts";
import { AlarmBar } from "../centre/alarm-bar.tsx";
import { ConnectionNotice } from "../live/connection-notice.tsx";
import { NewerPage } from "../live/newer-page.tsx";
import { SiteProvider, useConnection, useSite, useSiteConnection } from "../live/use-site.ts";
import { CommissioningNotice } from "../shell/commissioning-notice.tsx";
import { newQueryClient } from "../shell/new-query-client.ts";
import { OnePage } from "../shell/one-page.tsx";
import { type ConsolePage, pages } from "../shell/pages.tsx";
import { SessionProvider } from "../shell/session-context.ts";
import { SignInBeside } from "./sign-in-beside.tsx";
import { WallProvider } from "./wall-context.ts";
import { WallHeader } from "./wall-header.tsx";

/** Who was signed in at the wall until just now: they left, or their session ended by itself. */
export interface Left {
  readonly username: string;
  readonly why: "left" | "ended";
}

/** What is for a wall; the rest of the console is a person's own. */
const onWalls: ReadonlySet<ConsolePage["text"]> = new Set(["centre", "doors", "events", "person"]);

/** The wall as one watcher sees it: the screen itself, or the operator who is signed in beside it. */
export function WallFrame(props: {
  readonly own: GetWatchData;
  readonly session: Session | null;
  readonly left: Left | null;
  readonly onSignedIn: (session: Session) => void;
  readonly onSignedOut: (why: Left["why"]) => void;
  /** The screen itself was refused: it may be paired no longer. */
  readonly onRefused: () => void;
}) {
  const { own, session, onSignedOut, onSignedIn } = props;
  const held = session === null ? rights.filter((one) => own.rights.includes(one)) : rightsOf(session.role);
  const connection = useConnection(held, () =>
    session === null ? props.onRefused() : props.onSignedOut("ended"),
  );
  const [queries] = useState(newQueryClient);
  const [asks, setAsks] = useState(false);
  const isSignedIn = session !== null;
  const wall = useMemo(() => ({ isSignedIn, signIn: () => setAsks(true) }), [isSignedIn]);
  const close = useCallback(() => setAsks(false), []);
  const holder = useMemo(
    () => (session === null ? null : { session, onSession: onSignedIn }),
    [session, onSignedIn],
  );
  const leave = (): void => {
    // Gone from this page even where the controller cannot be told.
    void signOut()
      .catch(() => undefined)
      .finally(() => onSignedOut("left"));
  };
  return (
    <SessionProvider value={holder}>
      <SiteProvider value={connection}>
        <QueryClientProvider client={queries}>
          <WallProvider value={wall}>
            <BrowserRouter basename="/watch">
              <AlarmSoundProvider>
                <Frame own={own} session={session} left={props.left} onLeave={leave} />
              </AlarmSoundProvider>
            </BrowserRouter>
            {asks && session === null ? (
              <SignInBeside own={own} onSignedIn={onSignedIn} onClose={close} />
            ) : null}
          </WallProvider>
        </QueryClientProvider>
      </SiteProvider>
    </SessionProvider>
  );
}

function Frame(props: {
  readonly own: GetWatchData;
  readonly session: Session | null;
  readonly left: Left | null;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const site = useSite();
  const { rights: held } = useSiteConnection();
  const open = pages.filter(
    ({ text, right }) => onWalls.has(text) && [right].flat().some((one) => held.has(one)),
  );
  return (
    <div className="shell wall">
      <a className="skip" href="#page">
        {t("shell.skip")}
      </a>
      <WallHeader {...props} pages={open.filter(({ path }) => !path.includes(":"))} />
      <ConnectionNotice />
      {site.connection === "lost" ? (
        <p className="not-live" role="alert">
          {t("watch.nobodyWatches")}
        </p>
      ) : null}
      <NewerPage />
      <CommissioningNotice />
      <AlarmBar />
      <AlarmAnnouncer alarms={site.alarms} />
      {site.state === null ? <main className="shell-page" id="page" /> : <WallPages pages={open} />}
    </div>
  );
}

function WallPages({ pages: open }: { readonly pages: readonly ConsolePage[] }) {
  const { t } = useTranslation();
  return (
    <Suspense fallback={<main className="shell-page shell-waiting">{t("shell.loading")}</main>}>
      <Routes>
        {open.map((one) => (
          <Route key={one.path} path={one.path} element={<OnePage of={one} />} />
        ))}
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </Suspense>
  );
}

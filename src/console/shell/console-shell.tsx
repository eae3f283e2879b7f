import "./shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter, Link, Navigate, Route, Routes } from "react-router";
import { hasRight, type Role, rightsOf } from "../../domain/operator/rights.ts";
import { AlarmAnnouncer } from "../alarms/alarm-announcer.tsx";
import { AlarmSoundProvider } from "../alarms/alarm-sound.tsx";
import { type Session, signOut } from "../api/session.ts";
import { AlarmBar } from "../centre/alarm-bar.tsx";
import { ConnectionNotice } from "../live/connection-notice.tsx";
import { NewerPage } from "../live/newer-page.tsx";
import { SiteProvider, useConnection, useSite } from "../live/use-site.ts";
import { SignInAgain } from "../session/sign-in-again.tsx";
import { CommissioningNotice } from "./commissioning-notice.tsx";
import { Navigation } from "./navigation.tsx";
import { newQueryClient } from "./new-query-client.ts";
import { OnePage } from "./one-page.tsx";
import { PageHeader } from "./page-header.tsx";
import { type ConsolePage, pages } from "./pages.tsx";
import { SessionProvider, useSession } from "./session-context.ts";

/** Everything behind the sign-in: one connection to the controller, and the pages around it. */
export function ConsoleShell(props: {
  readonly session: Session;
  readonly onSession: (session: Session) => void;
  readonly onSignedOut: () => void;
}) {
  const [ended, setEnded] = useState(false);
  const connection = useConnection(rightsOf(props.session.role), () => setEnded(true));
  const [queries] = useState(newQueryClient);
  const { session, onSession } = props;
  const holder = useMemo(() => ({ session, onSession }), [session, onSession]);
  const leave = (): void => {
    // Gone from this page even where the controller cannot be told.
    void signOut()
      .catch(() => undefined)
      .finally(props.onSignedOut);
  };
  const goOn = (next: Session): void => {
    // What comes before the page itself, a password of one's own, has pages of its own.
    if (next.mustChangePassword || next.mustSetUpSecondFactor) return props.onSignedOut();
    setEnded(false);
    onSession(next);
    connection.resume();
  };
  return (
    <SessionProvider value={holder}>
      <SiteProvider value={connection}>
        <QueryClientProvider client={queries}>
          <div className={ended ? "ended-behind" : undefined} inert={ended}>
            <BrowserRouter>
              <AlarmSoundProvider>
                <Frame session={props.session} onLeave={leave} />
              </AlarmSoundProvider>
            </BrowserRouter>
          </div>
          {ended ? <SignInAgain session={session} onSignedIn={goOn} onLeave={props.onSignedOut} /> : null}
        </QueryClientProvider>
      </SiteProvider>
    </SessionProvider>
  );
}

function Frame({ session, onLeave }: { readonly session: Session; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const site = useSite();
  const open = pages.filter(
    ({ right, simulatedOnly }) =>
      [right].flat().some((one) => hasRight(session.role, one)) && (simulatedOnly !== true || site.simulated),
  );
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {t("shell.skip")}
      </a>
      <PageHeader state={site.state} simulated={site.simulated} session={session} onLeave={onLeave} />
      <ConnectionNotice />
      <NewerPage />
      <CommissioningNotice />
      <AlarmBar />
      {hasRight(session.role, "seeAlarms") ? <AlarmAnnouncer alarms={site.alarms} /> : null}
      <div className="shell-body">
        <Navigation pages={open} />
        {site.state === null ? <div className="shell-page" /> : <Pages pages={open} />}
      </div>
    </div>
  );
}

function Pages({ pages: open }: { readonly pages: readonly ConsolePage[] }) {
  const { t } = useTranslation();
  const { role } = useSession();
  const blank = useSite().state?.commissioning === "uncommissioned";
  const begin = open.find(({ path }) => path === (blank ? "/commissioning" : homes[role]));
  const home = begin ?? open[0];
  return (
    <Suspense fallback={<main className="shell-page shell-waiting">{t("shell.loading")}</main>}>
      <Routes>
        {blank && begin !== undefined ? (
          <Route path="/" element={<Navigate to={begin.path} replace />} />
        ) : null}
        {open.map((one) => (
          <Route key={one.path} path={one.path} element={<OnePage of={one} />} />
        ))}
        <Route path="*" element={home === undefined ? <NoPage /> : <Elsewhere home={home.path} />} />
      </Routes>
    </Suspense>
  );
}

/** Where somebody begins who has nothing to do with alarms; the others begin with them. */
const homes: Partial<Readonly<Record<Role, string>>> = { enrolmentClerk: "/cardholders" };

/** `/` leads to where one begins; any other address that is none says so. */
function Elsewhere({ home }: { readonly home: string }) {
  const { t } = useTranslation();
  const { connection, simulated } = useSite();
  if (window.location.pathname === "/") return <Navigate to={home} replace />;
  // Some pages are there only with a simulated building, and whether there is one may not be known yet.
  if (connection === "connecting" && !simulated) {
    return <main className="shell-page shell-waiting">{t("shell.loading")}</main>;
  }
  return <NoPage />;
}

function NoPage() {
  const { t } = useTranslation();
  return (
    <main className="shell-page shell-waiting" id="page">
      <div>
        <p>{t("shell.noPage")}</p>
        <Link to="/">{t("shell.toBegin")}</Link>
      </div>
    </main>
  );
}

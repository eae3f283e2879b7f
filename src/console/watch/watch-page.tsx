import "./watch.css";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GetWatchData } from "../api/client.ts";
import { askAsScreen } from "../api/http.ts";
import { currentSession, type Session, signOut } from "../api/session.ts";
import { refusalOf } from "./beside.ts";
import { PairingView, Unreachable } from "./pairing-view.tsx";
import { useOwnScreen } from "./use-own-screen.ts";
import { type Left, WallFrame } from "./wall-frame.tsx";

/** Who watches on the wall: the screen itself, or an operator beside it for as long as they are signed in. */
interface Watcher {
  readonly session: Session | null;
  /** Who was until just now, and why no longer. */
  readonly left: Left | null;
  /** Counts, so that whoever comes next begins with nothing of what was fetched for the one before. */
  readonly turn: number;
}

/** Longer than the controller is waited for: a screen that is refused does not storm it. Milliseconds. */
const refusedAgainAfter = 3_000;

/**
 * A screen of the security centre. It watches for as long as it is paired, whoever comes and goes before it, and is never
 * loaded anew for that; where it does not watch it says so.
 */
export function WatchPage() {
  const { t } = useTranslation();
  const { screen, askNow } = useOwnScreen();
  const [watcher, setWatcher] = useState<Watcher | null>(null);
  const become = useCallback((session: Session | null, left: Left | null): void => {
    askAsScreen(session === null);
    setWatcher((before) => ({ session, left, turn: (before?.turn ?? 0) + 1 }));
  }, []);
  /** Where it turns out to be paired all the same; a screen that is not is told before. */
  const beginAnew = useCallback((): void => {
    setWatcher((before) => (before === null ? null : { ...before, turn: before.turn + 1 }));
  }, []);
  const own = screen.is === "paired" ? screen.own : null;
  const isKnown = watcher !== null;
  useEffect(() => {
    if (own === null || isKnown) return;
    let over = false;
    askAsScreen(false);
    void formerSession(own).then((session) => {
      if (!over) become(session, null);
    });
    return () => {
      over = true;
    };
  }, [own, isKnown, become]);
  useEffect(() => {
    if (screen.is !== "pairing" || watcher === null) return;
    // Whoever was signed in beside it has no wall to deal with any more.
    const gone = watcher.session === null ? Promise.resolve() : signOut().catch(() => undefined);
    void gone.then(() => setWatcher(null));
  }, [screen.is, watcher]);

  if (screen.is === "pairing") return <PairingView code={screen.code} takenBack={screen.takenBack} />;
  if (screen.is === "unreachable") return <Unreachable />;
  if (screen.is === "asking" || watcher === null) {
    return <main className="asking">{t("app.connecting")}</main>;
  }
  const { session, left, turn } = watcher;
  return (
    <WallFrame
      key={`${turn} ${JSON.stringify(screen.own)}`}
      own={screen.own}
      session={session}
      left={left}
      onSignedIn={(next) => become(next, null)}
      onSignedOut={(why) => become(null, session === null ? null : { username: session.username, why })}
      onRefused={() => {
        askNow();
        setTimeout(beginAnew, refusedAgainAfter);
      }}
    />
  );
}

/** A page that was loaded anew goes on as whoever was signed in at it. */
async function formerSession(own: GetWatchData): Promise<Session | null> {
  // Whether or not that is answered: the screen itself is paired, and watches.
  const session = await currentSession().catch(() => null);
  return session === null || refusalOf(session, own) !== null ? null : session;
}

import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "./api/http.ts";
import { currentSession, type Session } from "./api/session.ts";
import { NewPasswordPage } from "./session/new-password-page.tsx";
import { SecondFactorPage } from "./session/second-factor-page.tsx";
import { SignInPage } from "./session/sign-in-page.tsx";
import { ConsoleShell } from "./shell/console-shell.tsx";

type Gate =
  | { readonly at: "asking"; readonly failed: boolean }
  | { readonly at: "signedOut" }
  | { readonly at: "signedIn"; readonly session: Session; readonly password: string };

/** A page of its own, with nobody signed in at it. */
const Watch = lazy(async () => ({ default: (await import("./watch/watch-page.tsx")).WatchPage }));

export function App() {
  if (!/^\/watch(?:\/|$)/.test(window.location.pathname)) return <Console />;
  return (
    <Suspense fallback={<Asking failed={false} />}>
      <Watch />
    </Suspense>
  );
}

/** Nothing of the site is shown, or asked for, before somebody has signed in with a password of their own. */
function Console() {
  const [gate, setGate] = useState<Gate>({ at: "asking", failed: false });
  const { t } = useTranslation();
  const goOn = useCallback((session: Session) => setGate({ at: "signedIn", session, password: "" }), []);
  useSessionProbe(gate, setGate);
  useDocumentTitle();
  if (gate.at === "asking") return <Asking failed={gate.failed} />;
  if (gate.at === "signedOut") {
    return (
      <SignInPage onSignedIn={(session, password) => setGate({ at: "signedIn", session, password })}>
        <p className="session-other">
          <a href="/watch">{t("watch.useAsWall")}</a>
        </p>
      </SignInPage>
    );
  }
  if (gate.session.mustChangePassword) {
    return (
      <NewPasswordPage
        username={gate.session.username}
        currentPassword={gate.password}
        onChanged={(session) => setGate({ at: "signedIn", session, password: "" })}
      />
    );
  }
  if (gate.session.mustSetUpSecondFactor) {
    return (
      <SecondFactorPage
        currentPassword={gate.password}
        onSetUp={(session) => setGate({ at: "signedIn", session, password: "" })}
      />
    );
  }
  const { session } = gate;
  return (
    <ConsoleShell
      // Another person sees nothing of what was fetched for the one before.
      key={`${session.username} ${session.role}`}
      session={session}
      onSession={goOn}
      onSignedOut={() => setGate({ at: "signedOut" })}
    />
  );
}

/** Asks once a second until the server says who is signed in, or that nobody is. */
function useSessionProbe(gate: Gate, setGate: (gate: Gate) => void): void {
  useEffect(() => {
    if (gate.at !== "asking") return;
    let over = false;
    const ask = async (): Promise<void> => {
      try {
        const session = await currentSession();
        if (!over) setGate({ at: "signedIn", session, password: "" });
      } catch (error) {
        const away = error instanceof ApiError && (error.status === 0 || error.status >= 500);
        if (!over) setGate(away ? { at: "asking", failed: true } : { at: "signedOut" });
      }
    };
    const timer = setTimeout(() => void ask(), gate.failed ? 1_000 : 0);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [gate, setGate]);
}

function useDocumentTitle(): void {
  const { t } = useTranslation();
  const title = t("app.name");
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function Asking({ failed }: { readonly failed: boolean }) {
  const { t } = useTranslation();
  return (
    <main className="asking" aria-live="polite">
      {failed ? t("session.unreachable") : t("app.connecting")}
    </main>
  );
}

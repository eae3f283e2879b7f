import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "../api/session.ts";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { SignInPage } from "./sign-in-page.tsx";

/**
 * The session ended while the page was open: it says so, unmistakably, for nobody watches now. Behind it the page keeps
 * its place for the same operator.
 */
export function SignInAgain(props: {
  readonly session: Session;
  readonly onSignedIn: (session: Session, password: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [since] = useState(() => new Date());
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const time = since.toLocaleTimeString(localeOf(language));
  return (
    // Above whatever dialog is open: nothing of the page can be reached.
    <dialog
      className="ended"
      ref={dialog}
      onCancel={(event) => event.preventDefault()}
      // A browser closes it all the same when Escape is pressed twice.
      onClose={() => dialog.current?.showModal()}
    >
      <p className="not-live" role="alert">
        {t("live.ended")}. {t("live.endedSince", { time })}
      </p>
      <SignInPage
        username={props.session.username}
        lead={t("live.endedLead")}
        onSignedIn={props.onSignedIn}
      />
      <button type="button" className="quiet ended-other" onClick={props.onLeave}>
        {t("live.other")}
      </button>
    </dialog>
  );
}

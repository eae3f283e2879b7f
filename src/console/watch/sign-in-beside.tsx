import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GetWatchData } from "../api/client.ts";
import { type Session, signOut } from "../api/session.ts";
import { SignInPage } from "../session/sign-in-page.tsx";
import { type Refusal, refusalOf } from "./beside.ts";

/** A form that somebody opened and left stands before the alarms. */
const untouchedFor = 60_000;

/** Who would deal with what the wall shows. The wall watches on behind it. */
export function SignInBeside(props: {
  readonly own: GetWatchData;
  readonly onSignedIn: (session: Session) => void;
  /** The same one each time that this is drawn. */
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { own, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [refused, setRefused] = useState<{ readonly why: Refusal; readonly times: number } | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const touched = useUntouched(onClose);
  const take = (session: Session): void => {
    const why = refusalOf(session, own);
    if (why === null) return props.onSignedIn(session);
    void signOut()
      .catch(() => undefined)
      .finally(() => setRefused((before) => ({ why, times: (before?.times ?? 0) + 1 })));
  };
  return (
    <dialog
      className="sign-in-beside"
      ref={dialog}
      aria-label={t("watch.signIn")}
      onClose={onClose}
      onInput={touched}
      onKeyDown={touched}
    >
      {refused === null ? null : (
        <p className="sign-in-refused" role="alert">
          {t(`watch.refused.${refused.why}`)}
        </p>
      )}
      <SignInPage key={refused?.times ?? 0} username="" lead={t("watch.signInLead")} onSignedIn={take}>
        <button type="button" className="quiet wide" onClick={onClose}>
          {t("watch.close")}
        </button>
      </SignInPage>
    </dialog>
  );
}

function useUntouched(onUntouched: () => void): () => void {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setTimeout(onUntouched, untouchedFor);
    return () => clearTimeout(timer);
  }, [turn, onUntouched]);
  return () => setTurn((before) => before + 1);
}

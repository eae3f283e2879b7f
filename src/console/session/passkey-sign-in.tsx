import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Session, signInWithPasskey } from "../api/session.ts";

/** Passkeys are bound to a domain name: at an address of numbers there are none. */
const isAddress = /^[\d.]+$|^\[/;

/** In place of password and code, where the browser and the site's name allow it. */
export function PasskeySignIn({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }) {
  const { t } = useTranslation();
  const [working, setWorking] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!window.isSecureContext || isAddress.test(window.location.hostname)) return null;
  const begin = async (): Promise<void> => {
    setWorking(true);
    setFailed(false);
    try {
      onSignedIn(await signInWithPasskey());
    } catch {
      // Refused by the site, by the authenticator, or taken back by the person: the password stays.
      setFailed(true);
      setWorking(false);
    }
  };
  return (
    <>
      <button type="button" className="wide" disabled={working} onClick={() => void begin()}>
        {t("accounts.passkeys.signIn")}
      </button>
      <p className="failure" role="alert">
        {failed ? t("accounts.passkeys.failed") : ""}
      </p>
    </>
  );
}

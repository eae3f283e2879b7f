import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";
import type { Session } from "../api/session.ts";
import { signIn } from "../api/session.ts";
import { CodeField } from "./code-field.tsx";
import { PasskeySignIn } from "./passkey-sign-in.tsx";
import { PasswordField } from "./password-field.tsx";
import { SessionFrame } from "./session-frame.tsx";
import { useFailureText } from "./use-failure-text.ts";

export function SignInPage(props: {
  /** Who was signed in until just now. */
  readonly username?: string;
  readonly lead?: string;
  /** Where else one may go from here. */
  readonly children?: ReactNode;
  readonly onSignedIn: (session: Session, password: string) => void;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const [username, setUsername] = useState(props.username ?? "admin");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWorking(true);
    setFailure(undefined);
    try {
      props.onSignedIn(await signIn(username.trim(), password, code.trim()), password);
    } catch (error) {
      const missing = error instanceof ApiError && error.code === "second-factor-required";
      setAsksCode(asksCode || missing);
      setFailure(missing ? undefined : error);
      setWorking(false);
    }
  };

  return (
    <SessionFrame title={t("session.title")} lead={props.lead ?? t("session.lead")}>
      <form onSubmit={(event) => void submit(event)} aria-busy={working}>
        <label className="field">
          <span>{t("session.username")}</span>
          <input
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        </label>
        <PasswordField
          label={t("session.password")}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {asksCode ? <CodeField label={t("operators.code")} value={code} onChange={setCode} /> : null}
        <p className="failure" role="alert">
          {failure === undefined ? "" : failureText(failure, t(wrongText(failure)))}
        </p>
        <button type="submit" className="primary wide" disabled={working}>
          {working ? t("session.working") : t("session.signIn")}
        </button>
      </form>
      <PasskeySignIn onSignedIn={(session) => props.onSignedIn(session, "")} />
      {props.children}
    </SessionFrame>
  );
}

function wrongText(failure: unknown) {
  const code = failure instanceof ApiError ? failure.code : undefined;
  if (code === "passkey-required") return "accounts.passkeys.required";
  return code === "second-factor-wrong" ? "operators.codeWrong" : "session.wrong";
}

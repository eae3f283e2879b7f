import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";
import { beginSecondFactor, confirmSecondFactor, type NewSecret, type Session } from "../api/session.ts";
import { CodeField } from "./code-field.tsx";
import { PasswordField } from "./password-field.tsx";
import { SessionFrame } from "./session-frame.tsx";
import { useFailureText } from "./use-failure-text.ts";

type Step =
  | { readonly at: "password" }
  | { readonly at: "scanning"; readonly secret: NewSecret }
  | { readonly at: "done"; readonly session: Session; readonly recoveryCodes: readonly string[] };

/** Where the role signs in with a second factor: nothing of the site is shown before there is one. */
export function SecondFactorPage(props: {
  /** What was just signed in with; empty after the page was loaded anew. */
  readonly currentPassword: string;
  readonly onSetUp: (session: Session) => void;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const [step, setStep] = useState<Step>({ at: "password" });
  const [password, setPassword] = useState(props.currentPassword);
  const [code, setCode] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWorking(true);
    setFailure(undefined);
    try {
      if (step.at === "password") setStep({ at: "scanning", secret: await beginSecondFactor(password) });
      else if (step.at === "scanning") setStep({ at: "done", ...(await confirmSecondFactor(code.trim())) });
    } catch (error) {
      setFailure(error);
    }
    setWorking(false);
  };

  if (step.at === "done") {
    return (
      <SessionFrame title={t("operators.factor.recoveryTitle")} lead={t("operators.factor.recoveryLead")}>
        <ul className="recovery-codes">
          {step.recoveryCodes.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
        <button type="button" className="primary wide" onClick={() => props.onSetUp(step.session)}>
          {t("operators.factor.continue")}
        </button>
      </SessionFrame>
    );
  }
  return (
    <SessionFrame title={t("operators.factor.title")} lead={t("operators.factor.lead")}>
      <form onSubmit={(event) => void submit(event)} aria-busy={working}>
        {step.at === "password" ? (
          <PasswordField
            label={t("operators.factor.password")}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
          />
        ) : (
          <>
            <p>{t("operators.factor.scan")}</p>
            <img
              className="secret-picture"
              src={`data:image/svg+xml;utf8,${encodeURIComponent(step.secret.picture)}`}
              alt={t("operators.factor.picture")}
            />
            <p>
              {t("operators.factor.key")}: <code className="secret-key">{step.secret.secret}</code>
            </p>
            <CodeField label={t("operators.code")} value={code} onChange={setCode} />
          </>
        )}
        <p className="failure" role="alert">
          {failure === undefined ? "" : text(failure)}
        </p>
        <button type="submit" className="primary wide" disabled={working}>
          {t(step.at === "password" ? "operators.factor.begin" : "operators.factor.confirm")}
        </button>
      </form>
    </SessionFrame>
  );

  function text(error: unknown): string {
    if (error instanceof ApiError && error.code === "second-factor-wrong") return t("operators.codeWrong");
    return failureText(error, t("session.wrong"));
  }
}

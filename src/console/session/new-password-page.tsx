import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/http.ts";
import { changePassword, type Session } from "../api/session.ts";
import { PasswordField } from "./password-field.tsx";
import { minimumLength, passwordRules } from "./password-rules.ts";
import { SessionFrame } from "./session-frame.tsx";
import { useFailureText } from "./use-failure-text.ts";

export function NewPasswordPage(props: {
  readonly username: string;
  /** What was just signed in with; empty after the page was loaded anew. */
  readonly currentPassword: string;
  readonly onChanged: (session: Session) => void;
}) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const rulesId = useId();
  const [current, setCurrent] = useState(props.currentPassword);
  const [next, setNext] = useState("");
  const [repeat, setRepeat] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<unknown>(undefined);
  const rules = passwordRules({ username: props.username, current, next, repeat });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWorking(true);
    setFailure(undefined);
    try {
      props.onChanged(await changePassword(current, next));
    } catch (error) {
      setFailure(error);
      setWorking(false);
    }
  };

  return (
    <SessionFrame title={t("session.newTitle")} lead={t("session.newLead")}>
      <form onSubmit={(event) => void submit(event)} aria-busy={working}>
        <input type="hidden" name="username" autoComplete="username" value={props.username} readOnly />
        {props.currentPassword === "" ? (
          <PasswordField
            label={t("session.current")}
            value={current}
            onChange={setCurrent}
            autoComplete="current-password"
          />
        ) : null}
        <PasswordField
          label={t("session.next")}
          value={next}
          onChange={setNext}
          autoComplete="new-password"
          describedBy={rulesId}
        />
        <PasswordField
          label={t("session.repeat")}
          value={repeat}
          onChange={setRepeat}
          autoComplete="new-password"
        />
        <ul className="rules" id={rulesId}>
          {rules.map(({ rule, met }) => (
            <li key={rule} data-met={met}>
              <span aria-hidden="true">{met ? "✓" : "○"}</span>
              {t(`session.${rule}`, { length: minimumLength })}
              <span className="visually-hidden">: {t(met ? "session.ruleMet" : "session.ruleOpen")}</span>
            </li>
          ))}
        </ul>
        <p className="failure" role="alert">
          {failure === undefined ? "" : refusalText(failure)}
        </p>
        <button type="submit" className="primary wide" disabled={working || rules.some(({ met }) => !met)}>
          {working ? t("session.working") : t("session.change")}
        </button>
      </form>
    </SessionFrame>
  );

  function refusalText(error: unknown): string {
    if (error instanceof ApiError && (error.status === 400 || error.status === 422)) {
      return t("session.refused", { detail: error.message });
    }
    return failureText(error, t("session.currentWrong"));
  }
}

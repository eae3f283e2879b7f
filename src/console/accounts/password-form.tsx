import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "../api/session.ts";
import { PasswordField } from "../session/password-field.tsx";
import { minimumLength, passwordRules } from "../session/password-rules.ts";
import { useSession, useSessionChange } from "../shell/session-context.ts";
import { CredentialForm } from "./credential-form.tsx";
import { useSubmit } from "./use-submit.ts";

/** Every other session of one's own ends with it. */
export function PasswordForm() {
  const { t } = useTranslation();
  const { username } = useSession();
  const onSession = useSessionChange();
  const { message } = App.useApp();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeat, setRepeat] = useState("");
  const open = passwordRules({ username, current, next, repeat }).filter(({ met }) => !met);
  const submission = useSubmit(
    async () => {
      onSession(await changePassword(current, next));
      void message.success(t("accounts.password.changed"));
      setCurrent("");
      setNext("");
      setRepeat("");
    },
    { forbidden: t("accounts.wrongPassword"), code: t("operators.codeWrong") },
  );
  return (
    <CredentialForm submission={submission} button={t("accounts.password.change")} disabled={open.length > 0}>
      <PasswordField
        label={t("accounts.password.current")}
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
      />
      <PasswordField label={t("session.next")} value={next} onChange={setNext} autoComplete="new-password" />
      <PasswordField
        label={t("session.repeat")}
        value={repeat}
        onChange={setRepeat}
        autoComplete="new-password"
      />
      {next === "" ? null : (
        <ul className="rules">
          {open.map(({ rule }) => (
            <li key={rule}>○ {t(`session.${rule}`, { length: minimumLength })}</li>
          ))}
        </ul>
      )}
    </CredentialForm>
  );
}

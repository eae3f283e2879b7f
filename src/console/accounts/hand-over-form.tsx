import { Input } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { handOver } from "../api/session.ts";
import { CodeField } from "../session/code-field.tsx";
import { PasswordField } from "../session/password-field.tsx";
import { useSessionChange } from "../shell/session-context.ts";
import { CredentialForm } from "./credential-form.tsx";
import { useSubmit } from "./use-submit.ts";

/** The incoming operator signs in at the same place, and the page goes on as theirs. */
export function HandOverForm() {
  const { t } = useTranslation();
  const onSession = useSessionChange();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [note, setNote] = useState("");
  const nameId = useId();
  const noteId = useId();
  const submission = useSubmit(
    async () =>
      onSession(
        await handOver({ username: username.trim(), password, code: code.trim(), note: note.trim() }),
      ),
    { forbidden: t("session.wrong"), code: t("operators.codeWrong") },
  );
  return (
    <CredentialForm
      submission={submission}
      button={t("accounts.handover.now")}
      disabled={username === "" || password === ""}
    >
      <p>{t("accounts.handover.lead")}</p>
      <div className="field">
        <label htmlFor={noteId}>{t("accounts.handover.note")}</label>
        <Input.TextArea
          id={noteId}
          value={note}
          maxLength={1000}
          rows={3}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor={nameId}>{t("accounts.handover.incoming")}</label>
        <Input
          id={nameId}
          value={username}
          autoComplete="off"
          autoCapitalize="none"
          maxLength={64}
          onChange={(event) => setUsername(event.target.value)}
        />
      </div>
      <PasswordField
        label={t("accounts.handover.password")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <CodeField label={t("accounts.handover.code")} value={code} onChange={setCode} optional />
    </CredentialForm>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Modal, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getSecondFactor, removeSecondFactor } from "../api/client.ts";
import { beginSecondFactor, confirmSecondFactor, type NewSecret } from "../api/session.ts";
import { CodeField } from "../session/code-field.tsx";
import { PasswordField } from "../session/password-field.tsx";
import { useSessionChange } from "../shell/session-context.ts";
import { CredentialForm } from "./credential-form.tsx";
import { useSubmit } from "./use-submit.ts";

/** The own authenticator app: set up, or taken away where the role does without. */
export function SecondFactorCard() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ["second-factor"],
    queryFn: ({ signal }) => getSecondFactor({ signal }),
  });
  const again = (): void => void queries.invalidateQueries({ queryKey: ["second-factor"] });
  if (isPending) return <Spin />;
  if (data?.setUp !== true) return <SetUp onDone={again} />;
  return (
    <Flex vertical gap="small">
      <Alert type="success" showIcon title={t("accounts.factor.setUp", { number: data.recoveryCodesLeft })} />
      {data.required ? <p>{t("accounts.factor.required")}</p> : <Remove onDone={again} />}
    </Flex>
  );
}

function Remove({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const submission = useSubmit(
    async () => {
      await removeSecondFactor({ password, code: code.trim() });
      onDone();
    },
    { forbidden: t("accounts.wrongPassword"), code: t("operators.codeWrong") },
  );
  return (
    <CredentialForm
      submission={submission}
      button={t("accounts.factor.remove")}
      disabled={password === "" || code === ""}
    >
      <PasswordField
        label={t("operators.factor.password")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <CodeField label={t("operators.code")} value={code} onChange={setCode} />
    </CredentialForm>
  );
}

function SetUp({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const onSession = useSessionChange();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [secret, setSecret] = useState<NewSecret | null>(null);
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>([]);
  const words = { forbidden: t("accounts.wrongPassword"), code: t("operators.codeWrong") };
  const begin = useSubmit(async () => setSecret(await beginSecondFactor(password)), words);
  const confirm = useSubmit(async () => {
    const confirmed = await confirmSecondFactor(code.trim());
    onSession(confirmed.session);
    setRecoveryCodes(confirmed.recoveryCodes);
  }, words);
  if (recoveryCodes.length > 0) return <RecoveryCodes codes={recoveryCodes} onKept={onDone} />;
  if (secret === null) {
    return (
      <CredentialForm submission={begin} button={t("operators.factor.begin")} disabled={password === ""}>
        <p>{t("accounts.factor.lead")}</p>
        <PasswordField
          label={t("operators.factor.password")}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
      </CredentialForm>
    );
  }
  return (
    <CredentialForm submission={confirm} button={t("operators.factor.confirm")} disabled={code === ""}>
      <p>{t("operators.factor.scan")}</p>
      <img
        className="secret-picture"
        src={`data:image/svg+xml;utf8,${encodeURIComponent(secret.picture)}`}
        alt={t("operators.factor.picture")}
      />
      <p>
        {t("operators.factor.key")}: <code className="secret-key">{secret.secret}</code>
      </p>
      <CodeField label={t("operators.code")} value={code} onChange={setCode} />
    </CredentialForm>
  );
}

function RecoveryCodes(props: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("operators.factor.recoveryTitle")}
      closable={false}
      maskClosable={false}
      footer={
        <Button type="primary" onClick={props.onKept}>
          {t("operators.factor.continue")}
        </Button>
      }
    >
      <p>{t("operators.factor.recoveryLead")}</p>
      <ul className="recovery-codes">
        {props.codes.map((one) => (
          <li key={one}>
            <code>{one}</code>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

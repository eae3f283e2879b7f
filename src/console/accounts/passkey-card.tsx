import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Flex, Input, Popconfirm, Spin } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { listPasskeys, removePasskey } from "../api/client.ts";
import { addPasskey } from "../api/session.ts";
import { CodeField } from "../session/code-field.tsx";
import { PasswordField } from "../session/password-field.tsx";
import { useSessionChange } from "../shell/session-context.ts";
import { dayText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { CredentialForm } from "./credential-form.tsx";
import { useSubmit } from "./use-submit.ts";

/** The own passkeys; only where the site has a domain name to bind them to. */
export function PasskeyCard() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ["passkeys"],
    queryFn: ({ signal }) => listPasskeys({ signal }),
  });
  const again = (): void => void queries.invalidateQueries({ queryKey: ["passkeys"] });
  const remove = async (id: string): Promise<void> => {
    try {
      await removePasskey({ id });
    } catch (error) {
      void message.error(
        t("accounts.failed", { detail: error instanceof Error ? error.message : String(error) }),
      );
    }
    again();
  };
  if (isPending) return <Spin />;
  if (data?.available !== true)
    return <Alert type="info" showIcon title={t("accounts.passkeys.unavailable")} />;
  return (
    <Flex vertical gap="middle">
      {data.passkeys.length === 0 ? <p>{t("accounts.passkeys.none")}</p> : null}
      <ul className="passkeys">
        {data.passkeys.map(({ id, name, createdAt }) => (
          <li key={id}>
            <Flex gap="small" align="center" wrap>
              <strong>{name}</strong>
              <span>{t("accounts.passkeys.since", { day: dayText(createdAt, language) })}</span>
              <Popconfirm
                title={t("accounts.passkeys.removeAsk", { name })}
                okText={t("accounts.passkeys.remove")}
                onConfirm={() => void remove(id)}
              >
                <Button aria-label={t("accounts.passkeys.removeLabel", { name })}>
                  {t("accounts.passkeys.remove")}
                </Button>
              </Popconfirm>
            </Flex>
          </li>
        ))}
      </ul>
      <Add onAdded={again} />
    </Flex>
  );
}

function Add({ onAdded }: { readonly onAdded: () => void }) {
  const { t } = useTranslation();
  const onSession = useSessionChange();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const nameId = useId();
  const submission = useSubmit(
    async () => {
      onSession(await addPasskey(name.trim(), password, code.trim()));
      setName("");
      setPassword("");
      setCode("");
      onAdded();
    },
    { forbidden: t("accounts.wrongPassword"), code: t("operators.codeWrong") },
  );
  return (
    <CredentialForm
      submission={submission}
      button={t("accounts.passkeys.add")}
      disabled={name.trim() === "" || password === ""}
    >
      <div className="field">
        <label htmlFor={nameId}>{t("accounts.passkeys.name")}</label>
        <Input id={nameId} value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
      </div>
      <PasswordField
        label={t("operators.factor.password")}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <CodeField label={t("accounts.passkeys.code")} value={code} onChange={setCode} optional />
    </CredentialForm>
  );
}

import "./accounts.css";
import { Card, Flex, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Antd } from "../shell/antd.tsx";
import { useSession } from "../shell/session-context.ts";
import { HandOverForm } from "./hand-over-form.tsx";
import { PasskeyCard } from "./passkey-card.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SecondFactorCard } from "./second-factor-card.tsx";
import { SessionTable } from "./session-table.tsx";

/** What everybody does about their own account: password, second factor, passkeys, sessions, handing the shift over. */
export function AccountPage() {
  const { t } = useTranslation();
  const { username, role } = useSession();
  return (
    <Antd>
      <div className="admin-page">
        <Typography.Title level={2}>{t("accounts.own.heading")}</Typography.Title>
        <p>
          {username} · {t(`operators.role.${role}`)}
        </p>
        <Flex vertical gap="middle">
          <Card title={t("accounts.handover.heading")}>
            <HandOverForm />
          </Card>
          <Card title={t("accounts.sessions.heading")}>
            <SessionTable />
          </Card>
          <Card title={t("accounts.password.heading")}>
            <PasswordForm />
          </Card>
          <Card title={t("accounts.factor.heading")}>
            <SecondFactorCard />
          </Card>
          <Card title={t("accounts.passkeys.heading")}>
            <PasskeyCard />
          </Card>
        </Flex>
      </div>
    </Antd>
  );
}

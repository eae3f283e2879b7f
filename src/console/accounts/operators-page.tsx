import "./accounts.css";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Tabs, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listOperators } from "../api/client.ts";
import { useMay } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { useSession } from "../shell/session-context.ts";
import { NewOperator } from "./new-operator.tsx";
import { OperatorTable } from "./operator-table.tsx";
import { SessionTable } from "./session-table.tsx";
import { useAccountChange } from "./use-account-change.tsx";

/** Who works here, as what, and where they are signed in. */
export function OperatorsPage() {
  return (
    <Antd>
      <Operators />
    </Antd>
  );
}

function Operators() {
  const { t } = useTranslation();
  const session = useSession();
  const mayManage = useMay("manageOperators");
  const [adding, setAdding] = useState(false);
  const change = useAccountChange();
  const { data, error, isPending } = useQuery({
    queryKey: ["operators"],
    queryFn: ({ signal }) => listOperators({ signal }),
  });
  const tabs = [
    {
      key: "accounts",
      label: t("accounts.operators.tab"),
      children: (
        <OperatorTable
          operators={data?.operators ?? []}
          loading={isPending}
          own={session.username}
          change={mayManage ? change.run : undefined}
        />
      ),
    },
    ...(mayManage
      ? [{ key: "sessions", label: t("accounts.sessions.heading"), children: <SessionTable /> }]
      : []),
  ];
  return (
    <div className="admin-page">
      <Flex justify="space-between" align="center" wrap gap="small">
        <Typography.Title level={2}>{t("accounts.operators.heading")}</Typography.Title>
        {mayManage ? (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t("accounts.operators.add")}
          </Button>
        ) : null}
      </Flex>
      {error === null ? null : (
        <Alert type="error" showIcon title={t("accounts.failed", { detail: error.message })} />
      )}
      <Tabs items={tabs} />
      <NewOperator
        open={adding}
        onClose={() => setAdding(false)}
        onAdd={async (username, role) => {
          if (await change.run(username, { do: "put", role })) setAdding(false);
        }}
      />
      {change.outcome}
    </div>
  );
}

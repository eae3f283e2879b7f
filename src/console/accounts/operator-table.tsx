import { Button, Dropdown, Modal, Table, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Role, roles } from "../../domain/operator/rights.ts";
import type { ListOperatorsData } from "../api/client.ts";
import { Wide } from "../shell/wide.tsx";
import { dayText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import type { AccountChange, RunChange } from "./use-account-change.tsx";

type Operator = ListOperatorsData["operators"][number];

interface Asked {
  readonly operator: Operator;
  readonly change: AccountChange;
  readonly question: string;
}

/** The accounts; without `change` to be looked at only. */
export function OperatorTable(props: {
  readonly operators: readonly Operator[];
  readonly loading: boolean;
  readonly own: string;
  readonly change: RunChange | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { change } = props;
  return (
    <>
      <Wide label={t("accounts.operators.tab")}>
        <Table<Operator>
          dataSource={[...props.operators]}
          rowKey="username"
          loading={props.loading}
          pagination={false}
          columns={[
            { title: t("session.username"), dataIndex: "username", rowScope: "row" },
            { title: t("accounts.operators.role"), render: (_, { role }) => t(`operators.role.${role}`) },
            { title: t("accounts.operators.state"), render: (_, operator) => <State of={operator} /> },
            {
              title: t("accounts.operators.factor"),
              render: (_, { secondFactor }) => t(secondFactor ? "accounts.yes" : "accounts.no"),
            },
            {
              title: t("accounts.operators.since"),
              render: (_, { createdAt }) => dayText(createdAt, language),
            },
            ...(change === undefined
              ? []
              : [
                  {
                    title: t("accounts.operators.actions"),
                    render: (_: unknown, operator: Operator) =>
                      operator.username === props.own ? (
                        t("accounts.operators.yourself")
                      ) : (
                        <Actions of={operator} onAsk={setAsked} />
                      ),
                  },
                ]),
          ]}
        />
      </Wide>
      {asked === null || change === undefined ? null : (
        <Modal
          open
          title={asked.operator.username}
          okText={t("accounts.operators.doIt")}
          onCancel={() => setAsked(null)}
          onOk={() => {
            void change(asked.operator.username, asked.change).then((done) => {
              if (done) setAsked(null);
            });
          }}
        >
          {asked.question}
        </Modal>
      )}
    </>
  );
}

function State({ of: { disabled, mustChangePassword } }: { readonly of: Operator }) {
  const { t } = useTranslation();
  if (disabled) return <Tag color="error">{t("accounts.operators.disabled")}</Tag>;
  if (mustChangePassword) return <Tag color="warning">{t("accounts.operators.oneTime")}</Tag>;
  return <Tag color="success">{t("accounts.operators.active")}</Tag>;
}

function Actions(props: { readonly of: Operator; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  const { of: operator, onAsk } = props;
  const name = operator.username;
  const entry = (key: string, label: string, change: AccountChange, question: string, danger = false) => ({
    key,
    label,
    danger,
    onClick: () => onAsk({ operator, change, question }),
  });
  const toRole = (role: Role) => {
    const words = { name, role: t(`operators.role.${role}`) };
    return entry(
      role,
      t("accounts.operators.toRole", words),
      { do: "put", role },
      t("accounts.ask.role", words),
    );
  };
  const { disabled } = operator;
  const items = [
    ...roles.filter((role) => role !== operator.role).map(toRole),
    entry("reset", t("accounts.operators.reset"), { do: "resetPassword" }, t("accounts.ask.reset", { name })),
    ...(operator.secondFactor
      ? [
          entry(
            "factor",
            t("accounts.operators.removeFactor"),
            { do: "removeSecondFactor" },
            t("accounts.ask.factor", { name }),
          ),
        ]
      : []),
    entry(
      "disable",
      t(disabled ? "accounts.operators.enable" : "accounts.operators.disable"),
      { do: "put", disabled: !disabled },
      t(disabled ? "accounts.ask.enable" : "accounts.ask.disable", { name }),
    ),
    entry(
      "remove",
      t("accounts.operators.remove"),
      { do: "remove" },
      t("accounts.ask.remove", { name }),
      true,
    ),
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button aria-label={t("accounts.operators.changeLabel", { name })}>
        {t("accounts.operators.change")}
      </Button>
    </Dropdown>
  );
}

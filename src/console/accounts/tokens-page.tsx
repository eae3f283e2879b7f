import "./accounts.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Flex, Modal, Popconfirm, Table, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ListTokensData, listTokens, type MakeTokenData, revokeToken } from "../api/client.ts";
import { Antd } from "../shell/antd.tsx";
import { Wide } from "../shell/wide.tsx";
import { dayText, momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { NewToken } from "./new-token.tsx";
import { useRightText } from "./use-right-text.ts";

type Token = ListTokensData["tokens"][number];

/** What programs sign in with, and how far each reaches. */
export function TokensPage() {
  return (
    <Antd>
      <TokenList />
    </Antd>
  );
}

function TokenList() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MakeTokenData | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: ["tokens"],
    queryFn: ({ signal }) => listTokens({ signal }),
  });
  return (
    <div className="admin-page">
      <Flex justify="space-between" align="center" wrap gap="small">
        <Typography.Title level={2}>{t("accounts.tokens.heading")}</Typography.Title>
        <Button type="primary" onClick={() => setMaking(true)}>
          {t("accounts.tokens.make")}
        </Button>
      </Flex>
      <p>{t("accounts.tokens.lead")}</p>
      {error === null ? null : (
        <Alert type="error" showIcon title={t("accounts.failed", { detail: error.message })} />
      )}
      <TokenTable tokens={data?.tokens ?? []} loading={isPending} />
      <NewToken
        open={making}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setMaking(false);
          setMade(token);
          void queries.invalidateQueries({ queryKey: ["tokens"] });
        }}
      />
      {made === null ? null : <Secret of={made} onClose={() => setMade(null)} />}
    </div>
  );
}

function TokenTable({ tokens, loading }: { readonly tokens: readonly Token[]; readonly loading: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rightText = useRightText();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const revoke = async (id: string): Promise<void> => {
    try {
      await revokeToken({ id });
      void message.success(t("accounts.tokens.revoked"));
    } catch (error) {
      void message.error(
        t("accounts.failed", { detail: error instanceof Error ? error.message : String(error) }),
      );
    }
    await queries.invalidateQueries({ queryKey: ["tokens"] });
  };
  return (
    <Wide label={t("accounts.tokens.heading")}>
      <Table<Token>
        dataSource={[...tokens]}
        rowKey="id"
        loading={loading}
        pagination={false}
        locale={{
          emptyText: loading ? " " : <span className="table-empty">{t("accounts.tokens.empty")}</span>,
        }}
        columns={[
          { title: t("accounts.tokens.name"), dataIndex: "name", rowScope: "row" },
          { title: t("accounts.tokens.maker"), dataIndex: "maker" },
          {
            title: t("accounts.tokens.rights"),
            render: (_, { rights }) => (
              <Flex wrap gap={4} className="token-rights">
                {rights.map((right) => (
                  <Tag key={right}>{rightText(right)}</Tag>
                ))}
              </Flex>
            ),
          },
          { title: t("accounts.tokens.expires"), render: (_, { expiresAt }) => dayText(expiresAt, language) },
          {
            title: t("accounts.tokens.used"),
            render: (_, { lastUsedAt }) =>
              lastUsedAt === null ? t("accounts.tokens.never") : momentText(lastUsedAt, language),
          },
          {
            title: t("accounts.operators.actions"),
            render: (_, { id, name }) => (
              <Popconfirm
                title={t("accounts.tokens.revokeAsk", { name })}
                okText={t("accounts.tokens.revoke")}
                onConfirm={() => void revoke(id)}
              >
                <Button danger aria-label={t("accounts.tokens.revokeLabel", { name })}>
                  {t("accounts.tokens.revoke")}
                </Button>
              </Popconfirm>
            ),
          },
        ]}
      />
    </Wide>
  );
}

function Secret({
  of: { name, secret },
  onClose,
}: {
  readonly of: MakeTokenData;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("accounts.tokens.secretTitle", { name })}
      okText={t("accounts.tokens.kept")}
      onOk={onClose}
      onCancel={onClose}
      cancelButtonProps={{ hidden: true }}
      maskClosable={false}
    >
      <p>{t("accounts.tokens.secretLead")}</p>
      <Typography.Paragraph className="secret" copyable={{ text: secret }}>
        {secret}
      </Typography.Paragraph>
    </Modal>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { endSession, type ListSessionsData, listSessions } from "../api/client.ts";
import { Wide } from "../shell/wide.tsx";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";

type Listed = ListSessionsData["sessions"][number];

/** Who is signed in where: one's own sessions, the administrator everybody's; each can be ended. */
export function SessionTable() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data, isPending } = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => listSessions({ signal }),
  });
  const end = async (id: string): Promise<void> => {
    try {
      await endSession({ id });
      void message.success(t("accounts.sessions.ended"));
    } catch (error) {
      void message.error(
        t("accounts.failed", { detail: error instanceof Error ? error.message : String(error) }),
      );
    }
    await queries.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <Wide label={t("accounts.sessions.heading")}>
      <Table<Listed>
        dataSource={data?.sessions ?? []}
        rowKey="id"
        loading={isPending}
        pagination={false}
        columns={[
          { title: t("session.username"), dataIndex: "username", rowScope: "row" },
          { title: t("accounts.sessions.from"), dataIndex: "address" },
          {
            title: t("accounts.sessions.since"),
            render: (_, { openedAt }) => momentText(openedAt, language),
          },
          {
            title: t("accounts.sessions.seen"),
            render: (_, { lastSeenAt }) => momentText(lastSeenAt, language),
          },
          {
            title: t("accounts.operators.actions"),
            render: (_, { id, current, username }) =>
              current ? (
                <Tag>{t("accounts.sessions.current")}</Tag>
              ) : (
                <Button
                  aria-label={t("accounts.sessions.endLabel", { name: username })}
                  onClick={() => void end(id)}
                >
                  {t("accounts.sessions.end")}
                </Button>
              ),
          },
        ]}
      />
    </Wide>
  );
}

import { Button, Flex, Popconfirm, Table, type TableProps } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Wide } from "../shell/wide.tsx";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";

/** What is known of every screen that was paired, at a door or on a wall. */
interface Paired {
  readonly id: string;
  readonly name: string;
  readonly lastSeenAt: string | null;
  readonly pairedBy: string;
}

/** Screens that were paired: what each is, when it was last there, who paired it, and taking it back. */
export function PairedTable<Screen extends Paired>(props: {
  readonly title: string;
  readonly screens: readonly Screen[];
  readonly loading: boolean;
  /** Said where there are none. */
  readonly none: string;
  /** What is told of this kind of screen alone. */
  readonly columns: NonNullable<TableProps<Screen>["columns"]>;
  /** Beside taking it back. */
  readonly action?: (screen: Screen) => ReactNode;
  readonly unpairAsk: (screen: Screen) => string;
  readonly onUnpair: (screen: Screen) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Wide label={props.title}>
      <Table<Screen>
        className="display-table"
        dataSource={[...props.screens]}
        rowKey="id"
        loading={props.loading}
        pagination={false}
        locale={{
          emptyText: <p className="empty">{props.loading ? t("doorDisplays.loading") : props.none}</p>,
        }}
        columns={[
          ...props.columns,
          {
            title: t("doorDisplays.lastSeen"),
            render: (_, { lastSeenAt }) =>
              lastSeenAt === null ? t("doorDisplays.never") : momentText(lastSeenAt, language),
          },
          { title: t("doorDisplays.pairedBy"), dataIndex: "pairedBy" },
          {
            title: t("doorDisplays.actions"),
            render: (_, screen) => (
              <Flex gap="small">
                {props.action?.(screen)}
                <Popconfirm
                  title={props.unpairAsk(screen)}
                  okText={t("doorDisplays.unpair")}
                  cancelText={t("doorDisplays.cancel")}
                  onConfirm={() => props.onUnpair(screen)}
                >
                  <Button danger>{t("doorDisplays.unpair")}</Button>
                </Popconfirm>
              </Flex>
            ),
          },
        ]}
      />
    </Wide>
  );
}

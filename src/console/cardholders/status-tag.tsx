import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { PersonRow } from "./people-queries.ts";

const colours = { active: "success", suspended: "error", left: "default" } as const;

export function StatusTag({ status }: { readonly status: PersonRow["status"] }) {
  const { t } = useTranslation();
  return <Tag color={colours[status]}>{t(`cardholders.status.${status}`)}</Tag>;
}

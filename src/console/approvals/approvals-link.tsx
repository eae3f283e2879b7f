import "./approvals.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listApprovals } from "../api/client.ts";
import { useSite } from "../live/use-site.ts";

const decides = /^Approval/;

/** How much waits for a second operator, from wherever one is, and the way there. */
export function ApprovalsLink() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ["approvals"], queryFn: ({ signal }) => listApprovals({ signal }) });
  const news = useSite().records.find(({ type }) => decides.test(type))?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one was proposed or decided
  useEffect(() => void queries.invalidateQueries({ queryKey: ["approvals"] }), [news, queries]);
  const number = data?.approvals.length ?? 0;
  return (
    <Link className="header-link" to="/approvals">
      {t("operators.approvals.button")}
      {number === 0 ? null : (
        <span className="approvals-count">
          <span aria-hidden="true">{number}</span>
          <span className="visually-hidden">{t("operators.approvals.count", { number })}</span>
        </span>
      )}
    </Link>
  );
}

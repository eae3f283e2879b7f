import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { mayConfirm, roles } from "../../../domain/operator/rights.ts";
import { type ListApprovalsData, listApprovals } from "../../api/client.ts";
import { useMay } from "../../live/use-site.ts";
import { useLanguage } from "../../texts/use-language.ts";
import { useSiteTime } from "../../texts/use-site-time.ts";
import { WeakeningList } from "./difference-table.tsx";

type Approval = ListApprovalsData["approvals"][number];

/** What was proposed of this rule and is not confirmed yet: it holds for nobody so far. */
export function WaitingChanges({ kind }: { readonly kind: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { date, clock } = useSiteTime();
  const may = useMay("seeApprovals");
  const { data } = useQuery({
    queryKey: ["rules", "approvals"],
    queryFn: ({ signal }) => listApprovals({ signal }),
    enabled: may,
    refetchInterval: 15_000,
  });
  const confirmers = roles.filter((role) => mayConfirm(role, "changeRules"));
  return (data?.approvals ?? [])
    .filter(({ subject }) => kindOf(subject) === kind)
    .map(({ id, proposedBy, until, reason, weakens }) => (
      <Alert
        key={id}
        type="warning"
        showIcon
        title={t("rulePages.waiting.title")}
        description={
          <div className="save-dialog">
            <p>
              {t("rulePages.waiting.by", {
                operator: proposedBy,
                until: `${date(until)} ${clock(until)}`,
                reason: reason === "" ? t("rulePages.changes.noReason") : reason,
              })}
            </p>
            <WeakeningList weakens={weakens} language={language} />
            <p>
              {t("rulePages.waiting.who", {
                roles: confirmers.map((role) => t(`operators.role.${role}`)).join(t("rulePages.and")),
              })}{" "}
              <Link to="/approvals">{t("rulePages.waiting.open")}</Link>
            </p>
          </div>
        }
      />
    ));
}

function kindOf({ name, vestibule, door }: Approval["subject"]): string | undefined {
  return vestibule === undefined || door === undefined ? name : `doors/${vestibule}/${door}`;
}

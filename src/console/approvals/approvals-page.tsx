import "./approvals.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listApprovals, listEvents } from "../api/client.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { RecordRow } from "../record/record-row.tsx";
import { useSession } from "../shell/session-context.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { ApprovalItem } from "./approval-item.tsx";

const decides = /^Approval/;
const decidedShown = 30;

/** The inbox of the second operator: what waits, and what became of the last ones. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const [notice, setNotice] = useState("");
  const { data, error, isPending } = useQuery({
    queryKey: ["approvals"],
    queryFn: ({ signal }) => listApprovals({ signal }),
  });
  const news = useSite().records.find(({ type }) => decides.test(type))?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when one was proposed or decided
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["approvals"] });
    void queries.invalidateQueries({ queryKey: ["approvals-decided"] });
  }, [news, queries]);
  const waiting = data?.approvals ?? [];
  return (
    <div className="approvals-page">
      <section className="panel" aria-labelledby="approvals-heading">
        <div className="panel-head">
          <h2 id="approvals-heading">{t("operators.approvals.heading")}</h2>
        </div>
        {data?.inForce === false ? <p className="approvals-off">{t("operators.approvals.off")}</p> : null}
        {isPending ? <p>{t("shell.loading")}</p> : null}
        {error === null ? null : (
          <p className="failure">{t("operators.approvals.failed", { detail: error.message })}</p>
        )}
        {data !== undefined && waiting.length === 0 ? <p>{t("operators.approvals.none")}</p> : null}
        <ul className="approvals-items">
          {waiting.map((approval) => (
            <ApprovalItem
              key={approval.id}
              approval={approval}
              session={session}
              onDecided={(said) => {
                setNotice(said);
                void queries.invalidateQueries({ queryKey: ["approvals"] });
              }}
            />
          ))}
        </ul>
        <output className="approvals-notice">{notice}</output>
      </section>
      {useMay("seeEvents") ? <Decided /> : null}
    </div>
  );
}

/** From the record: who proposed, confirmed, rejected or let lapse what. */
function Decided() {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { data } = useQuery({
    queryKey: ["approvals-decided"],
    queryFn: async ({ signal }) =>
      (await listEvents({ type: decidedTypes.join(","), order: "newest", limit: decidedShown }, { signal }))
        .events,
  });
  return (
    <section className="panel" aria-labelledby="decided-heading">
      <div className="panel-head">
        <h2 id="decided-heading">{t("operators.approvals.decided")}</h2>
      </div>
      {data?.length === 0 ? <p>{t("app.nothingHere")}</p> : null}
      <ol className="records">
        {(data ?? []).map((record) => (
          <RecordRow key={record.seq} record={record} evidence={null} nameOf={nameOf} />
        ))}
      </ol>
    </section>
  );
}

const decidedTypes = [
  "ApprovalRequested",
  "ApprovalConfirmed",
  "ApprovalRejected",
  "ApprovalLapsed",
  "ApprovalFailed",
  "ApprovalRefused",
  "ApprovalWaived",
] as const;

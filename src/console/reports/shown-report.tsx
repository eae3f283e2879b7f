import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import { PlainTable } from "./plain-table.tsx";
import { patience, type ReportName, type ReportQuery, type ReportTable, tableOf } from "./report-calls.ts";
import { useElapsed } from "./use-elapsed.ts";
import { whyNot } from "./why-not.ts";

/** A report as its file says it, on the page. That it was made, and by whom, is recorded: asked for once. */
export function ShownReport(props: {
  readonly report: ReportName;
  readonly query: ReportQuery;
  readonly caption: string;
  readonly empty?: string;
  readonly below?: (table: ReportTable) => ReactNode;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { report, query, caption } = props;
  // Somebody who opens it again wants to know how it is now.
  const [opened] = useState(() => Date.now());
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["report", report, query, language, opened],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => tableOf[report]({ ...query, lang: language }, { signal, timeoutMs: patience }),
  });
  const seconds = useElapsed(isFetching);
  return (
    <div className="shown-report" aria-busy={isFetching}>
      <output className="making">{isFetching ? t("reports.making", { seconds }) : ""}</output>
      {error !== null && !isFetching ? (
        <p className="failure" role="alert">
          {whyNot(t, error)}{" "}
          <button type="button" className="small" onClick={() => void refetch()}>
            {t("reports.again")}
          </button>
        </p>
      ) : null}
      {data === undefined ? null : (
        <>
          {data.rows.length === 0 ? (
            <p className="empty">{props.empty ?? t("reports.nothing")}</p>
          ) : (
            <PlainTable caption={caption} columns={data.columns.map(({ label }) => label)} rows={data.rows} />
          )}
          <Facts of={data.totals} />
          <Facts of={data.facts} />
          {props.below?.(data)}
        </>
      )}
    </div>
  );
}

function Facts({ of }: { readonly of: readonly (readonly [string, string])[] }) {
  if (of.length === 0) return null;
  return (
    <dl className="report-facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

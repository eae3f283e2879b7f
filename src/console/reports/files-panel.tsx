import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ReportName, type ReportQuery, reportNames } from "./report-calls.ts";
import { SaveButtons } from "./save-buttons.tsx";
import { ShownReport } from "./shown-report.tsx";
import type { Asked } from "./use-period.ts";

/** Every report: to look at, to take along. */
export function FilesPanel({ asked }: { readonly asked: Asked }) {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState<ReportName | null>(null);
  const query = queryOf(asked);
  const stamp = asked.firstDay === asked.lastDay ? asked.firstDay : `${asked.firstDay}-${asked.lastDay}`;
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{t("reports.files.heading")}</h3>
      <p className="panel-lead">{t("reports.files.lead")}</p>
      <ul className="report-list">
        {reportNames.map((report) => {
          const name = t(`reports.report.${report}.name`);
          const isShown = shown === report && query !== null;
          return (
            <li key={report} className="panel">
              <div className="report-line">
                <div>
                  <h4>{name}</h4>
                  <p className="panel-lead">{t(`reports.report.${report}.about`)}</p>
                </div>
                <button
                  type="button"
                  className="small"
                  aria-expanded={isShown}
                  aria-label={isShown ? undefined : t("reports.files.open", { report: name })}
                  disabled={query === null}
                  onClick={() => setShown(isShown ? null : report)}
                >
                  {t(isShown ? "reports.files.hide" : "reports.files.view")}
                </button>
                <SaveButtons report={report} query={query} stamp={stamp} />
              </div>
              {isShown ? (
                <ShownReport
                  key={JSON.stringify(query)}
                  report={report}
                  query={query}
                  caption={t("reports.tableOf", { title: name })}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function queryOf({ range, door, cardholder }: Asked): ReportQuery | null {
  if (range === null) return null;
  return {
    ...range,
    ...(door === undefined ? {} : { door }),
    ...(cardholder === undefined ? {} : { cardholder }),
  };
}

import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Chart } from "./chart.tsx";
import { type Bars, barsOption } from "./chart-options.ts";
import { PlainTable } from "./plain-table.tsx";

export interface CardTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A figure twice: drawn, and as a table for whoever reads it otherwise or wants the numbers. */
export function ChartCard(props: {
  readonly title: string;
  readonly lead: string;
  /** Null: there is nothing of it in the period. */
  readonly bars: Bars | null;
  readonly table: CardTable;
  readonly height?: number;
  readonly note?: ReactNode;
  /** In place of a drawing of bars. */
  readonly drawing?: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const { title, lead, bars, table, note } = props;
  const isEmpty = bars === null && props.drawing === undefined;
  return (
    <section className="panel chart-card" aria-labelledby={id}>
      <div className="panel-head">
        <h3 id={id}>{title}</h3>
        {isEmpty ? null : (
          <button type="button" className="small" aria-describedby={id} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? "reports.asChart" : "reports.asTable")}
          </button>
        )}
      </div>
      <p className="panel-lead">{lead}</p>
      {isEmpty ? <p className="empty">{t("reports.nothing")}</p> : null}
      {!isEmpty && asTable ? <PlainTable caption={t("reports.tableOf", { title })} {...table} /> : null}
      {!isEmpty && !asTable
        ? (props.drawing ??
          (bars === null ? null : <Drawing bars={bars} title={title} lead={lead} height={props.height} />))
        : null}
      {note === undefined ? null : <p className="panel-lead">{note}</p>}
    </section>
  );
}

function Drawing(props: {
  readonly bars: Bars;
  readonly title: string;
  readonly lead: string;
  readonly height: number | undefined;
}) {
  const { bars, title, lead, height } = props;
  const [drawn, setDrawn] = useState({ bars, option: barsOption(bars) });
  // The same figures are not drawn twice.
  if (drawn.bars !== bars) setDrawn({ bars, option: barsOption(bars) });
  return (
    <Chart option={drawn.option} label={`${title}. ${lead}`} {...(height === undefined ? {} : { height })} />
  );
}

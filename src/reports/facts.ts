import type { JournalPosition, ReportOrder } from "../ports/services/report-services.ts";
import type { ReportTools } from "./report.ts";
import { inWords } from "./texts.ts";

export type Fact = readonly [label: string, value: string];

type FactsOrder = Pick<ReportOrder, "site" | "from" | "to" | "language" | "askedBy" | "madeAt">;

/** To what a report was narrowed, in its words. */
export function narrowedTo({ order, texts, nameOf }: ReportTools): readonly string[] {
  const { cardholder, door, mode } = order;
  return [
    ...(cardholder === undefined ? [] : [nameOf(cardholder)]),
    ...(door === undefined ? [] : [texts.doors[door]]),
    ...(mode === undefined ? [] : [inWords(texts.modes, mode)]),
  ];
}

/** What a report is made from, for whom and when: without it, rows are worth nothing to an auditor. */
export function reportFacts(
  { order, texts, time }: Pick<ReportTools, "texts" | "time"> & { readonly order: FactsOrder },
  made: { readonly position: JournalPosition; readonly rows: number; readonly verified: number },
  only: readonly string[],
): readonly Fact[] {
  const { facts } = texts;
  const { site, from, to } = order;
  const begin = from === undefined ? facts.beginning : time.text(from);
  return [
    [facts.site, `${site.name[order.language]} (${site.id})`],
    [facts.period, `${begin} – ${to === undefined ? facts.now : time.text(to)}`],
    [facts.timeZone, site.timeZone],
    ...(only.length === 0 ? [] : [[facts.only, only.join(texts.listMark)] as const]),
    [facts.askedBy, order.askedBy],
    [facts.madeAt, time.text(order.madeAt)],
    [facts.rows, String(made.rows)],
    [facts.position, String(made.position.seq)],
    [facts.hash, made.position.hash],
    [facts.verified, texts.verifiedRecords(made.verified)],
  ];
}

import type { JournalRecord } from "../ports/journal.ts";
import type { ReportOrder } from "../ports/services/report-services.ts";
import type { SiteTime } from "./site-time.ts";
import type { ReportTexts } from "./texts.ts";

export type ColumnName = keyof ReportTexts["columns"];

/** One text for each column, in the report's language. */
export type ReportRow = readonly string[];

/** What rows are written with. */
export interface ReportTools {
  readonly order: ReportOrder;
  readonly texts: ReportTexts;
  readonly time: SiteTime;
  /** The name, or the pseudonym of somebody deleted. */
  readonly nameOf: (cardholder: string) => string;
}

/** A report of what happened: fed with records in order. */
export interface RecordReport {
  readonly columns: readonly ColumnName[];
  readonly types: ReadonlySet<string>;
  /** Read before the period as well, for what began before it; null: everything since the first record. */
  readonly lookBack: LookBack;
  take(
    record: Pick<JournalRecord, "seq" | "wall" | "type" | "payload">,
    emit: (row: ReportRow) => void,
  ): void;
  /** Rows known only at the end. */
  finish(emit: (row: ReportRow) => void): void;
  /** What is said under the table. */
  totals(): readonly (readonly [label: string, value: string])[];
}

export type LookBack = { readonly records: number } | { readonly days: number } | "everything";

export const isWithinPeriod = (wall: number, { from, to }: ReportOrder): boolean =>
  (from === undefined || wall >= from) && (to === undefined || wall <= to);

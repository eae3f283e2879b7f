import type { Fact } from "./facts.ts";
import type { ReportRow } from "./report.ts";

/** Writes rows as they come; what they were made from is known at the end. */
export interface ReportWriter {
  row(row: ReportRow): void;
  finish(facts: readonly Fact[], totals: readonly Fact[]): Promise<readonly Uint8Array[]>;
}

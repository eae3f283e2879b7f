import type { Fact } from "../facts.ts";
import type { ReportRow } from "../report.ts";
import { linesOnPage } from "./page-content.ts";

/** What stands in one line of a page. */
export type PageLine = { readonly row: ReportRow } | { readonly fact: Fact } | "empty";

/** The rows, and behind them what they amount to and were made from; at least one page. */
export function layOutTable(
  rows: readonly ReportRow[],
  facts: readonly Fact[],
): readonly (readonly PageLine[])[] {
  const behind: readonly PageLine[] = ["empty", ...facts.map((fact) => ({ fact }))];
  const lines: readonly PageLine[] = [...rows.map((row) => ({ row })), ...behind];
  const pages: PageLine[][] = [];
  for (let first = 0; first < lines.length; first += linesOnPage) {
    pages.push(lines.slice(first, first + linesOnPage));
  }
  return pages;
}

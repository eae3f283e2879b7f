import type { Exploration } from "./explorer.ts";

/** A variant with what came of it and how its violations happen, ready to be printed. */
export interface VariantReport extends Exploration {
  readonly variant: string;
  readonly traces: readonly string[];
}

const header = ["variant", "states", "transitions", "depth", "fixpoint reached", "seconds", "violations"];

export function table(reports: readonly VariantReport[]): string {
  const sum = (of: (report: VariantReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const violations = (report: VariantReport): number => report.violations.length;
  const rows = [
    header,
    ...reports.map((report) => [
      report.variant,
      grouped(report.states),
      grouped(report.transitions),
      String(report.depth),
      report.fixpoint ? "yes" : "no",
      report.seconds.toFixed(1),
      String(violations(report)),
    ]),
    [
      `all ${reports.length}`,
      grouped(sum(({ states }) => states)),
      grouped(sum(({ transitions }) => transitions)),
      String(Math.max(0, ...reports.map(({ depth }) => depth))),
      reports.every(({ fixpoint }) => fixpoint) ? "yes" : "no",
      sum(({ seconds }) => seconds).toFixed(1),
      String(sum(violations)),
    ],
  ];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => line(row, widths)).join("\n");
}

const line = (row: readonly string[], widths: readonly number[]): string =>
  row
    .map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    .join("  ");

const grouped = (count: number): string => count.toLocaleString("en-GB");

export const isClean = ({ fixpoint, violations }: VariantReport): boolean =>
  fixpoint && violations.length === 0;

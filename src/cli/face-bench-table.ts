import type { BenchReport } from "./face-bench.ts";
import { type Rate, rateNames, type ShippedRate } from "./face-bench-figures.ts";

const percent = (share: number): string =>
  Number.isNaN(share) ? "–" : `${(share * 100).toFixed(share > 0 && share < 1e-3 ? 4 : 2)} %`;

/** The report for people. */
export function benchTable(report: BenchReport): string {
  const lines = [
    `${report.images} pictures${report.people === null ? "" : ` of ${report.people} people`}, ${report.genuine} genuine and ${report.impostor} impostor comparisons`,
    `no face found in ${percent(report.failureToAcquire)} of the pictures`,
    "",
    "one picture against one:",
    ...rateNames.map((name) => rateLine(name, report.fnmr[name])),
    shippedLine(report.shipped),
    shippedLine(report.shipped.strict),
  ];
  for (const fused of report.fused) {
    lines.push(
      "",
      `${fused.enrolled} enrolled against ${fused.probes} probes, ${fused.genuine} genuine comparisons of ${fused.people} people, ${fused.impostor} impostor comparisons:`,
    );
    lines.push(...rateNames.map((name) => rateLine(name, fused.fnmr[name])));
    lines.push(shippedLine(fused.shipped), shippedLine(fused.shipped.strict));
  }
  const { detect, landmarks, embed } = report.ms;
  lines.push(
    "",
    `median ms: detect ${detect}, landmarks ${landmarks}, embed ${embed} (${report.backend}, ${report.effort})`,
  );
  return `${lines.join("\n")}\n`;
}

const rateLine = (name: string, rate: Rate): string =>
  `  at a false match rate of ${name}: refuses ${percent(rate.fnmr)} (${range(rate)}; over people ${range(rate.overPeople)}), threshold ${rate.threshold}, ${rate.falseMatches} false matches`;

const shippedLine = (rate: ShippedRate): string =>
  `  shipped threshold ${rate.threshold}: accepts ${percent(rate.fmr)} of strangers, refuses ${percent(rate.fnmr)}`;

const range = (interval: { readonly low: number; readonly high: number } | null): string =>
  interval === null ? "not known" : `${percent(interval.low)} to ${percent(interval.high)}`;

import type { BenchReport } from "./face-bench.ts";
import type { Rate, RateName } from "./face-bench-figures.ts";

const percent = (share: number): string => (Number.isNaN(share) ? "–" : `${(share * 100).toFixed(2)} %`);
const rateNames: readonly RateName[] = ["1e-2", "1e-3", "1e-4"];

/** The report for people. */
export function benchTable(report: BenchReport): string {
  const lines = [
    `${report.images} pictures${report.people === null ? "" : ` of ${report.people} people`}, ${report.genuine} genuine and ${report.impostor} impostor comparisons`,
    `no face found in ${percent(report.failureToAcquire)} of the pictures`,
    "",
    "one picture against one:",
    ...rateNames.map((name) => rateLine(name, report.fnmr[name])),
    `  shipped threshold ${report.shipped.threshold}: accepts ${percent(report.shipped.fmr)} of strangers, refuses ${percent(report.shipped.fnmr)}`,
  ];
  for (const fused of report.fused) {
    lines.push(
      "",
      `${fused.enrolled} enrolled against ${fused.probes} probes, ${fused.genuine} genuine comparisons of ${fused.people} people, ${fused.impostor} impostor comparisons:`,
    );
    lines.push(...rateNames.map((name) => rateLine(name, fused.fnmr[name])));
    lines.push(
      `  shipped threshold ${fused.shipped.threshold}: accepts ${percent(fused.shipped.fmr)} of strangers, refuses ${percent(fused.shipped.fnmr)}`,
    );
  }
  const { detect, landmarks, embed } = report.ms;
  lines.push(
    "",
    `median ms: detect ${detect}, landmarks ${landmarks}, embed ${embed} (${report.backend}, ${report.effort})`,
  );
  return `${lines.join("\n")}\n`;
}

const rateLine = (name: string, rate: Rate): string =>
  `  at a false match rate of ${name}: refuses ${percent(rate.fnmr)} (${percent(rate.low)} to ${percent(rate.high)}), threshold ${rate.threshold}`;

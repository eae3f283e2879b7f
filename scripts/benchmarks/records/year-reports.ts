import { setTimeout as wait } from "node:timers/promises";
import { figuresInWorkers, reportsInWorkers } from "../../../src/composition/reports-in-workers.ts";
import { wallTime } from "../../../src/domain/time.ts";
import type {
  ReportFormat,
  ReportName,
  ReportOrder,
  ReportResult,
} from "../../../src/ports/services/report-services.ts";
import { type Figure, figure } from "../figures.ts";
import { began, ended } from "./large-site.ts";

const target = 10;

const orderOf = (name: ReportName, format: ReportFormat): ReportOrder => ({
  name,
  format,
  language: "zh",
  from: wallTime(began),
  to: wallTime(ended),
  askedBy: "auditor",
  madeAt: wallTime(ended),
  site: { id: "bench", name: { en: "Bench", zh: "测试站点" }, timeZone: "Asia/Shanghai" },
  levels: [
    { name: "everywhere", vestibules: "all", accessPoints: "all", schedule: "always", mode: "card+face" },
  ],
});

export const yearReport = (site: string, name: ReportName, format: ReportFormat): Promise<ReportResult> =>
  reportsInWorkers(site)(orderOf(name, format), new AbortController().signal);

/** What every chart of the year is drawn of. */
async function yearFigures(site: string): Promise<Figure> {
  const { from, to, madeAt, site: place } = orderOf("passages", "json");
  if (from === undefined) throw new Error("a year has a begin");
  const started = performance.now();
  const order = { from, to, madeAt, timeZone: place.timeZone, cameras: ["outer-entry"] };
  const result = await figuresInWorkers(site)(order, new AbortController().signal);
  if (result.is !== "made") throw new Error(`figures: ${JSON.stringify(result)}`);
  const seconds = (performance.now() - started) / 1_000;
  return figure(`figures for charts of the year, ${result.figures.verified} records`, [seconds], "s", target);
}

/** Every report of the year once, with what it takes of this process's memory. */
export async function yearReports(site: string): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, format] of [
    ["passages", "csv"],
    ["passages", "pdf"],
    ["denials", "csv"],
    ["inside", "csv"],
    ["attendance", "csv"],
    ["attendance", "pdf"],
    ["rights", "csv"],
    ["rights", "pdf"],
  ] as const) {
    const before = process.memoryUsage.rss();
    let most = before;
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const processor = process.cpuUsage();
    const started = performance.now();
    const result = await yearReport(site, name, format);
    const seconds = (performance.now() - started) / 1_000;
    clearInterval(watching);
    const { user, system } = process.cpuUsage(processor);
    if (result.is !== "made") throw new Error(`${name}.${format}: ${JSON.stringify(result)}`);
    const bytes = result.content.reduce((sum, { byteLength }) => sum + byteLength, 0);
    figures.push(
      figure(`${name}.${format} of the year, ${result.rows} rows`, [seconds], "s", target),
      figure("… of a processor", [(user + system) / 1e6], "s"),
      figure("… its size", [bytes / 1e6], "MB"),
      figure("… memory while it was made", [(most - before) / 1e6], "MB"),
    );
    await wait(200);
  }
  return [...figures, await yearFigures(site)];
}

import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { type DemoSite, pause } from "../demo-site.ts";
import { trendOf } from "../trend.ts";
import type { ProcessMemory } from "./memory-probe.ts";
import { desk, memoryOf, type PageMemory } from "./page.ts";
import { recordsOfABusyDay, type TrafficSoFar, traffic } from "./traffic.ts";

/** At this many times a busy branch. */
const times = 10;
/** Each process is looked at as often as its probe looks. */
const everyMs = 15_000;
/** Until then lists and caches fill to their bounds, and code that is used often is compiled. */
const warmUp = 0.5;

export interface LongRun {
  readonly hours: number;
  /** Consoles beside the drawn one. */
  readonly watchers: number;
  /** Where the samples go, and where the site's processes have put theirs (`VESTIBULE_MEMORY_PROBE`). */
  readonly samples: string;
}

interface PageSample extends PageMemory, TrafficSoFar {
  readonly at: number;
}

/** As many records as a day at ten times a busy branch brings, however short the run; returns what it says of memory. */
export async function longRun(browser: Browser, site: DemoSite, run: LongRun): Promise<string> {
  const file = fileURLToPath(new URL("./watchers.ts", import.meta.url));
  const watchers = fork(file, [site.address, site.cookie, String(run.watchers)]);
  const ended = new AbortController();
  process.once("SIGINT", () => ended.abort());
  const limit = setTimeout(() => ended.abort(), run.hours * 3_600_000);
  try {
    await once(watchers, "message");
    await using context = await desk(browser, site.address, site.cookie);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.goto(site.address);
    await page.locator(".shell-page h2").first().waitFor();
    const sofar: TrafficSoFar = { records: 0, passages: 0, failed: 0, acknowledged: 0 };
    const perSecond = (recordsOfABusyDay * times) / (run.hours * 3_600);
    const look = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        const sample: PageSample = { at: Date.now(), ...(await memoryOf(session)), ...sofar };
        appendFileSync(join(run.samples, "page.jsonl"), `${JSON.stringify(sample)}\n`);
        await pause(everyMs);
      }
    };
    await Promise.all([traffic(site, perSecond, ended.signal, sofar), look()]);
    return reportOf(run.samples);
  } finally {
    clearTimeout(limit);
    watchers.kill();
  }
}

/** Of samples that lie there, also while the run goes on. */
export function reportOf(samples: string): string {
  const page = linesOf<PageSample>(join(samples, "page.jsonl"));
  const [first, last] = [page[0], page.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`${samples} holds no samples`);
  const from = first.at + (last.at - first.at) * warmUp;
  const records = last.records - first.records;
  const hours = (last.at - first.at) / 3_600_000;
  /** What an hour adds, and what the records of a day do. */
  const row = (what: string, unit: string, of: readonly (readonly [at: number, value: number])[]): string => {
    const points = of.filter(([at]) => at >= from && at <= last.at);
    const { slope, within } = trendOf(points.map(([at, value]) => [(at - from) / 3_600_000, value]));
    const aDay = (slope * hours * recordsOfABusyDay * times) / records;
    const cells = [
      what,
      ...[points[0]?.[1], points.at(-1)?.[1]].map((value) => `${value?.toFixed(1)} ${unit}`),
      `${slope.toFixed(2)} ± ${within.toFixed(2)}`,
      aDay.toFixed(1),
      Math.abs(slope) <= within ? "none" : slope > 0 ? "GROWS" : "falls",
    ];
    return `| ${cells.join(" | ")} |`;
  };
  const processes = readdirSync(samples)
    .filter((name) => name !== "page.jsonl" && name.endsWith(".jsonl"))
    .toSorted()
    .flatMap((name) => {
      const lines = linesOf<ProcessMemory>(join(samples, name));
      // One that was started again is another process: what it takes to begin is no slope.
      const [start = last, end = first] = [lines[0], lines.at(-1)];
      if (start.at > from || end.at < last.at - 4 * everyMs) return [];
      const role = name.slice(0, name.indexOf("-"));
      const of = (kind: Exclude<keyof ProcessMemory, "at">) =>
        lines.map((line) => [line.at, line[kind] / 1e6] as const);
      return [
        row(`${role}: resident`, "MB", of("rss")),
        row(`${role}: heap`, "MB", of("heapUsed")),
        row(`${role}: outside the heap`, "MB", of("external")),
        row(`${role}: of it buffers`, "MB", of("arrayBuffers")),
      ];
    });
  const ofPage = (kind: keyof PageMemory) => page.map((one) => [one.at, one[kind]] as const);
  return [
    `${records} records in ${hours.toFixed(2)} hours (${(records / hours / 3_600).toFixed(1)} a second), ${last.passages} passages, ` +
      `${last.failed} tries that came to nothing, ${last.acknowledged} alarms acknowledged. Without the first half:\n`,
    "| what | at first | at last | an hour adds | a day's records add | slope |",
    "| --- | --- | --- | --- | --- | --- |",
    ...processes,
    row("page: heap", "MB", ofPage("heap")),
    row("page: nodes", "", ofPage("nodes")),
    row("page: listeners", "", ofPage("listeners")),
    "",
  ].join("\n");
}

const linesOf = <Line>(file: string): readonly Line[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line); // written by this program

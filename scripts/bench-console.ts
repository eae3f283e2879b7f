// What people wait for at the console, as a table: node scripts/bench-console.ts [DIRECTORY] [--consoles N] [--records N]
//   [--minutes N] [--only views|events|memory]
// The real daemon behind the year of scripts/bench-records.ts (a million records, 100,000 people; built once in DIRECTORY, default a
// folder under the system's temporary one), Debian's Chromium on the same machine.
//   views   from the address to the first drawn alarm page, event list and door pair, with an empty cache and a full one
//   events  from the record to its drawn row, with N consoles open (50): one of them drawn, the others read their stream
//   memory  the page's and the controller's, while as many records pass as in N minutes at 50 a second; the slope per
//           100,000 records. A busy branch makes about 6,000 records a day: ten times as many for 24 h are 60,000.
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { delaysOf, desk, firstView, launch, memoryOf, type PageMemory } from "./benchmarks/console/page.ts";
import { DemoSite, pause, underControl, until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";
import { largeSite } from "./benchmarks/records/large-site.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    consoles: { type: "string", default: "50" },
    minutes: { type: "string", default: "20" },
    only: { type: "string", default: "" },
  },
});
const cache = positionals[0] ?? join(tmpdir(), "vestibule-records");
const data = join(cache, `console-${process.pid}`);
const consoles = Number(values.consoles);
/** At the first start who is where is worked out from the whole journal. */
const startLimit = 300_000;
const say = (what: string): void => void process.stderr.write(`${what} …\n`);
const print = (...figures: readonly Figure[]): void => void process.stdout.write(`${table(figures)}\n`);
const wanted = (part: string): boolean => values.only === "" || values.only === part;

const accessPoints = ["outer-entry", "inner-entry", "inner-exit", "outer-exit"] as const;

/** Cards that nobody knows: each is a record or two, a denial at the door, and an alarm that counts. */
async function cards(site: DemoSite, perSecond: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (let count = 0, next = performance.now(); next < end; count++, next += 1_000 / perSecond) {
    await pause(Math.max(0, next - performance.now()));
    const accessPoint = accessPoints[count % accessPoints.length];
    await site.act("POST", "cards", { accessPoint, number: String(900_000 + (count % 5_000)) });
  }
}

async function views(browser: Browser, site: DemoSite): Promise<readonly Figure[]> {
  const places = [
    ["alarms", "/", ".shell-page h2"],
    ["events", "/events", ".record-row"],
    ["doors", "/doors", ".shell-page svg"],
  ] as const;
  const figures: Figure[] = [];
  for (const [what, path, seen] of places) {
    const [cold, warm]: [number[], number[]] = [[], []];
    for (let run = 0; run < 10; run++) {
      const context = await desk(browser, site.address, site.cookie);
      cold.push(await firstView(context, `${site.address}${path}`, seen));
      warm.push(await firstView(context, `${site.address}${path}`, seen));
      await context.close();
    }
    figures.push(figure(`first view of the ${what}, nothing cached`, cold, "ms", 1_000));
    figures.push(figure(`the same, files cached`, warm, "ms", 1_000));
  }
  return figures;
}

async function events(browser: Browser, site: DemoSite): Promise<readonly Figure[]> {
  const file = fileURLToPath(new URL("./benchmarks/console/watchers.ts", import.meta.url));
  const others = fork(file, [site.address, site.cookie, String(consoles - 1)]);
  try {
    await once(others, "message");
    await using context = await desk(browser, site.address, site.cookie);
    const page = await context.newPage();
    await page.goto(`${site.address}/events`);
    await page.locator(".record-row").first().waitFor();
    await pause(2_000);
    await delaysOf(page); // what was there before
    await cards(site, 5, 120);
    await pause(1_000);
    const delays = await delaysOf(page);
    return [figure(`record → drawn row, ${consoles} consoles open`, delays, "ms", 300, "p99")];
  } finally {
    others.kill();
  }
}

interface Sample extends PageMemory {
  readonly records: number;
  /** Of the controller's process, in MB. */
  readonly resident: number;
}

async function memory(browser: Browser, site: DemoSite, minutes: number): Promise<void> {
  await using context = await desk(browser, site.address, site.cookie);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await page.goto(site.address);
  await page.locator(".shell-page h2").first().waitFor();
  const pid = (await site.state())?.processes.controller.pid ?? 0;
  const samples: Sample[] = [];
  const first = await last(site);
  const take = async (): Promise<void> => {
    const sample = {
      ...(await memoryOf(session)),
      records: (await last(site)) - first,
      resident: residentOf(pid),
    };
    samples.push(sample);
    const { records, heap, nodes, listeners, resident } = sample;
    say(
      `${records} records: page ${heap.toFixed(1)} MB, ${nodes} nodes, ${listeners} listeners; controller ${resident.toFixed(0)} MB`,
    );
  };
  await cards(site, 25, 60); // lists have filled to their bounds
  await take();
  for (let minute = 0; minute < minutes; minute++) {
    await cards(site, 25, 60);
    await take();
  }
  process.stdout.write(
    `${samples.at(-1)?.records} records in ${minutes} minutes. Per 100,000 records: page ${slope(samples, "heap").toFixed(2)} MB, ` +
      `${slope(samples, "nodes").toFixed(0)} nodes, ${slope(samples, "listeners").toFixed(0)} listeners; controller ${slope(samples, "resident").toFixed(1)} MB\n\n`,
  );
}

const last = async (site: DemoSite): Promise<number> =>
  ((await site.state()) as { readonly journal?: { readonly last: number } } | undefined)?.journal?.last ?? 0;

const residentOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_000;

/** By least squares, per 100,000 records. */
function slope(samples: readonly Sample[], of: Exclude<keyof Sample, "records">): number {
  const mean = (take: (sample: Sample) => number): number =>
    samples.reduce((sum, sample) => sum + take(sample), 0) / samples.length;
  const [x, y] = [mean(({ records }) => records), mean((sample) => sample[of])];
  const above = samples.reduce((sum, sample) => sum + (sample.records - x) * (sample[of] - y), 0);
  const below = samples.reduce((sum, { records }) => sum + (records - x) ** 2, 0);
  return (above / below) * 100_000;
}

mkdirSync(cache, { recursive: true });
try {
  say("a year of records");
  cpSync(largeSite(cache), data, { recursive: true });
  await using site = await DemoSite.start(data);
  await until("the page", () => site.pageAnswers(), startLimit);
  await site.logIn();
  await until("the doors", async () => underControl(await site.state()), startLimit);
  say("the search index");
  await pause(30_000);
  const load = loadavg().map((one) => one.toFixed(1));
  process.stdout.write(
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, load ${load.join(", ")}; ${await last(site)} records\n\n`,
  );
  const browser = await launch();
  try {
    if (wanted("views")) print(...(await views(browser, site)));
    if (wanted("events")) print(...(await events(browser, site)));
    if (wanted("memory")) await memory(browser, site, Number(values.minutes));
  } finally {
    await browser.close();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}

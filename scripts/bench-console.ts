// What people wait for at the console, as a table: node scripts/bench-console.ts [DIRECTORY] [--consoles N]
//   [--only views|events] | --hours N [--samples DIRECTORY [--report]]
// The real daemon behind the year of scripts/bench-records.ts (a million records, 100,000 people; built once in DIRECTORY, default a
// folder under the system's temporary one), Debian's Chromium on the same machine.
//   views   from the address to the first drawn alarm page, event list and door pair, with an empty cache and a full one
//   events  from the record to its drawn row, with N consoles open (50): one of them drawn, the others read their stream
//   --hours memory of every process and of a drawn page, while N hours bring as many records as 24 hours do at ten times a busy
//           branch, 60,000: people passing, cards that nobody knows, alarms acknowledged, 10 other consoles reading. The slope with
//           its 95 % interval, the first half left out. The samples stay in --samples; with --report they are only read again.
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { longRun, reportOf } from "./benchmarks/console/long-run.ts";
import { delaysOf, desk, firstView, launch } from "./benchmarks/console/page.ts";
import { cards } from "./benchmarks/console/traffic.ts";
import { DemoSite, pause, underControl, until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";
import { largeSite } from "./benchmarks/records/large-site.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    consoles: { type: "string", default: "50" },
    hours: { type: "string" },
    samples: { type: "string" },
    report: { type: "boolean", default: false },
    only: { type: "string", default: "" },
  },
});
const cache = positionals[0] ?? join(tmpdir(), "vestibule-records");
const data = join(cache, `console-${process.pid}`);
const samples = values.samples ?? join(cache, `memory-${process.pid}`);
const consoles = Number(values.consoles);
/** At the first start who is where is worked out from the whole journal. */
const startLimit = 300_000;
const say = (what: string): void => void process.stderr.write(`${what} …\n`);
const print = (...figures: readonly Figure[]): void => void process.stdout.write(`${table(figures)}\n`);
const wanted = (part: string): boolean =>
  values.hours === undefined && (values.only === "" || values.only === part);

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

if (values.report) {
  process.stdout.write(reportOf(samples));
  process.exit();
}
for (const directory of [cache, samples]) mkdirSync(directory, { recursive: true });
// Looked for by every process of the site (benchmarks/console/memory-probe.ts).
if (values.hours !== undefined) {
  const probe = new URL("./benchmarks/console/memory-probe.ts", import.meta.url);
  process.env["NODE_OPTIONS"] = `${process.env["NODE_OPTIONS"] ?? ""} --import=${probe.href}`;
  process.env["VESTIBULE_MEMORY_PROBE"] = samples;
}
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
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, load ${load.join(", ")}; ${await site.lastRecord()} records\n\n`,
  );
  const browser = await launch();
  try {
    if (wanted("views")) print(...(await views(browser, site)));
    if (wanted("events")) print(...(await events(browser, site)));
    if (values.hours !== undefined)
      process.stdout.write(
        await longRun(browser, site, { hours: Number(values.hours), watchers: 10, samples }),
      );
  } finally {
    await browser.close();
  }
} finally {
  rmSync(data, { recursive: true, force: true });
}

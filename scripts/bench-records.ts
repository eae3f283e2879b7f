// What a year of records takes, as a table: node scripts/bench-records.ts [DIRECTORY] [--starts N] [--only PART,…]
// A million records and a hundred thousand people are built once in DIRECTORY, and copied for each run; it should lie on
// the disk that is meant (default: a folder under the system's temporary one, which stays).
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { openSiteStorage } from "../src/composition/open-site-storage.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { DemoSite, underControl, until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";
import { appends } from "./benchmarks/records/appends.ts";
import { decisions } from "./benchmarks/records/decisions.ts";
import { largeSite, people, records } from "./benchmarks/records/large-site.ts";
import { presenceStarts } from "./benchmarks/records/presence-starts.ts";
import { searches } from "./benchmarks/records/searches.ts";
import { yearReports } from "./benchmarks/records/year-reports.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { starts: { type: "string", default: "3" }, only: { type: "string", default: "" } },
});
const cache = positionals[0] ?? join(tmpdir(), "vestibule-records");

async function starts(site: string, times: number): Promise<readonly Figure[]> {
  const opened: number[] = [];
  const controls: number[] = [];
  for (let run = 0; run < times; run++) {
    const started = performance.now();
    openSiteStorage({ directory: site, clock: new SystemClock(), env: {} })[Symbol.dispose]();
    opened.push(performance.now() - started);
    await using demo = await DemoSite.start(site);
    await until("the page", () => demo.pageAnswers(), 60_000);
    await demo.logIn();
    const control = await until("the doors", async () => underControl(await demo.state()), 60_000);
    controls.push(control - demo.startedAt);
  }
  return [
    figure("journal and directory opened", opened, "ms"),
    figure("first start: who is where worked out from the whole journal", controls.slice(0, 1), "ms"),
    figure("later starts: command → doors under control", controls.slice(1), "ms", 5_000, "largest"),
  ];
}

function search(site: string): readonly Figure[] {
  using storage = openSiteStorage({ directory: site, clock: new SystemClock(), env: {} });
  const ids: string[] = [];
  for (let after = ""; ; ) {
    const page = storage.directory.list({ after, limit: 500 });
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined || page.length < 500) break;
    after = last.id;
  }
  return searches(storage.journal, ids, 300);
}

const parts: Readonly<Record<string, (site: string) => readonly Figure[] | Promise<readonly Figure[]>>> = {
  appends: (site) => appends(site, 1_000),
  searches: search,
  reports: yearReports,
  decisions: (site) => decisions(site, 6),
  presence: (site) => presenceStarts(site, Number(values.starts)),
  starts: (site) => starts(site, Number(values.starts)),
};

mkdirSync(cache, { recursive: true });
const year = largeSite(cache);
const site = join(cache, `run-${process.pid}`);
try {
  cpSync(year, site, { recursive: true });
  const load = loadavg().map((one) => one.toFixed(1));
  process.stdout.write(
    `${records} records, ${people} people; ${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, load ${load.join(", ")}\n\n`,
  );
  for (const [name, part] of Object.entries(parts)) {
    if (values.only !== "" && !values.only.split(",").includes(name)) continue;
    process.stdout.write(`${table(await part(site))}\n`);
  }
} finally {
  rmSync(site, { recursive: true, force: true });
}

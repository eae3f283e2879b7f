// What keeping a million records takes, as a table: node scripts/bench-keeping.ts [DIRECTORY] [--records N]
// The year of scripts/bench-records.ts is built once in DIRECTORY and copied for the run; it should lie on the disk that is meant
// (default: a folder under the system's temporary one, which stays). --records N: of a smaller journal, made anew.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { openSiteStorage, type SiteStorage } from "../src/composition/open-site-storage.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { verifyJournalIn } from "../src/drivers/sqlite/open-for-reading.ts";
import type { BackupMade } from "../src/ports/backup.ts";
import { DemoSite, underControl, until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";
import { aYear, largeSite } from "./benchmarks/records/large-site.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: "string", default: "" } },
});
const cache = positionals[0] ?? join(tmpdir(), "vestibule-records");
const folder = join(cache, `keeping-${process.pid}`);
const [data, restored] = [join(folder, "data"), join(folder, "restored")];
const clock = new SystemClock();
/** At the first start who is where is worked out from the whole journal. */
const startLimit = 300_000;
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const keyFile = join(folder, "key.txt");
const backupFile = join(folder, "site.tar.zst.age");

const open = (): SiteStorage =>
  openSiteStorage({ directory: data, clock, env: {}, journalName: "vestibule.example/bench" });

/** One decision's records, as often as a busy branch makes them, while `work` goes on. */
async function appendsDuring(site: SiteStorage, work: Promise<unknown>): Promise<readonly number[]> {
  const spent: number[] = [];
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  for (const { entries } of aYear(["person-a", "person-b"], 3)) {
    if (isOver) break;
    const started = performance.now();
    site.journal.append(entries.slice(0, 3));
    spent.push(performance.now() - started);
    await sleep(20);
  }
  await over;
  return spent;
}

/** A command as an administrator runs it. */
async function vestibule<Report>(
  ...args: readonly string[]
): Promise<{ readonly report: Report; readonly ms: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, ["src/main.ts", ...args, "--json"], {
    env: { ...process.env, VESTIBULE_DATA: data },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
  return { report: JSON.parse(stdout) as Report, ms: performance.now() - started };
}

function timed(what: string, work: () => unknown): Figure {
  const started = performance.now();
  work();
  return figure(what, [performance.now() - started], "ms");
}

function smallSite(records: number): void {
  using site = open();
  for (const { entries } of aYear(["person-a", "person-b"], 3)) {
    site.journal.append(entries);
    if (site.journal.last() >= records) break;
  }
}

async function backup(site: SiteStorage): Promise<readonly Figure[]> {
  const alone = await appendsDuring(site, sleep(10_000));
  const making = vestibule<BackupMade>("backup", "--output", backupFile, "--recipient", recipient);
  const beside = await appendsDuring(site, making);
  const { report, ms } = await making;
  const ratio = figure("", beside, "ms").median / figure("", alone, "ms").median;
  process.stdout.write(
    `records ${report.position.first} to ${report.position.last}; a decision's records beside the backup take ${ratio.toFixed(2)} times as long in the median\n\n`,
  );
  return [
    figure("a decision's records written, nothing beside", alone, "ms"),
    figure("a decision's records written beside the backup", beside, "ms"),
    figure("backup, unlimited", [ms], "ms"),
    figure("backup's size", [report.bytes / 1e6], "MB"),
  ];
}

function prune(site: SiteStorage): readonly Figure[] {
  site.journal.checkpointNow();
  const upTo = Math.floor(site.journal.last() / 4);
  const spent: number[] = [];
  for (;;) {
    const started = performance.now();
    if (site.journal.pruneStretch(upTo) === undefined) break;
    spent.push(performance.now() - started);
  }
  process.stdout.write(`pruned up to record ${site.journal.first() - 1}\n`);
  return [figure("256 records pruned: what a decision may have to wait", spent, "ms")];
}

async function start(): Promise<Figure> {
  await using demo = await DemoSite.start(restored);
  await until("the page", () => demo.pageAnswers(), startLimit);
  await demo.logIn();
  const control = await until("the doors", async () => underControl(await demo.state()), startLimit);
  return figure(
    "start on what was restored: command → doors under control",
    [control - demo.startedAt],
    "ms",
  );
}

/** As soon as they are known: a run that is broken off has told something. */
const print = (...figures: readonly Figure[]): void => void process.stdout.write(`${table(figures)}\n`);

mkdirSync(folder, { recursive: true });
try {
  writeFileSync(keyFile, `${identity}\n`, { mode: 0o600 });
  if (values.records === "") cpSync(largeSite(cache), data, { recursive: true });
  else smallSite(Number(values.records));
  const load = loadavg().map((one) => one.toFixed(1));
  process.stdout.write(
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, load ${load.join(", ")}\n\n`,
  );
  {
    using site = open();
    print(
      timed("index and tree of an older journal caught up with", () => {
        while (!site.journal.coverMore(5_000));
      }),
    );
    site.journal.checkpointNow();
    print(...(await backup(site)));
    print(...prune(site));
  }
  print(timed("verification after pruning", () => requireIntact(data)));
  const { ms } = await vestibule("restore", backupFile, "--identity", keyFile, "--data", restored);
  print(figure("restore, everything verified", [ms], "ms"));
  print(await start());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function requireIntact(directory: string): void {
  const verdict = verifyJournalIn(directory);
  if (!verdict.intact) throw new Error(`record ${verdict.seq}: ${verdict.detail}`);
  process.stdout.write(`intact: records ${verdict.first} to ${verdict.last}\n\n`);
}

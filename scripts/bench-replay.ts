// How long a replay takes, and what inputs cost, as tables: node scripts/bench-replay.ts [--records N] [--keep DIRECTORY]
// The journal is that of a simulated building whose rules, controller and interlock are the real ones.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chained, exported } from "../src/cli/chained-records.ts";
import { canonicalJson } from "../src/domain/journal/canonical-json.ts";
import { openSqliteJournal } from "../src/drivers/sqlite/sqlite-journal.ts";
import { storedRecords } from "../src/drivers/sqlite/stored-records.ts";
import type { Journal, JournalEntry, JournalRecord } from "../src/ports/journal.ts";
import { Replay } from "../src/replay/replay.ts";
import { MemoryJournal } from "../src/simulation/memory-journal.ts";
import { VirtualClock } from "../src/simulation/virtual-clock.ts";
import { runSeed } from "./simulate/run-seed.ts";

const { values } = parseArgs({
  options: { records: { type: "string", default: "100000" }, keep: { type: "string" } },
});
const wanted = Number(values.records);
/** A calm building, whose people do nothing but pass. */
const seed = 4;
const passagesADay = 2_000;

const day = allOf(await simulated(passagesADay));
const directory = values.keep ?? mkdtempSync(join(tmpdir(), "vestibule-replay-"));
mkdirSync(directory, { recursive: true });
try {
  const records = store(directory, days(day, wanted));
  const file = join(directory, "export.jsonl");
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  console.table(sizes(records));
  console.table([
    timed("records in memory", () => records),
    timed("data directory, chain checked", () => chained(storedRecords(directory))),
    timed("export file, chain checked", () => chained(exported(file))),
  ]);
  console.table(appends(directory, records));
  console.log(`export file: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
} finally {
  if (values.keep === undefined) rmSync(directory, { recursive: true });
}

/** One day after the other, each as after a restart: the interlock's runs are others. */
function days(one: readonly JournalRecord[], most: number): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let number = 0; entries.length < most; number += 1)
    entries.push(...one.map((record) => ofRun(record, number)));
  return entries.slice(0, most);
}

function ofRun({ type, at, payload, input }: JournalRecord, number: number): JournalEntry {
  if (input === undefined) return { type, at, payload };
  const interlock = input["interlock"];
  const begins = typeof interlock === "object" && interlock !== null && "run" in interlock;
  if (!begins) return { type, at, payload, input };
  return { type, at, payload, input: { ...input, interlock: { ...interlock, run: `run-${number}` } } };
}

async function simulated(passages: number): Promise<Journal> {
  let journal: Journal = new MemoryJournal(new VirtualClock());
  const { violation } = await runSeed({
    ...{ seed, passages, traced: 0 },
    journal: (clock) => (journal = new MemoryJournal(clock)),
  });
  // How long people take to get home is of no interest here; a decision that comes out otherwise is.
  if (violation?.rule === "replay") throw new Error(violation.what);
  return journal;
}

function allOf(journal: Pick<Journal, "query">): JournalRecord[] {
  const all: JournalRecord[] = [];
  for (let page = journal.query({ limit: 1_000 }); page.length > 0; ) {
    all.push(...page);
    page = journal.query({ limit: 1_000, after: page.at(-1)?.seq ?? 0 });
  }
  return all;
}

function store(path: string, entries: readonly JournalEntry[]): readonly JournalRecord[] {
  using journal = openSqliteJournal({ directory: path, clock: new VirtualClock(), boot: "bench" });
  for (let at = 0; at < entries.length; at += 1_000) journal.append(entries.slice(at, at + 1_000));
  return allOf(journal);
}

function timed(what: string, read: () => Iterable<JournalRecord>) {
  const started = performance.now();
  const before = process.cpuUsage();
  const replay = new Replay();
  for (const record of read()) replay.take(record);
  const { records: count, decisions, differences, skipped } = replay.finish();
  const seconds = (performance.now() - started) / 1_000;
  return {
    what,
    records: count,
    decisions: decisions.access + decisions.interlock,
    differences: differences.length,
    skipped: Object.keys(skipped).length,
    seconds: seconds.toFixed(2),
    // What it takes beside other work that keeps the machine busy.
    "CPU seconds": (cpuSince(before) / 1_000).toFixed(2),
    "records/s": Math.round(count / seconds),
  };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** What a decision costs more at the door: the same records appended one decision at a time, each synced, with and without inputs. */
function appends(path: string, all: readonly JournalRecord[]) {
  const some = all.slice(-Math.min(all.length, 2_000));
  const batches = some.reduce<JournalEntry[][]>((made, { type, at, payload, input }) => {
    const entry = { type, at, payload, ...(input === undefined ? {} : { input }) };
    if (input === undefined && made.length > 0) made.at(-1)?.push(entry);
    else made.push([entry]);
    return made;
  }, []);
  const ways = {
    "without inputs": (entry: JournalEntry) => ({ ...entry, input: undefined }),
    "with inputs": (entry: JournalEntry) => entry,
  };
  return Object.entries(ways).map(([what, way]) => {
    const directory = join(path, what.replace(" ", "-"));
    mkdirSync(directory);
    using journal = openSqliteJournal({ directory, clock: new VirtualClock(), boot: "bench" });
    const before = process.cpuUsage();
    const times = batches
      .map((batch) => {
        const entries = batch.map((entry) => {
          const { input, ...rest } = way(entry);
          return input === undefined ? rest : { ...rest, input };
        });
        const started = performance.now();
        journal.append(entries);
        return performance.now() - started;
      })
      .toSorted((one, other) => one - other);
    const at = (share: number): string =>
      `${(times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3)} ms`;
    const cpu = cpuSince(before) / times.length;
    return {
      what,
      appends: times.length,
      median: at(0.5),
      p99: at(0.99),
      "CPU each": `${cpu.toFixed(3)} ms`,
    };
  });
}

/** What stands beside the records, in bytes. */
function sizes(all: readonly JournalRecord[]) {
  const bytesOf = (value: unknown): number => Buffer.byteLength(canonicalJson(value));
  const passages = all.filter(({ type }) => type === "AccessTaken" || type === "AccessNotTaken").length;
  const payload = all.reduce((sum, record) => sum + bytesOf(record.payload), 0);
  const input = all.reduce(
    (sum, record) => sum + (record.input === undefined ? 0 : bytesOf(record.input)),
    0,
  );
  // What each row holds besides: numbers, type, boot, hash.
  const rest = all.length * 100;
  const perPassage = (bytes: number): number => Math.round(bytes / passages);
  return [
    { what: "records", total: all.length, perPassage: (all.length / passages).toFixed(1) },
    { what: "payloads, bytes", total: payload, perPassage: perPassage(payload) },
    { what: "rows without inputs, bytes", total: payload + rest, perPassage: perPassage(payload + rest) },
    { what: "inputs, bytes", total: input, perPassage: perPassage(input) },
    {
      what: "rows with inputs",
      total: `${(100 * (1 + input / (payload + rest))).toFixed(0)} %`,
      perPassage: "",
    },
  ];
}

// How long storage takes, as a table: node scripts/bench-journal.ts [DIRECTORY] [--people N]
// DIRECTORY should lie on the disk that is meant (default: a new folder in var/); what is written there is removed.
import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSiteStorage, type SiteStorage } from "../src/composition/open-site-storage.ts";
import { instant, wallTime } from "../src/domain/time.ts";
import type { JournalEntry } from "../src/ports/journal.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { people: { type: "string", default: "100000" } },
});
const people = Number(values.people);
const clock = { now: () => instant(performance.now()), wall: () => wallTime(Date.now()) };

interface Row {
  readonly what: string;
  readonly runs: number;
  readonly median: string;
  readonly p99: string;
  readonly largest: string;
  readonly perSecond: string;
}

/** Times `runs` calls one by one; each does `units` of what is counted per second. */
function measure(what: string, runs: number, units: number, work: (run: number) => void): Row {
  const times = Array.from({ length: runs }, (_, run) => {
    const started = performance.now();
    work(run);
    return performance.now() - started;
  });
  return row(what, times, units);
}

function row(what: string, measured: readonly number[], units: number): Row {
  const runs = measured.length;
  const times = measured.toSorted((one, other) => one - other);
  const at = (share: number): string => `${(times[Math.floor(share * (runs - 1))] ?? 0).toFixed(3)} ms`;
  const total = times.reduce((sum, time) => sum + time, 0);
  const perSecond = ((1000 * runs * units) / total).toFixed(0);
  return { what, runs, median: at(0.5), p99: at(0.99), largest: at(1), perSecond };
}

/** The size of a real decision with its face figures: about 900 bytes of payload. */
const decision = (n: number): JournalEntry => ({
  type: "AccessGranted",
  at: clock.now(),
  payload: {
    vestibule: "v1",
    accessPoint: "outer-entry",
    cardholder: `person-${n % 500}`,
    passage: `passage-${n}`,
    model: "face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror",
    modelHash: "0".repeat(64),
    evidence: "1".repeat(64),
    distance: 0.0312 + n / 1e7,
    threshold: 0.058,
    frameTimes: Array.from({ length: 8 }, (_, frame) => n * 100 + frame * 66.7),
    quality: { eyeDistance: 71.2, sharpness: 312.5, brightness: 118.3, contrast: 48.1, yaw: 3.2, roll: -1.1 },
    timings: { card: 0.4, frames: 131.2, detect: 22.7, landmarks: 19.3, embed: 52.9, decide: 0.1 },
  },
});

function benchSync(directory: string): Row {
  const descriptor = openSync(join(directory, "sync"), "w");
  const page = Buffer.alloc(4096);
  try {
    return measure("the disk alone: write 4 kB, sync", 300, 1, () => {
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
    });
  } finally {
    closeSync(descriptor);
  }
}

function benchJournal({ journal }: SiteStorage): Row[] {
  let n = 0;
  const batch = (size: number) => () =>
    void journal.append(Array.from({ length: size }, () => decision(n++)));
  const rows = [
    measure("append 1 record", 2_000, 1, batch(1)),
    measure("append 10 records at once", 300, 10, batch(10)),
    measure("append 100 records at once", 100, 100, batch(100)),
  ];
  const last = journal.last();
  return [
    ...rows,
    measure("newest 50 of one cardholder", 200, 1, (run) => {
      journal.query({ limit: 50, cardholder: `person-${run}`, newestFirst: true });
    }),
    measure(`verify all ${last} records`, 3, last, () => {
      const verdict = journal.verify();
      if (!verdict.intact) throw new Error(verdict.detail);
    }),
  ];
}

function benchDirectory({ directory }: SiteStorage): Row[] {
  const atOnce = 10_000;
  for (let first = 0; first < people; first += atOnce) {
    directory.transact(() => {
      for (let n = first; n < Math.min(people, first + atOnce); n++) {
        const { id } = directory.add({ name: `Person ${n}`, groups: ["staff"], accessLevels: ["all"] });
        directory.issueCard(id, `card-${n}`, "raw");
      }
    });
    process.stderr.write(`\r${Math.min(people, first + atOnce)} of ${people} cardholders`);
  }
  process.stderr.write("\n");
  const found = (run: number) => directory.findByCard(`card-${(run * 7_919) % people}`);
  const holder = found(1)?.cardholder.id;
  if (holder === undefined) throw new Error("a card that was issued is not found");
  for (let n = 0; n < 5; n++) {
    const descriptor = Float32Array.from({ length: 128 }, (_, i) => i / 128);
    directory.addPhoto(holder, { jpeg: new Uint8Array(60_000), quality: {}, model: "m", descriptor });
  }
  return [
    measure(`find a card among ${people} cardholders`, 20_000, 1, (run) => void found(run)),
    measure("open the 5 templates of one", 2_000, 1, () => void directory.templates(holder, "m")),
    measure(
      "issue a card",
      200,
      1,
      (run) => void directory.issueCard(found(run + 2)?.cardholder.id ?? "", `new-${run}`, "raw"),
    ),
  ];
}

/** How long until it is durable, and how much of that the caller's loop stands still. */
async function benchEvidence({ evidence }: SiteStorage): Promise<Row[]> {
  const [held, kept]: [number[], number[]] = [[], []];
  for (let run = 0; run < 200; run++) {
    const picture = new Uint8Array(60_000);
    new DataView(picture.buffer).setUint32(0, run);
    const started = performance.now();
    const durable = evidence.put(picture);
    held.push(performance.now() - started);
    await durable;
    kept.push(performance.now() - started);
  }
  return [
    row("keep a picture of 60 kB, beside the loop", kept, 1),
    row("… of which the loop waits", held, 1),
  ];
}

mkdirSync("var", { recursive: true });
const directory = positionals[0] ?? mkdtempSync("var/bench-");
mkdirSync(directory, { recursive: true });
const scratch = mkdtempSync(join(directory, "storage-"));
try {
  using storage = openSiteStorage({ directory: scratch, clock, env: {}, journalName: "bench/box" });
  console.table([
    benchSync(scratch),
    ...benchJournal(storage),
    ...benchDirectory(storage),
    ...(await benchEvidence(storage)),
  ]);
} finally {
  rmSync(positionals[0] === undefined ? directory : scratch, { recursive: true, force: true });
}

import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instant, wallTime } from "../../src/domain/time.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import { type Journal, StorageFault } from "../../src/ports/journal.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { expectKept } from "./writer-outcome.ts";

const clock = { now: () => instant(0), wall: () => wallTime(0) };
const open = (directory: string): Journal => openSqliteJournal({ directory, clock, boot: "test" });
const files = ["journal.db", "journal.db-wal", "journal.head"] as const;

/** What lay on the disk just after record `last` was acknowledged. */
interface Image {
  readonly last: number;
  readonly contents: Readonly<Record<(typeof files)[number], Buffer>>;
}

const recordCount = 40;
/** Small log and large file in the second: what an earlier run left is in the file already. */
const runs = 2;
const images: Image[] = [];
const acknowledged = new Map<number, string>();
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vestibule-cut-"));
  for (let n = 0; n < runs; n++) oneRun();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function oneRun(): void {
  using journal = open(home);
  for (let n = 0; n < recordCount / runs; n++) {
    const payload = { n, padding: "x".repeat((n * 137) % 3_000), cardholder: `p${n % 3}` };
    for (const { seq, hash } of journal.append([{ type: "AccessGranted", at: instant(n), payload }])) {
      acknowledged.set(seq, hash);
    }
    images.push({ last: journal.last(), contents: contentsOf(home) });
  }
}

const contentsOf = (folder: string): Image["contents"] => ({
  "journal.db": readFileSync(join(folder, "journal.db")),
  "journal.db-wal": readFileSync(join(folder, "journal.db-wal")),
  "journal.head": readFileSync(join(folder, "journal.head")),
});

/** The image on a disk of its own, changed as `change` says; shared memory is never on a disk. */
function onDisk(image: Image, change: (folder: string) => void, look: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-image-"));
  try {
    for (const name of files) writeFileSync(join(folder, name), image.contents[name]);
    change(folder);
    look(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const upTo = (last: number): Map<number, string> => new Map([...acknowledged].filter(([seq]) => seq <= last));

/** Either every acknowledged record is there, or the loss is in the journal itself, or opening says what to do. */
function expectKeptOrReported(folder: string, last: number): "kept" | "reported" | "refused" {
  let journal: Journal;
  try {
    journal = open(folder);
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    expect(error.message).toMatch(/journal\.db.*restore/s);
    return "refused";
  }
  using opened = journal;
  const [report] = opened.query({ limit: 1, type: "JournalDamageFound" });
  if (report === undefined) {
    if (opened.verify().intact) expectKept(opened, upTo(last));
    return opened.verify().intact ? "kept" : "reported";
  }
  expect(report.payload).toMatchObject({ written: last, last: report.seq - 1 });
  expectKept(opened, upTo(report.seq - 1));
  return "reported";
}

describe("T34: power is cut", () => {
  test("in mid-write: what was acknowledged is kept, wherever the write stopped, and nothing is reported", () => {
    const random = seededRandom(34);
    let cuts = 0;
    for (const [index, image] of images.entries()) {
      const next = images[index + 1];
      if (
        next === undefined ||
        next.contents["journal.db-wal"].length <= image.contents["journal.db-wal"].length
      )
        continue;
      for (let n = 0; n < 6; n++) {
        onDisk(
          {
            last: image.last,
            contents: { ...next.contents, "journal.head": image.contents["journal.head"] },
          },
          (folder) => cutWithin(folder, image.contents["journal.db-wal"].length, random),
          (folder) => {
            using journal = open(folder);
            expectKept(journal, upTo(image.last));
            expect([image.last, image.last + 1]).toContain(journal.last());
            expect(journal.query({ limit: 1, type: "JournalDamageFound" })).toEqual([]);
            journal.append([{ type: "PowerReturned", at: instant(0), payload: {} }]);
            expect(journal.verify()).toMatchObject({ intact: true });
          },
        );
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(150);
  });

  test("with the head file from any time before: nothing is lost, nothing is reported", () => {
    for (const [index, image] of images.entries()) {
      const older = images[Math.floor(index / 2)];
      if (older === undefined) continue;
      onDisk(
        image,
        (folder) => writeFileSync(join(folder, "journal.head"), older.contents["journal.head"]),
        (folder) => expect(expectKeptOrReported(folder, image.last)).toBe("kept"),
      );
    }
  });
});

/** As the disk was told, but the last of it, in any order: cut off, or sectors that never arrived. */
function cutWithin(folder: string, synced: number, random: () => number): void {
  const wal = join(folder, "journal.db-wal");
  const bytes = readFileSync(wal);
  const end = synced + Math.floor(random() * (bytes.length - synced));
  if (random() < 0.5) truncateSync(wal, end);
  else writeFileSync(wal, bytes.fill(0, end, Math.min(bytes.length, end + 512)));
}

describe("T34: files cut after the fact, which no power cut does", () => {
  const newest = (): Image => {
    const image = images.at(-1);
    if (image === undefined) throw new Error("no image was made");
    return image;
  };

  test("the log cut anywhere: kept, or the loss is reported with its extent", () => {
    const outcomes = new Set<string>();
    const length = newest().contents["journal.db-wal"].length;
    for (let cut = 0; cut < 60; cut++) {
      onDisk(
        newest(),
        (folder) => truncateSync(join(folder, "journal.db-wal"), Math.floor((length * cut) / 60)),
        (folder) => outcomes.add(expectKeptOrReported(folder, newest().last)),
      );
    }
    expect(outcomes).toEqual(new Set(["reported"]));
  });

  test("the file cut anywhere: refused with what to do, reported, or found by verify; never begun anew", () => {
    // Without a log beside it, as after an orderly stop.
    const folded = mkdtempSync(join(tmpdir(), "vestibule-folded-"));
    try {
      for (const name of files) writeFileSync(join(folded, name), newest().contents[name]);
      open(folded)[Symbol.dispose]();
      const { size } = statSync(join(folded, "journal.db"));
      for (let cut = 0; cut < 40; cut++) {
        const folder = mkdtempSync(join(tmpdir(), "vestibule-image-"));
        try {
          for (const name of ["journal.db", "journal.head"])
            copyFileSync(join(folded, name), join(folder, name));
          truncateSync(join(folder, "journal.db"), Math.floor((size * cut) / 40));
          expect(expectKeptOrReported(folder, newest().last)).not.toBe("kept");
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }
    } finally {
      rmSync(folded, { recursive: true, force: true });
    }
  });
});

import { mkdtempSync, rmSync, statSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant, type WallTime, wallTime } from "../../domain/time.ts";
import { type JournalUnderTest, journalContract } from "../../ports/contracts/journal.contract.ts";
import { journalSearchContract } from "../../ports/contracts/journal-search.contract.ts";
import { type Journal, type JournalEntry, StorageFault } from "../../ports/journal.ts";
import { journalFile, journalHeadFile, openSqliteJournal } from "./sqlite-journal.ts";

const clock = { now: () => instant(5), wall: () => wallTime(1_700_000_000_000) };
const open = (directory: string): Journal => openSqliteJournal({ directory, clock, boot: "boot-1" });
const entry = (n: number): JournalEntry => ({
  type: "AccessGranted",
  at: instant(n),
  payload: { cardholder: `p${n}`, n },
});

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-journal-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

journalContract("sqlite", underTest);
journalSearchContract("sqlite", underTest);

function underTest(): JournalUnderTest {
  let wall: WallTime = wallTime(0);
  const home = mkdtempSync(join(tmpdir(), "vestibule-journal-"));
  const journal = openSqliteJournal({
    directory: home,
    clock: { ...clock, wall: () => wall },
    boot: "boot-1",
  });
  return {
    journal,
    setWall(time) {
      wall = time;
    },
    failNextAppend: () => failNextInsert(home),
    [Symbol.dispose]() {
      journal[Symbol.dispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Planted through another connection: the next record is refused in the midst of its transaction, if it is a denial. */
function failNextInsert(home: string): void {
  raw(home, (database) => {
    const next = Number(database.prepare("SELECT coalesce(max(seq), 0) + 1 FROM journal").pluck().get());
    database.exec(`CREATE TRIGGER disk_fails BEFORE INSERT ON journal
      WHEN NEW.seq = ${next} AND NEW.type = 'AccessDenied' BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END`);
  });
}

function raw(home: string, change: (database: BetterSqlite.Database) => void): void {
  const database = new BetterSqlite(journalFile(home));
  try {
    change(database);
  } finally {
    database.close();
  }
}

function written(count: number): void {
  using journal = open(directory);
  for (let n = 1; n <= count; n++) journal.append([entry(n)]);
}

describe("append-only", () => {
  test.each([
    ["UPDATE", "UPDATE journal SET payload = '{}' WHERE seq = 1"],
    ["DELETE", "DELETE FROM journal WHERE seq = 2"],
    [
      "INSERT OR REPLACE",
      "INSERT OR REPLACE INTO journal SELECT seq, 0, at, boot, type, version, payload, cardholder, hash, input FROM journal WHERE seq = 1",
    ],
    [
      "INSERT with a gap",
      "INSERT INTO journal SELECT 9, wall, at, boot, type, version, payload, cardholder, hash, input FROM journal WHERE seq = 1",
    ],
  ])("%s is refused by the database itself", (_, statement) => {
    written(2);
    raw(directory, (database) => expect(() => database.exec(statement)).toThrow(/append-only/));
    using journal = open(directory);
    expect(journal.verify()).toMatchObject({ intact: true, records: 2 });
  });
});

test("the log beside the file stays small however much is written, and however many read meanwhile", () => {
  using journal = open(directory);
  const bulky = (n: number): JournalEntry => ({ ...entry(n), payload: { text: "x".repeat(8_000) } });
  for (let batch = 0; batch < 40; batch++) {
    journal.append(Array.from({ length: 50 }, (_, n) => bulky(n)));
    expect(journal.query({ limit: 1, newestFirst: true })).toHaveLength(1);
  }
  const written = statSync(journalFile(directory)).size;
  expect(written).toBeGreaterThan(16_000_000);
  expect(statSync(`${journalFile(directory)}-wal`).size).toBeLessThan(8_500_000);
});

test("after a failed write, a file that lost what was acknowledged is not written on", () => {
  using journal = open(directory);
  for (let n = 1; n <= 3; n++) journal.append([entry(n)]);
  failNextInsert(directory);
  expect(() => journal.append([{ ...entry(4), type: "AccessDenied" }])).toThrow(StorageFault);
  raw(directory, (database) => {
    database.exec("DROP TRIGGER journal_never_shrinks; DROP TRIGGER journal_grows_by_one");
    database.exec("DELETE FROM journal WHERE seq = 3");
  });
  for (let attempt = 0; attempt < 2; attempt++) {
    expect(() => journal.append([entry(4)])).toThrow(/record 3 was acknowledged and is gone; restore/);
  }
  expect(journal.query({ limit: 10 }).map(({ seq }) => seq)).toEqual([1, 2]);
});

describe("opening again", () => {
  test("continues the chain and keeps the records", () => {
    written(3);
    using journal = open(directory);
    expect(journal.last()).toBe(3);
    expect(journal.append([entry(4)])[0]?.seq).toBe(4);
    expect(journal.verify()).toMatchObject({ intact: true, records: 4 });
  });

  test("a journal that is gone is not silently begun anew", () => {
    written(2);
    unlinkSync(journalFile(directory));
    expect(() => open(directory)).toThrow(/is gone, but 2 records were written: restore it/);
    writeFileSync(journalFile(directory), "");
    expect(() => open(directory)).toThrow(StorageFault);
  });

  test("a file that is no database is refused, with what to do", () => {
    writeFileSync(journalFile(directory), "not a database, ".repeat(300));
    expect(() => open(directory)).toThrow(
      /journal\.db cannot be opened: .*restore both from the last backup/s,
    );
  });

  test("another program's database is refused", () => {
    raw(directory, (database) => database.exec("CREATE TABLE recipes (name TEXT)"));
    expect(() => open(directory)).toThrow(/not a Vestibule journal/);
  });

  test("a newer release's schema is refused", () => {
    written(1);
    raw(directory, (database) => database.pragma("user_version = 99"));
    expect(() => open(directory)).toThrow(/newer release \(schema 99/);
  });

  test("T41: an end cut off is recorded in the chain and found by verify", () => {
    written(5);
    raw(directory, (database) => {
      database.exec("DROP TRIGGER journal_never_shrinks");
      database.exec("DELETE FROM journal WHERE seq > 3; UPDATE sqlite_sequence SET seq = 3");
    });
    {
      using journal = open(directory);
      const [found] = journal.query({ limit: 1, newestFirst: true });
      expect(found).toMatchObject({ seq: 4, type: "JournalDamageFound", at: 5 });
      expect(found?.payload).toMatchObject({ damage: "recordsMissing", last: 3, written: 5 });
    }
    using again = open(directory);
    expect(again.last()).toBe(4); // reported once
  });

  test("a head file torn or lost is no fault", () => {
    written(2);
    truncateSync(journalHeadFile(directory), 40);
    {
      using journal = open(directory);
      expect(journal.append([entry(3)])[0]?.seq).toBe(3);
    }
    unlinkSync(journalHeadFile(directory));
    using journal = open(directory);
    expect(journal.last()).toBe(3);
  });
});

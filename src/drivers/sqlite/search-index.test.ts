import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { type JournalEntry, StillIndexing } from "../../ports/journal.ts";
import { openJournalForReading } from "./open-for-reading.ts";
import { journalSchema } from "./schema.ts";
import { journalFile, openSqliteJournal, type SearchedJournal } from "./sqlite-journal.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-search-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (): SearchedJournal => {
  const clock = { now: () => instant(5), wall: () => wallTime(1_700_000_000_000) };
  return openSqliteJournal({ directory, clock, boot: "boot-1" });
};

const entries = (count: number): readonly JournalEntry[] =>
  Array.from({ length: count }, (_, n) => ({
    type: n % 2 === 0 ? "AccessGranted" : "AccessDenied",
    at: instant(n),
    payload: { cardholder: `p${n % 10}`, card: `${1000 + (n % 10)}`, accessPoint: "outer-entry" },
  }));

function raw<Result>(work: (database: BetterSqlite.Database) => Result): Result {
  const database = new BetterSqlite(journalFile(directory));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** As a release before the search index left it. */
function madeByTheFirstRelease(records: number): void {
  {
    using journal = open();
    for (let first = 0; first < records; first += 1_000) {
      journal.append(entries(Math.min(1_000, records - first)));
    }
  }
  raw((database) => {
    for (const table of ["search_kinds", "search_by_kind", "search_by_person", "search_by_card"]) {
      database.exec(`DROP TABLE ${table}`);
    }
    database.exec("DROP TRIGGER journal_never_shrinks");
    for (const name of ["journal_chunks", "checkpoints"]) database.exec(`DROP TABLE ${name}`);
    database.exec("ALTER TABLE journal DROP COLUMN input");
    const indexes = /CREATE INDEX journal_by_[^;]*;/g;
    for (const [statement] of (journalSchema.migrations[0] ?? "").matchAll(indexes)) database.exec(statement);
    database.pragma("user_version = 1");
  });
}

const formerIndexes = () =>
  raw((database) =>
    database.prepare("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'journal_by_%'").pluck().get(),
  );

describe("a journal of an older release", () => {
  test("is searched as before while it is worked through, says what cannot be searched yet, and takes records meanwhile", () => {
    madeByTheFirstRelease(12_000);
    using journal = open();
    expect(journal.covered()).toBe(5_000);
    expect(
      journal.query({ limit: 1, cardholder: "p3", type: "AccessDenied", newestFirst: true })[0]?.seq,
    ).toBe(11_994);
    expect(() => journal.query({ limit: 1, card: "1003" })).toThrow(StillIndexing);
    expect(() => journal.query({ limit: 1, accessPoint: "outer-entry" })).toThrow("5000 of 12000 records");
    journal.append(entries(1));
    expect(journal.covered()).toBe(5_000);
    while (!journal.coverMore(500));
    expect(journal.covered()).toBe(12_001);
    journal.append(entries(1));
    expect(journal.query({ limit: 2, card: "1000", newestFirst: true }).map(({ seq }) => seq)).toEqual([
      12_002, 12_001,
    ]);
    expect(journal.verify()).toMatchObject({ intact: true, records: 12_002 });
  });

  test("a small one is searched by everything from the start, and its former indexes are gone", () => {
    madeByTheFirstRelease(20);
    expect(formerIndexes()).toBe(3);
    {
      using journal = open();
      expect(journal.query({ limit: 9, card: "1004" }).map(({ seq }) => seq)).toEqual([5, 15]);
    }
    expect(formerIndexes()).toBe(0);
  });

  test("keeps its former indexes until all of it is covered, and is opened without them after that", () => {
    madeByTheFirstRelease(6_000);
    open()[Symbol.dispose]();
    expect(formerIndexes()).toBe(3);
    open()[Symbol.dispose]();
    expect(formerIndexes()).toBe(0);
  });
});

test("whoever reads beside the owner finds what was written since", () => {
  using journal = open();
  using beside = openJournalForReading(directory);
  journal.append(entries(4));
  expect(beside.query({ limit: 9, card: "1003" }).map(({ seq }) => seq)).toEqual([4]);
  journal.append([{ type: "DoorOpened", at: instant(1), payload: { vestibule: "v9", door: "inner" } }]);
  expect(beside.query({ limit: 9, vestibule: "v9", door: "inner" }).map(({ seq }) => seq)).toEqual([5]);
});

test("records of more kinds than are told apart are found all the same", () => {
  using journal = open();
  for (let first = 0; first < 5_000; first += 1_000) {
    journal.append(
      Array.from({ length: 1_000 }, (_, n) => ({
        type: "LoginRefused",
        at: instant(1),
        payload: { operator: `guess-${first + n}` },
      })),
    );
  }
  const seqsOf = (operator: string) => journal.query({ limit: 9, operator }).map(({ seq }) => seq);
  expect(seqsOf("guess-7")).toEqual([8]);
  expect(seqsOf("guess-4999")).toEqual([5_000]);
  expect(seqsOf("guess-5000")).toEqual([]);
  expect(journal.verify()).toMatchObject({ intact: true });
});

describe("T41: verify finds a record hidden from searches", () => {
  test.each([
    ["taken out of a person's", "DELETE FROM search_by_person WHERE seq = 3", "not find record 3"],
    [
      "given to another person",
      "UPDATE search_by_person SET person = 'px' WHERE seq = 3",
      "not find record 3",
    ],
    ["taken out of a card's", "DELETE FROM search_by_card WHERE seq = 4", "not find record 4"],
    ["of another kind", "UPDATE search_by_kind SET kind = kind + 1 WHERE seq = 5", "not find record 5"],
    [
      "of a kind that says otherwise",
      "UPDATE search_kinds SET key = replace(key, 'Denied', 'X')",
      "not find record 2",
    ],
    ["put where it is not", "INSERT INTO search_by_card VALUES ('9', 1, 1)", "search_by_card has 11 entries"],
    ["out of the time's order", "DELETE FROM search_by_kind WHERE kind = -1", "not find record 1"],
  ])("%s", (_, statement, detail) => {
    {
      using journal = open();
      journal.append(entries(10));
    }
    raw((database) => database.exec(statement));
    using journal = open();
    const verdict = journal.verify();
    expect(verdict).toMatchObject({ intact: false, seq: 0, fault: "unreadable" });
    expect(verdict).toHaveProperty("detail", expect.stringContaining(detail));
  });
});

test("a new file has the shape that an older one comes to", () => {
  const shapeAfter = (steps: readonly string[]) => {
    using database = new DisposableDatabase();
    for (const step of steps) database.connection.exec(step);
    for (const name of ["type", "cardholder", "wall"]) {
      database.connection.exec(`DROP INDEX IF EXISTS journal_by_${name}`);
    }
    const names: unknown[] = database.connection
      .prepare("SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1")
      .pluck()
      .all();
    const columns = ["journal", "search_kinds", "search_by_kind", "search_by_person", "search_by_card"].map(
      (table) => database.connection.pragma(`table_info(${table})`),
    );
    return { names, columns };
  };
  expect(shapeAfter([journalSchema.whole ?? ""])).toEqual(shapeAfter(journalSchema.migrations));
});

class DisposableDatabase implements Disposable {
  readonly connection = new BetterSqlite(":memory:");
  [Symbol.dispose](): void {
    this.connection.close();
  }
}

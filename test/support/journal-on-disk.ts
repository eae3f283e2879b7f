import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach } from "vitest";
import { instant, wallTime } from "../../src/domain/time.ts";
import {
  journalFile,
  openSqliteJournal,
  type SearchedJournal,
} from "../../src/drivers/sqlite/sqlite-journal.ts";
import type { JournalEntry } from "../../src/ports/journal.ts";

const clock = { now: () => instant(0), wall: () => wallTime(1_700_000_000_000) };
/** The signature itself is the key's business, and tested with it. */
const signer = { origin: "site.example/box", verifierKey: "", sign: () => "— site.example/box AAAAAAA=\n" };

export interface JournalOnDisk {
  readonly open: () => SearchedJournal;
  /** Beside the driver, as somebody with the disk in their hands. */
  readonly raw: <Result>(work: (database: BetterSqlite.Database) => Result) => Result;
}

/** A journal in a directory of its own for each test of the file. */
export function journalOnDisk(): JournalOnDisk {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "vestibule-tree-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  return {
    open: () => openSqliteJournal({ directory, clock, boot: "b", signer }),
    raw(work) {
      const database = new BetterSqlite(journalFile(directory));
      try {
        return work(database);
      } finally {
        database.close();
      }
    },
  };
}

export const treeEntry = (n: number, type = "DoorOpened"): JournalEntry => ({
  type,
  at: instant(n),
  payload: { n, door: "outer" },
  ...(n % 7 === 0 ? { input: { card: `${n}` } } : {}),
});

export const treeEntries = (count: number): JournalEntry[] =>
  Array.from({ length: count }, (_, n) => treeEntry(n + 1));

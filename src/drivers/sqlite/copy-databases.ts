import { closeSync, fdatasyncSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { StorageFault } from "../../ports/journal.ts";
import { type Connection, openConnection, storageFault } from "./connection.ts";
import { type Head, headLine } from "./journal-head.ts";
import { readTail } from "./journal-rows.ts";
import { directoryFile } from "./open-database.ts";
import { directorySchema, journalSchema } from "./schema.ts";
import { journalFile, journalHeadFile } from "./sqlite-journal.ts";

export interface CopiedDatabases {
  /** What a `journal.head` of the copy says. */
  readonly head: string;
  readonly position: Head & { readonly first: number };
  /** The newest signed checkpoint in the copy. */
  readonly checkpoint: string | null;
}

/** Milliseconds to sit out after so many bytes; called between pieces of a megabyte. */
export type Pauses = (bytes: number) => number;

const pagesAtOnce = 256;
const syncEvery = 4 * 1024 * 1024;

/**
 * Copies the databases of a data directory as they are at one instant, beside the controller that writes them; `begun` is
 * called once that instant has passed. After it nobody waits for a lock of ours; until the journal is copied its log cannot
 * be folded in completely, and grows.
 */
export async function copyDatabases(
  path: string,
  into: string,
  pauses: Pauses,
  begun: () => void = () => undefined,
): Promise<CopiedDatabases> {
  requireOnlyKnown(path);
  const directory = openConnection(directoryFile(path), directorySchema, { readonly: true });
  try {
    const journal = openConnection(journalFile(path), journalSchema, { readonly: true });
    try {
      beginTogether(path, directory, journal);
      begun();
      await copy(directory, directoryFile(into), pauses);
      directory.exec("COMMIT");
      const tail = readTail(journal);
      await copy(journal, journalFile(into), pauses);
      const first = journal.prepare<[], number | null>("SELECT min(seq) FROM journal").pluck().get() ?? 0;
      const checkpoint = journal
        .prepare<[], string>("SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1")
        .pluck()
        .get();
      journal.exec("COMMIT");
      return { head: headLine(tail), position: { ...tail, first }, checkpoint: checkpoint ?? null };
    } finally {
      journal.close();
    }
  } catch (error) {
    throw storageFault(error, `the databases in ${path} could not be copied`, journalSchema.remedy);
  } finally {
    directory.close();
  }
}

/** Files that this program's databases consist of, which are not to be copied as they lie there. */
export function isDatabaseFile(path: string, file: string): boolean {
  const own = [directoryFile(path), journalFile(path)];
  return (
    own.some((one) => [one, `${one}-wal`, `${one}-shm`, `${one}-journal`].includes(file)) ||
    file === journalHeadFile(path)
  );
}

/** A database that somebody added and nobody copies would be missing on the day of the restore. */
function requireOnlyKnown(path: string): void {
  const unknown = readdirSync(path)
    .filter((name) => name.endsWith(".db"))
    .find((name) => !isDatabaseFile(path, join(path, name)));
  if (unknown !== undefined)
    throw new StorageFault(`${join(path, unknown)} is no database of this program: move it elsewhere`);
}

/**
 * Both at the same instant, between two changes: what is written to one file for what is recorded in the other is in both
 * copies or in none. Whoever changes both holds the directory's lock until both are written, so whoever has that lock for
 * a moment is between them; a writer waits the millisecond it takes.
 */
function beginTogether(path: string, directory: Connection, journal: Connection): void {
  const lock = openConnection(directoryFile(path), directorySchema, { isSecond: true });
  try {
    lock.exec("BEGIN IMMEDIATE");
    begin(directory);
    begin(journal);
    lock.exec("ROLLBACK");
  } finally {
    lock.close();
  }
}

/** A snapshot: the first read is what fixes it. */
function begin(connection: Connection): void {
  connection.exec("BEGIN");
  connection.prepare("SELECT count(*) FROM sqlite_schema").get();
}

async function copy(connection: Connection, file: string, pauses: Pauses): Promise<void> {
  const pageSize = Number(connection.pragma("page_size", { simple: true }));
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  let descriptor: number | undefined;
  let unsynced = 0;
  let copied = 0;
  try {
    await connection.backup(file, {
      progress({ totalPages, remainingPages }) {
        descriptor ??= openSync(file, "r");
        const now = (totalPages - remainingPages) * pageSize;
        unsynced += now - copied;
        copied = now;
        if (unsynced >= syncEvery) {
          fdatasyncSync(descriptor);
          unsynced = 0;
        }
        // SQLite's own callback cannot wait any other way; nothing else is done by this process.
        Atomics.wait(waiting, 0, 0, pauses(copied));
        return pagesAtOnce;
      },
    });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  // The copy is one file: nothing of it in a log beside it.
  const plain = new BetterSqlite(file);
  plain.pragma("journal_mode = DELETE");
  plain.close();
}

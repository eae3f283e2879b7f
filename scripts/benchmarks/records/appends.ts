import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { instant, wallTime } from "../../../src/domain/time.ts";
import { openConnection } from "../../../src/drivers/sqlite/connection.ts";
import { JournalHead } from "../../../src/drivers/sqlite/journal-head.ts";
import { readTail, recordOf, rowsAfter } from "../../../src/drivers/sqlite/journal-rows.ts";
import { journalSchema } from "../../../src/drivers/sqlite/schema.ts";
import { openSqliteJournal } from "../../../src/drivers/sqlite/sqlite-journal.ts";
import type { JournalEntry } from "../../../src/ports/journal.ts";
import { type Figure, figure } from "../figures.ts";
import { aYear, ended } from "./large-site.ts";

const clock = { now: () => instant(performance.now()), wall: () => wallTime(Math.max(ended, Date.now())) };

/**
 * What a record costs: in turns, to the year's journal as it is, and to a copy of it that has the indexes which there
 * were before it could be searched.
 */
export function appends(site: string, times: number): readonly Figure[] {
  const beside = join(site, "before");
  const former = asItWas(site, `${beside}.db`);
  using head = new JournalHead(`${beside}.head`);
  let tail = readTail(former);
  const insertRow = `INSERT INTO journal (seq, wall, at, boot, type, version, payload, cardholder, hash)
       VALUES (@seq, @wall, @at, @boot, @type, @version, @payload, @cardholder, @hash)`;
  const appendBefore = (entries: readonly JournalEntry[]): void => {
    const rows = rowsAfter(tail, entries, clock.wall(), "bench");
    const insert = former.prepare(insertRow);
    former.transaction(() => {
      for (const row of rows) insert.run(row);
    })();
    const last = rows.at(-1);
    if (last !== undefined) tail = { seq: last.seq, hash: last.hash.toString("hex") };
    head.write(tail);
    rows.map(recordOf);
  };
  const spent = { before: [] as number[], after: [] as number[] };
  {
    using journal = openSqliteJournal({ directory: site, clock, boot: "bench" });
    const year = aYear(["person-a", "person-b", "person-c"], 2);
    for (let run = 0; run < times; run++) {
      const { value } = year.next();
      const entries = (value?.entries ?? []).slice(0, 3);
      const measured = [
        ["before", () => appendBefore(entries)],
        ["after", () => void journal.append(entries)],
      ] as const;
      // Whoever goes first waits for what the other has left the disk to do.
      for (const [which, append] of run % 2 === 0 ? measured : measured.toReversed()) {
        const started = performance.now();
        append();
        spent[which].push(performance.now() - started);
      }
    }
  }
  former.close();
  for (const end of [".db", ".db-wal", ".db-shm", ".head"]) rmSync(`${beside}${end}`, { force: true });
  return [
    figure("append of 3 records, indexes as they were", spent.before, "ms"),
    figure("append of 3 records, with what searches look up", spent.after, "ms"),
  ];
}

function asItWas(site: string, file: string): BetterSqlite.Database {
  copyFileSync(join(site, "journal.db"), file);
  const database = new BetterSqlite(file);
  for (const table of ["kinds", "by_kind", "by_person", "by_card"]) {
    database.exec(`DROP TABLE search_${table}`);
  }
  database.exec("DROP TRIGGER journal_never_shrinks");
  for (const name of ["journal_chunks", "checkpoints"]) database.exec(`DROP TABLE ${name}`);
  const indexes = /CREATE INDEX journal_by_[^;]*;/g;
  for (const [statement] of (journalSchema.migrations[0] ?? "").matchAll(indexes)) database.exec(statement);
  database.pragma("user_version = 1");
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  return openConnection(file, { ...journalSchema, migrations: journalSchema.migrations.slice(0, 1) });
}

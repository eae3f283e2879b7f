import type { Connection } from "./connection.ts";

const former = ["journal_by_type", "journal_by_cardholder", "journal_by_wall"] as const;

/**
 * Drops what the search index does better, once it covers the whole file: an append then writes no more pages than
 * before. Only when the file is opened: with a million records it takes a part of a second.
 */
export function replaceFormerIndexes(connection: Connection): void {
  const exists = connection
    .prepare<[string], 1>("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?")
    .pluck();
  const left = former.filter((name) => exists.get(name) !== undefined);
  if (left.length === 0) return;
  // Nothing that a journal has written is to be forgotten: their pages need not be overwritten.
  connection.pragma("secure_delete = OFF");
  connection.transaction(() => {
    for (const name of left) connection.exec(`DROP INDEX ${name}`);
  })();
  connection.pragma("secure_delete = ON");
}

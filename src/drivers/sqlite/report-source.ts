import { genesisHash } from "../../domain/journal/chain.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { ReportSource, StoredRecord } from "../../ports/report-source.ts";
import { openConnection } from "./connection.ts";
import { isThere } from "./directory-search.ts";
import { hashAt, readTail } from "./journal-rows.ts";
import { searchRows, stretchesOf } from "./journal-search.ts";
import { directoryFile } from "./open-database.ts";
import { openDirectoryForReading } from "./open-for-reading.ts";
import { prunedPart } from "./prune-journal.ts";
import { directorySchema, journalSchema } from "./schema.ts";
import { SearchIndex } from "./search-index.ts";
import { journalFile } from "./sqlite-journal.ts";

/**
 * Reads a data directory beside its owner, up to the record that is the newest now. Each reading is short: none keeps
 * the owner's log from being folded in. Throws StorageFault.
 */
export function openReportSource(path: string): ReportSource & Disposable {
  using opened = new DisposableStack();
  const journal = openConnection(journalFile(path), journalSchema, { readonly: true });
  opened.defer(() => journal.close());
  const names = openConnection(directoryFile(path), directorySchema, { readonly: true });
  opened.defer(() => names.close());
  const directory = opened.use(openDirectoryForReading(path));
  const position = readTail(journal);
  const pruned = prunedPart(journal);
  const index = new SearchIndex(journal);
  if (index.covered() < position.seq) {
    throw new StorageFault(
      `the journal is still being indexed (${index.covered()} of ${position.seq} records); ask again in a minute`,
    );
  }
  const select = journal.prepare<[number, number, number], StoredRecord>(
    "SELECT seq, wall, at, boot, type, version, payload, input, hash FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?",
  );
  const nameOf = names
    .prepare<[string], string>(`SELECT name FROM cardholders AS person WHERE id = ? AND ${isThere}`)
    .pluck();
  const owned = opened.move();
  return {
    position,
    first: pruned.last + 1,
    stretches: (from, to) =>
      stretchesOf(
        journal,
        index,
        { limit: 1, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
        position.seq,
      ),
    hashBefore: (first) =>
      first === pruned.last + 1 ? (pruned.hash ?? genesisHash) : hashAt(journal, first - 1),
    records: ({ first, last }, most) => select.all(first, last, most),
    search: (query) =>
      searchRows(journal, index, {
        ...query,
        // What is written since is newer than what the report is made from.
        ...(query.newestFirst === true && { after: Math.min(query.after ?? Infinity, position.seq + 1) }),
      }).filter(({ seq }) => seq <= position.seq),
    newestOf: (type, before, most) =>
      searchRows(journal, index, { type, after: before, limit: most, newestFirst: true }),
    nameOf: (cardholder) => nameOf.get(cardholder),
    people: (after, most) => directory.list({ after, limit: most }),
    person: (id) => directory.get(id),
    [Symbol.dispose]: () => owned.dispose(),
  };
}

import type { Journal, JournalQuery, JournalRecord } from "../ports/journal.ts";

const page = 1000;

/** Every record of these types, in the order in which they were written. */
export function journalRecords(
  journal: Pick<Journal, "query">,
  types: readonly string[],
): readonly JournalRecord[] {
  return types.flatMap((type) => [...records(journal, { type })]).toSorted((a, b) => a.seq - b.seq);
}

/** Those with a sequence number greater than `after` and less than `before`. */
export function recordsBetween(
  journal: Pick<Journal, "query">,
  after: number,
  before: number,
): readonly JournalRecord[] {
  return [...records(journal, { after })].filter(({ seq }) => seq < before);
}

function* records(
  journal: Pick<Journal, "query">,
  wanted: Pick<JournalQuery, "after" | "type">,
): Generator<JournalRecord> {
  for (let after = wanted.after ?? 0; ; ) {
    const found = journal.query({ ...wanted, after, limit: page });
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < page) return;
    after = last.seq;
  }
}

import type { Journal, JournalRecord } from "../ports/journal.ts";

const page = 1000;

/** Every record of these types, in the order in which they were written. */
export function journalRecords(
  journal: Pick<Journal, "query">,
  types: readonly string[],
): readonly JournalRecord[] {
  return types.flatMap((type) => [...recordsOfType(journal, type)]).toSorted((a, b) => a.seq - b.seq);
}

function* recordsOfType(journal: Pick<Journal, "query">, type: string): Generator<JournalRecord> {
  for (let after = 0; ; ) {
    const records = journal.query({ type, after, limit: page });
    yield* records;
    const last = records.at(-1);
    if (last === undefined || records.length < page) return;
    after = last.seq;
  }
}

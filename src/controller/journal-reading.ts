import type { Journal, JournalQuery, JournalRecord } from "../ports/journal.ts";

/** The most that a journal gives at once. */
const largestPage = 1000;

/** Every record of these types, in the order in which they were written. */
export function journalRecords(
  journal: Pick<Journal, "query">,
  types: readonly string[],
): readonly JournalRecord[] {
  return types.flatMap((type) => [...records(journal, { type })]).toSorted((a, b) => a.seq - b.seq);
}

/** The same, from a place on and a page at a time, however many there are. */
export function* recordsInOrder(
  journal: Pick<Journal, "query">,
  types: readonly string[],
  after: number,
  /** Small where decisions are made between one page and the next. */
  page: number = largestPage,
): Generator<JournalRecord> {
  const sources = types.map((type) => records(journal, { type, after }, page));
  const heads = sources.map((source) => source.next().value);
  for (;;) {
    const first = heads.reduce(
      (best: JournalRecord | undefined, head) => earlier(best, head || undefined),
      undefined,
    );
    if (first === undefined) return;
    yield first;
    const from = heads.indexOf(first);
    heads[from] = sources[from]?.next().value;
  }
}

const earlier = (a: JournalRecord | undefined, b: JournalRecord | undefined): JournalRecord | undefined =>
  a === undefined || (b !== undefined && b.seq < a.seq) ? b : a;

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
  page: number = largestPage,
): Generator<JournalRecord> {
  for (let after = wanted.after ?? 0; ; ) {
    const found = journal.query({ ...wanted, after, limit: page });
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < page) return;
    after = last.seq;
  }
}

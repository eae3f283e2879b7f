import { type JournalQuery, StillIndexing } from "../../ports/journal.ts";
import { areFactsAskedFor, factsOf } from "../../ports/journal-facts.ts";
import type { Connection } from "./connection.ts";
import { type JournalRow, parsePayload, selectRows } from "./journal-rows.ts";
import { inOrder, listByName, listsByKind, type Stretch } from "./posting-lists.ts";
import { type SearchIndex, wallOf } from "./search-index.ts";

/** What no index of the table itself can find. */
const indexedOnly = ["card", "vestibule", "door", "accessPoint", "reason", "operator"] as const;

/** The rows asked for, whatever combination it is. Throws StillIndexing while what is asked is not covered. */
export function searchRows(connection: Connection, index: SearchIndex, query: JournalQuery): JournalRow[] {
  requireLimit(query);
  const last = lastSeq(connection);
  if (index.covered() < last) {
    if (indexedOnly.some((field) => query[field] !== undefined))
      throw new StillIndexing(index.covered(), last);
    return selectRows(connection, query);
  }
  const stretches = stretchesOf(connection, index, query, last);
  const inTurn = query.newestFirst ? stretches.toReversed() : stretches;
  const rows: JournalRow[] = [];
  for (const stretch of inTurn) {
    rows.push(...rowsWithin(connection, index, query, stretch, query.limit - rows.length));
    if (rows.length === query.limit) break;
  }
  return rows;
}

function requireLimit({ limit }: JournalQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    throw new RangeError(`limit ${limit} is not within 1 to 1000`);
  }
}

const lastSeq = (connection: Connection): number =>
  connection.prepare<[], number | null>("SELECT max(seq) FROM journal").pluck().get() ?? 0;

/** Where in the journal the time asked for is: in each run of the wall clock one stretch at most. */
export function stretchesOf(
  connection: Connection,
  index: Pick<SearchIndex, "runs">,
  query: JournalQuery,
  last: number,
): readonly Stretch[] {
  const whole = { first: index.runs()[0] ?? 1, last };
  const { after, newestFirst, from, to } = query;
  if (after !== undefined && newestFirst) whole.last = Math.min(last, Math.ceil(after) - 1);
  else if (after !== undefined) whole.first = Math.max(whole.first, Math.floor(after) + 1);
  if (from === undefined && to === undefined) return nonEmpty([whole]);
  const runs = index.runs();
  return nonEmpty(
    runs.map((seq, at) => {
      const first = Math.max(seq, whole.first);
      const end = Math.min((runs[at + 1] ?? last + 1) - 1, whole.last);
      return {
        first: from === undefined ? first : firstWhere(first, end, (one) => wallAt(connection, one) >= from),
        last: to === undefined ? end : firstWhere(first, end, (one) => wallAt(connection, one) > to) - 1,
      };
    }),
  );
}

const nonEmpty = (stretches: readonly Stretch[]): readonly Stretch[] =>
  stretches.filter(({ first, last }) => first <= last);

const wallAt = (connection: Connection, seq: number): number => wallOf(connection, seq) ?? Number.NaN;

/** The first number from `first` to `last` for which `holds`, which then holds for all that follow; `last` + 1 if none. */
function firstWhere(first: number, last: number, holds: (seq: number) => boolean): number {
  let [low, high] = [first, last + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function rowsWithin(
  connection: Connection,
  index: SearchIndex,
  query: JournalQuery,
  stretch: Stretch,
  most: number,
): readonly JournalRow[] {
  const { cardholder, card, newestFirst = false } = query;
  const kinds = index.kinds(query);
  const isNamed = cardholder !== undefined || card !== undefined;
  if (kinds === undefined && !isNamed) return wholeRows(connection, stretch, newestFirst, most);
  const lists = isNamed
    ? [listByName(connection, query, kinds, stretch, newestFirst)]
    : listsByKind(connection, kinds ?? [], stretch, newestFirst);
  const rowAt = connection.prepare<[number], JournalRow>("SELECT * FROM journal WHERE seq = ?");
  const rows: JournalRow[] = [];
  for (const { seq, kind } of inOrder(lists, newestFirst)) {
    const row = rowAt.get(seq);
    if (row === undefined) continue; // only where the file is damaged, which verify says
    if (index.isVague(kind) && !isAskedFor(row, query)) continue;
    rows.push(row);
    if (rows.length === most) break;
  }
  return rows;
}

const isAskedFor = ({ type, payload }: JournalRow, query: JournalQuery): boolean =>
  areFactsAskedFor(factsOf(type, parsePayload(payload)), query);

function wholeRows(
  connection: Connection,
  { first, last }: Stretch,
  newestFirst: boolean,
  most: number,
): readonly JournalRow[] {
  return connection
    .prepare<[number, number, number], JournalRow>(
      `SELECT * FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq ${newestFirst ? "DESC" : "ASC"} LIMIT ?`,
    )
    .all(first, last, most);
}

import type { JournalQuery } from "../../ports/journal.ts";
import type { Connection } from "./connection.ts";

/** Where a record is, and of which kind. */
export interface Posting {
  readonly seq: number;
  readonly kind: number;
}

/** Sequence numbers from `first` to `last`, both included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

type Read = (remaining: Stretch) => readonly Posting[];

/** What a list reads at once: most searches want few records, and of each kind fewer. */
const atOnce = 32;

/** Records in order, read as they are asked for. */
class PostingList {
  readonly #newestFirst: boolean;
  readonly #read: Read;
  #remaining: Stretch;
  #page: readonly Posting[];
  #at = 0;

  constructor(read: Read, stretch: Stretch, newestFirst: boolean) {
    this.#read = read;
    this.#remaining = stretch;
    this.#newestFirst = newestFirst;
    this.#page = read(stretch);
  }

  head(): Posting | undefined {
    return this.#page[this.#at];
  }

  advance(): void {
    const last = this.#page.at(-1);
    this.#at++;
    if (this.#at < this.#page.length || this.#page.length < atOnce || last === undefined) return;
    this.#remaining = this.#newestFirst
      ? { ...this.#remaining, last: last.seq - 1 }
      : { ...this.#remaining, first: last.seq + 1 };
    this.#page = this.#read(this.#remaining);
    this.#at = 0;
  }
}

/** One list for each kind. */
export function listsByKind(
  connection: Connection,
  kinds: readonly number[],
  stretch: Stretch,
  newestFirst: boolean,
): readonly PostingList[] {
  const select = connection.prepare<[number, number, number], Posting>(
    `SELECT seq, kind FROM search_by_kind WHERE kind = ? AND seq BETWEEN ? AND ?
       ORDER BY seq ${newestFirst ? "DESC" : "ASC"} LIMIT ${atOnce}`,
  );
  return kinds.map(
    (kind) => new PostingList(({ first, last }) => select.all(kind, first, last), stretch, newestFirst),
  );
}

/** One list: of the card or the person asked for, of some kinds or of all. */
export function listByName(
  connection: Connection,
  { cardholder, card }: JournalQuery,
  kinds: readonly number[] | undefined,
  stretch: Stretch,
  newestFirst: boolean,
): PostingList {
  const column = card === undefined ? "person" : "card";
  const ofKinds = kinds === undefined ? "" : "AND kind IN (SELECT value FROM json_each(@kinds))";
  const ofBoth =
    card === undefined || cardholder === undefined
      ? ""
      : "AND EXISTS (SELECT 1 FROM search_by_person AS other WHERE other.person = @cardholder AND other.seq = one.seq)";
  // Only conditions of our own making are put together here; every value is bound.
  const select = connection.prepare<[Readonly<Record<string, string | number>>], Posting>(
    `SELECT seq, kind FROM search_by_${column} AS one
       WHERE ${column} = @name AND seq BETWEEN @first AND @last ${ofKinds} ${ofBoth}
       ORDER BY seq ${newestFirst ? "DESC" : "ASC"} LIMIT ${atOnce}`,
  );
  const bound = {
    name: card ?? cardholder ?? "",
    ...(kinds === undefined ? {} : { kinds: JSON.stringify(kinds) }),
    ...(ofBoth === "" ? {} : { cardholder: cardholder ?? "" }),
  };
  return new PostingList((remaining) => select.all({ ...bound, ...remaining }), stretch, newestFirst);
}

/** What all these lists have, in one order; no record is in two of them. */
export function* inOrder(lists: readonly PostingList[], newestFirst: boolean): Generator<Posting> {
  for (;;) {
    let next: PostingList | undefined;
    let best: Posting | undefined;
    for (const list of lists) {
      const head = list.head();
      if (head === undefined) continue;
      if (best !== undefined && (newestFirst ? head.seq < best.seq : head.seq > best.seq)) continue;
      next = list;
      best = head;
    }
    if (next === undefined || best === undefined) return;
    yield best;
    next.advance();
  }
}

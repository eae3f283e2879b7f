import { factsOf } from "../../ports/journal-facts.ts";
import type { Connection } from "./connection.ts";
import { type JournalRow, parsePayload } from "./journal-rows.ts";
import { runBegins, SearchIndex } from "./search-index.ts";

/**
 * Compares what a search looks up with what the records say: whoever cannot change a record must not be able to hide
 * it from a search either. Throws where the index is no index.
 */
export class SearchIndexCheck {
  readonly #connection: Connection;
  readonly #index: SearchIndex;
  readonly #has: ReturnType<typeof prepareLookups>;
  readonly #expected = { search_by_kind: 0, search_by_person: 0, search_by_card: 0 };
  #looked = 0;
  #wall = Number.POSITIVE_INFINITY;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#index = new SearchIndex(connection);
    this.#has = prepareLookups(connection);
  }

  /** Rows in order from the first; what is wrong about this one, if anything. */
  faultOf(row: Pick<JournalRow, "seq" | "wall" | "type" | "payload">): string | undefined {
    if (row.seq > this.#index.covered()) return undefined; // an older release's, still to be indexed
    const facts = factsOf(row.type, parsePayload(row.payload));
    const kind = this.#index.kindOf(facts);
    const begins = row.wall < this.#wall;
    this.#wall = row.wall;
    this.#expected.search_by_kind++;
    this.#expected.search_by_person += facts.people.length;
    this.#expected.search_by_card += facts.cards.length;
    if (begins) this.#expected.search_by_kind++;
    this.#looked = row.seq;
    const isThere =
      this.#has.kind.get(kind, row.seq) !== undefined &&
      facts.people.every((person) => this.#has.person.get(person, row.seq, kind) !== undefined) &&
      facts.cards.every((card) => this.#has.card.get(card, row.seq, kind) !== undefined) &&
      (!begins || this.#has.kind.get(runBegins, row.seq) !== undefined);
    return isThere ? undefined : `a search would not find record ${row.seq}`;
  }

  /** What the index has of the records looked at, beyond what they say. */
  surplus(): string | undefined {
    const last = Math.min(this.#looked, this.#index.covered());
    for (const [table, expected] of Object.entries(this.#expected)) {
      // The tables' names are our own.
      const count = this.#connection.prepare<[number], number>(
        `SELECT count(*) FROM ${table} WHERE seq <= ?`,
      );
      const found = count.pluck().get(last) ?? 0;
      if (found !== expected) return `${table} has ${found} entries where the records make ${expected}`;
    }
    return undefined;
  }
}

function prepareLookups(connection: Connection) {
  return {
    kind: connection.prepare("SELECT 1 FROM search_by_kind WHERE kind = ? AND seq = ?"),
    person: connection.prepare("SELECT 1 FROM search_by_person WHERE person = ? AND seq = ? AND kind = ?"),
    card: connection.prepare("SELECT 1 FROM search_by_card WHERE card = ? AND seq = ? AND kind = ?"),
  };
}

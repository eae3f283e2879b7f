import type { JournalQuery, JournalRecord } from "../../ports/journal.ts";
import { factsOf, isKindAskedFor, type JournalFacts, kindFields } from "../../ports/journal-facts.ts";
import type { Connection } from "./connection.ts";
import { recordOf, rowsBehind } from "./journal-rows.ts";

type KindFacts = Omit<JournalFacts, "people" | "cards">;

export type IndexedRecord = Pick<JournalRecord, "seq" | "wall" | "type" | "payload">;

/** Records beyond so many different kinds share one, and are looked at themselves. */
const mostKinds = 4_000;
const anyOther = 0;
/** What marks a record at which the wall clock was behind the one before. */
export const runBegins = -1;

/**
 * What the journal is searched by, in tables of its own beside it and written in the same transaction. It covers the
 * records from the oldest to `covered` without a gap, so that it is clear what it does not know.
 */
export class SearchIndex {
  readonly #connection: Connection;
  readonly #insert: ReturnType<typeof prepareInserts>;
  readonly #remove: ReturnType<typeof prepareRemovals>;
  readonly #kinds = new Map<string, number>();
  readonly #facts = new Map<number, KindFacts>();
  readonly #runs: number[] = [];
  #newestWall = Number.POSITIVE_INFINITY;
  #covered = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#insert = prepareInserts(connection);
    this.#remove = prepareRemovals(connection);
    this.refresh();
  }

  covered(): number {
    return this.#covered;
  }

  /** Where the wall clock was behind the record before, the first record included: between two of these it never goes back. */
  runs(): readonly number[] {
    return this.#runs;
  }

  /** The kinds of records that `query` may be about; undefined: all. */
  kinds(query: JournalQuery): readonly number[] | undefined {
    if (query.types === undefined && kindFields.every((field) => query[field] === undefined))
      return undefined;
    const wanted = [...this.#facts].filter(([, facts]) => isKindAskedFor(facts, query)).map(([kind]) => kind);
    return this.#kinds.size >= mostKinds ? [...wanted, anyOther] : wanted;
  }

  /** Whether records of this kind have to be looked at themselves. */
  isVague(kind: number): boolean {
    return kind === anyOther;
  }

  /** Reads anew what is in the file, after somebody else wrote to it or a transaction was undone. */
  refresh(): void {
    this.#kinds.clear();
    this.#facts.clear();
    const rows = this.#connection
      .prepare<[], { kind: number; key: string }>("SELECT kind, key FROM search_kinds")
      .all();
    for (const { kind, key } of rows) this.#learn(kind, key);
    this.#covered =
      this.#connection
        .prepare<[], number | null>(
          `SELECT max(last) FROM (SELECT (SELECT max(seq) FROM search_by_kind WHERE kind = known.kind) AS last
           FROM (SELECT kind FROM search_kinds UNION ALL SELECT ${anyOther}) AS known)`,
        )
        .pluck()
        .get() ?? 0;
    this.#runs.splice(0, this.#runs.length, ...this.#readRuns());
    this.#newestWall = wallOf(this.#connection, this.#covered) ?? Number.POSITIVE_INFINITY;
  }

  /** Within the caller's transaction; on its failure `refresh`. The rows follow what is covered. */
  add(records: readonly IndexedRecord[]): void {
    const byKind: (string | number)[] = [];
    const byPerson: (string | number)[] = [];
    const byCard: (string | number)[] = [];
    for (const record of records) {
      const facts = factsOf(record.type, record.payload);
      const kind = this.#kindFor(facts);
      byKind.push(kind, record.seq);
      for (const person of facts.people) byPerson.push(person, record.seq, kind);
      for (const card of facts.cards) byCard.push(card, record.seq, kind);
      if (record.wall < this.#newestWall) {
        byKind.push(runBegins, record.seq);
        this.#runs.push(record.seq);
      }
      this.#newestWall = record.wall;
      this.#covered = record.seq;
    }
    this.#insert.byKind(byKind);
    this.#insert.byPerson(byPerson);
    this.#insert.byCard(byCard);
  }

  /** Within the caller's transaction; on its failure `refresh`. The oldest records there are; `first` is the oldest left. */
  forget(records: readonly IndexedRecord[], first: number): void {
    for (const { seq, type, payload } of records) {
      const facts = factsOf(type, payload);
      const kind = this.kindOf(facts);
      this.#remove.byKind.run(kind, seq);
      this.#remove.byKind.run(runBegins, seq);
      for (const person of facts.people) this.#remove.byPerson.run(person, seq);
      for (const card of facts.cards) this.#remove.byCard.run(card, seq);
    }
    const kept = this.#runs.filter((seq) => seq > first);
    // The first of all begins a run, whatever the clock was before it.
    if (!this.#runs.includes(first)) this.#insert.byKind([runBegins, first]);
    this.#runs.splice(0, this.#runs.length, first, ...kept);
  }

  /** Adds up to `most` records that are not covered yet; whether all are now. */
  catchUp(most: number): boolean {
    const rows = rowsBehind(this.#connection, this.#covered, most);
    try {
      this.#connection.transaction(() => this.add(rows.map(recordOf))).immediate();
    } catch (error) {
      this.refresh();
      throw error;
    }
    return rows.length < most;
  }

  /** Of a record that is covered. */
  kindOf(facts: JournalFacts): number {
    return this.#kinds.get(keyOf(facts)) ?? anyOther;
  }

  #kindFor(facts: JournalFacts): number {
    const key = keyOf(facts);
    const known = this.#kinds.get(key);
    if (known !== undefined) return known;
    if (this.#kinds.size >= mostKinds) return anyOther;
    const kind = this.#kinds.size + 1;
    this.#connection.prepare("INSERT INTO search_kinds (kind, key) VALUES (?, ?)").run(kind, key);
    this.#learn(kind, key);
    return kind;
  }

  #learn(kind: number, key: string): void {
    this.#kinds.set(key, kind);
    this.#facts.set(kind, factsOfKey(key));
  }

  #readRuns(): readonly number[] {
    return this.#connection
      .prepare<[number], number>("SELECT seq FROM search_by_kind WHERE kind = ? ORDER BY seq")
      .pluck()
      .all(runBegins);
  }
}

function prepareInserts(connection: Connection) {
  return {
    byKind: insertMany(connection, "search_by_kind (kind, seq)", 2),
    byPerson: insertMany(connection, "search_by_person (person, seq, kind)", 3),
    byCard: insertMany(connection, "search_by_card (card, seq, kind)", 3),
  };
}

const prepareRemovals = (connection: Connection) => ({
  byKind: connection.prepare<[number, number]>("DELETE FROM search_by_kind WHERE kind = ? AND seq = ?"),
  byPerson: connection.prepare<[string, number]>("DELETE FROM search_by_person WHERE person = ? AND seq = ?"),
  byCard: connection.prepare<[string, number]>("DELETE FROM search_by_card WHERE card = ? AND seq = ?"),
});

/** Rows that one statement takes: a decision and what goes with it is one for each table, and not one for each record. */
const mostInOne = 16;

/** Inserts rows given as one list of values, `width` for each. */
function insertMany(connection: Connection, into: string, width: number) {
  const row = `(${Array<string>(width).fill("?").join(", ")})`;
  const statements = new Map<number, ReturnType<Connection["prepare"]>>();
  return (values: readonly (string | number)[]): void => {
    for (let first = 0; first < values.length; first += mostInOne * width) {
      const some = values.slice(first, first + mostInOne * width);
      const rows = some.length / width;
      const statement =
        statements.get(rows) ??
        connection.prepare(`INSERT INTO ${into} VALUES ${Array<string>(rows).fill(row).join(", ")}`);
      statements.set(rows, statement);
      statement.run(some);
    }
  };
}

export const wallOf = (connection: Connection, seq: number): number | undefined =>
  connection.prepare<[number], number>("SELECT wall FROM journal WHERE seq = ?").pluck().get(seq);

const keyOf = (facts: KindFacts): string => JSON.stringify(kindFields.map((field) => facts[field]));

function factsOfKey(key: string): KindFacts {
  const values: unknown = JSON.parse(key);
  if (!(values instanceof Array)) throw new SyntaxError("a kind of record is no list");
  const [type, ...others] = values.map((value) => (typeof value === "string" ? value : null));
  const [vestibule = null, door = null, accessPoint = null, reason = null, operator = null] = others;
  return { type: type ?? "", vestibule, door, accessPoint, reason, operator };
}

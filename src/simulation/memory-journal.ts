import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/journal/canonical-json.ts";
import { chainedText, genesisHash } from "../domain/journal/chain.ts";
import { instant, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import {
  type Journal,
  type JournalCursor,
  type JournalEntry,
  type JournalQuery,
  type JournalRecord,
  type JournalVerdict,
  type JsonObject,
  StorageFault,
} from "../ports/journal.ts";
import { areFactsAskedFor, factsOf } from "../ports/journal-facts.ts";

const largestBatch = 1_000;
const typeForm = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** A journal that forgets everything at its end; its disk fails when a test says so. */
export class MemoryJournal implements Journal {
  readonly #clock: Pick<Clock, "wall">;
  readonly #boot: string;
  readonly #records: JournalRecord[] = [];
  readonly #failures: ("lost" | "kept")[] = [];
  #diskFull = false;

  constructor(clock: Pick<Clock, "wall">, boot = "simulated") {
    this.#clock = clock;
    this.#boot = boot;
  }

  /** The next append throws StorageFault. `kept`: its records turn up all the same, as on a real disk. */
  failNextAppend(records: "lost" | "kept" = "lost"): void {
    this.#failures.push(records);
  }

  /** Until told otherwise, every append throws StorageFault. */
  setDiskFull(full: boolean): void {
    this.#diskFull = full;
  }

  append(entries: readonly JournalEntry[]): readonly JournalRecord[] {
    if (entries.length > largestBatch) throw new RangeError(`more than ${largestBatch} entries at once`);
    const records = this.#chained(entries);
    if (records.length === 0) return [];
    if (this.#diskFull) throw new StorageFault("simulated: the disk is full");
    const failure = this.#failures.shift();
    if (failure !== "lost") this.#records.push(...records);
    if (failure !== undefined) throw new StorageFault("simulated: the disk failed");
    return records;
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > 1_000) {
      throw new RangeError(`limit ${query.limit} is not within 1 to 1000`);
    }
    const found: JournalRecord[] = [];
    for (const record of this.#inOrder(query)) {
      if (matches(record, query)) found.push(record);
      if (found.length === query.limit) break;
    }
    return found;
  }

  last(): number {
    return this.#records.length;
  }

  verify(): JournalVerdict {
    const head = this.#records.at(-1)?.hash ?? genesisHash;
    const records = this.#records.length;
    return { intact: true, records, first: Math.min(1, records), last: records, head };
  }

  [Symbol.dispose](): void {}

  /** Those a query may be about: records are numbered from 1 without a gap. */
  *#inOrder({ after, newestFirst }: JournalQuery): Generator<JournalRecord> {
    const records = this.#records;
    if (newestFirst) {
      const newest = Math.min(records.length, Math.ceil((after ?? Number.POSITIVE_INFINITY) - 1)) - 1;
      for (let index = newest; index >= 0; index--) {
        const record = records[index];
        if (record !== undefined) yield record;
      }
      return;
    }
    for (let index = Math.max(0, Math.floor(after ?? 0)); index < records.length; index++) {
      const record = records[index];
      if (record !== undefined) yield record;
    }
  }

  #chained(entries: readonly JournalEntry[]): JournalRecord[] {
    let seq = this.#records.length;
    let hash = this.#records.at(-1)?.hash ?? genesisHash;
    const wall = wallTime(this.#clock.wall());
    return entries.map((entry) => {
      if (!typeForm.test(entry.type))
        throw new TypeError(`${JSON.stringify(entry.type)} is no type of record`);
      const payload = canonicalJson(entry.payload);
      const input = entry.input === undefined ? undefined : canonicalJson(entry.input);
      const { type } = entry;
      const content = { seq: ++seq, wall, at: instant(entry.at), boot: this.#boot, type, version: 1 };
      hash = createHash("sha256")
        .update(chainedText(hash, { ...content, payload, input: input ?? null }))
        .digest("hex");
      // Parsed from the text, as it would be from a disk: what JSON loses, a test shall see lost.
      const stored: JsonObject = JSON.parse(payload);
      const basis: JsonObject | undefined = input === undefined ? undefined : JSON.parse(input);
      return { ...content, payload: stored, ...(basis === undefined ? {} : { input: basis }), hash };
    });
  }
}

function matches(record: JournalRecord, query: JournalQuery): boolean {
  const { after, from, to, newestFirst } = query;
  if (after !== undefined && (newestFirst ? record.seq >= after : record.seq <= after)) return false;
  if (!areFactsAskedFor(factsOf(record.type, record.payload), query)) return false;
  return (from === undefined || record.wall >= from) && (to === undefined || record.wall <= to);
}

export class MemoryCursor implements JournalCursor {
  #position = 0;

  position(): number {
    return this.#position;
  }

  advance(seq: number): void {
    this.#position = Math.max(this.#position, seq);
  }
}

import type { KeptJournal } from "../../src/controller/keeping/journal-pruning.ts";
import type { Journal, JournalQuery, JournalRecord } from "../../src/ports/journal.ts";
import type { PrunedStretch } from "../../src/ports/journal-keeping.ts";

/** A journal in memory of which the oldest are no longer shown, by the same stretches as the one on the disk. */
export class PrunedJournal implements KeptJournal {
  readonly #journal: Journal;
  signed = Number.POSITIVE_INFINITY;
  cosigned: number | undefined;
  pruned = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  append(...entries: Parameters<Journal["append"]>): readonly JournalRecord[] {
    return this.#journal.append(...entries);
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    if (!query.newestFirst)
      return this.#journal.query({ ...query, after: Math.max(query.after ?? 0, this.pruned) });
    return this.#journal.query(query).filter(({ seq }) => seq > this.pruned);
  }

  last(): number {
    return this.#journal.last();
  }

  verify(): ReturnType<Journal["verify"]> {
    return this.#journal.verify();
  }

  first(): number {
    return this.pruned + 1;
  }

  pruneStretch(upTo: number): PrunedStretch | undefined {
    const [from, to] = [this.pruned + 1, this.pruned + 256];
    if (to > Math.min(upTo, this.signed, this.last() - 1)) return undefined;
    this.pruned = to;
    return { from, to, hash: "0".repeat(64) };
  }

  checkpoint() {
    return { size: Math.min(this.signed, this.last()), note: "" };
  }

  witnessed() {
    return this.cosigned === undefined ? undefined : { size: this.cosigned, note: "", cosignatures: "" };
  }

  [Symbol.dispose](): void {}
}

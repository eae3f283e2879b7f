import type { Journal, JournalRecord } from "../../ports/journal.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { PresenceStore } from "../../ports/presence-store.ts";
import { atOnce } from "../in-turns.ts";
import { recordsInOrder } from "../journal-reading.ts";
import { presenceTypes } from "./presence-facts.ts";
import { restored, summaryOf } from "./presence-summary.ts";
import { Whereabouts } from "./whereabouts.ts";

/** The record up to which it is known who is where. */
interface Mark {
  readonly seq: number;
  readonly hash: string;
}

const beginning: Mark = { seq: 0, hash: "" };

/** From the journal's beginning: what the saved one must always be equal to. */
export function rebuiltFrom(journal: Pick<Journal, "query">): Whereabouts {
  const whereabouts = new Whereabouts();
  for (const record of recordsInOrder(journal, presenceTypes, 0)) whereabouts.apply(record);
  return whereabouts;
}

/** Who is where, kept in step with the journal and saved from time to time. */
export class RecordedPresence {
  readonly #store: PresenceStore | undefined;
  readonly whereabouts: Whereabouts;
  #mark: Mark;
  #saved: Mark;

  private constructor(journal: Pick<Journal, "query" | "last">, store: PresenceStore | undefined) {
    this.#store = store;
    const saved = savedIn(store, journal);
    this.whereabouts = saved?.whereabouts ?? new Whereabouts();
    // What was saved of another journal, or in another shape, goes with the next save.
    if (saved === undefined) this.whereabouts.isCleared = true;
    this.#saved = saved?.mark ?? beginning;
    this.#mark = this.#saved;
  }

  /** As the journal has it now. Yields the number of each record it reads. */
  static *reading(
    journal: Pick<Journal, "query" | "last">,
    store?: PresenceStore,
    /** So many records read at the start are not read again by the next one, whatever becomes of this one. */
    savedEvery = 50_000,
  ): Generator<number, RecordedPresence> {
    const recorded = new RecordedPresence(journal, store);
    let unsaved = 0;
    for (const record of recordsInOrder(journal, presenceTypes, recorded.#saved.seq)) {
      recorded.onRecord(record);
      unsaved += 1;
      if (unsaved % savedEvery === 0) recorded.save();
      yield record.seq;
    }
    const last = journal.last();
    recorded.#mark = last > recorded.#saved.seq ? markAt(journal, last) : recorded.#saved;
    return recorded;
  }

  /** The same at once. */
  static read(...from: Parameters<typeof RecordedPresence.reading>): RecordedPresence {
    return atOnce(RecordedPresence.reading(...from));
  }

  /** Each one, in order. Whether it says anything of people. */
  onRecord(record: JournalRecord): boolean {
    this.#mark = { seq: record.seq, hash: record.hash };
    return this.whereabouts.apply(record);
  }

  /** The record up to which it is saved; without a saving all of the journal is needed. */
  savedAt(): number {
    return this.#store === undefined ? 0 : this.#saved.seq;
  }

  /** What a disk refuses is saved next time; nothing depends on it. */
  save(): void {
    const { whereabouts } = this;
    if (this.#store === undefined || this.#mark.seq === this.#saved.seq) return;
    const { changed, isCleared: cleared, places } = whereabouts;
    const ids = [...changed];
    try {
      this.#store.save({
        ...this.#mark,
        summary: summaryOf(whereabouts),
        cleared,
        places: ids.flatMap((id) => places.get(id) ?? []),
        removed: ids.filter((id) => !places.has(id)),
      });
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return;
    }
    changed.clear();
    whereabouts.isCleared = false;
    this.#saved = this.#mark;
  }
}

/** Undefined where nothing was saved, or not of this journal. */
function savedIn(store: PresenceStore | undefined, journal: Pick<Journal, "query" | "last">) {
  const saved = load(store);
  if (saved === undefined || saved.seq > journal.last()) return undefined;
  const mark = { seq: saved.seq, hash: saved.hash };
  if (saved.seq > 0 && markAt(journal, saved.seq).hash !== saved.hash) return undefined;
  const whereabouts = restored(saved.places, saved.summary);
  return whereabouts && { whereabouts, mark };
}

function load(store: PresenceStore | undefined) {
  try {
    return store?.load();
  } catch (error) {
    if (!(error instanceof StorageFault)) throw error;
    return undefined;
  }
}

function markAt(journal: Pick<Journal, "query">, seq: number): Mark {
  const [record] = journal.query({ after: seq - 1, limit: 1 });
  return { seq, hash: record?.seq === seq ? record.hash : "" };
}

import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Journal, type JsonObject, StorageFault } from "../../ports/journal.ts";
import type { PrunableJournal } from "../../ports/journal-keeping.ts";
import type { ProvableJournal } from "../../ports/journal-proofs.ts";
import type { Chronicle } from "../chronicle.ts";
import { type Prunable, prunable, type Retention } from "./prunable.ts";

export type KeptJournal = Journal & PrunableJournal & Pick<ProvableJournal, "checkpoint" | "witnessed">;

export interface JournalPruningOptions {
  readonly journal: KeptJournal;
  readonly retention: Retention;
  readonly clock: Clock;
  readonly chronicle: Chronicle;
  /** Only what a witness has cosigned goes. */
  readonly mustBeWitnessed: boolean;
  readonly isSpaceShort: () => Promise<boolean>;
  /** The oldest record that somebody still reads: a cursor, an open alarm. */
  readonly oldestNeeded: () => number;
  /** What holds although the records that say so may go: written anew before they do. */
  readonly carried: () => JsonObject;
}

/** After a start the clock may still be wrong, and everything else has more to do. */
const firstLook: Milliseconds = 3_600_000;
const lookEvery: Milliseconds = 600_000;
/** What the clock says is not believed for so long after it was set: by a wrong one everything is old. */
const distrust: Milliseconds = 24 * 3_600_000;
/** Between two stretches, each some milliseconds: 500 records a second, and no decision waits for more than one. */
const pause: Milliseconds = 500;
const retryAfter: Milliseconds = 60_000;
const stretch = 256;
/** A day's worth of a busy site: fewer are not worth the two records that a pass writes. */
const worthAPass = 4_096;

/** Lets the oldest records go, in the background and a stretch at a time. */
export class JournalPruning implements Disposable {
  readonly #options: JournalPruningOptions;
  #timer: Disposable | undefined;
  #stopped = false;

  constructor(options: JournalPruningOptions) {
    this.#options = options;
  }

  start(): void {
    this.#tellInterrupted();
    this.#again(firstLook, () => void this.#look());
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    this.#timer?.[Symbol.dispose]();
  }

  #again(pauseBefore: Milliseconds, step: () => void): void {
    const { clock } = this.#options;
    if (!this.#stopped) this.#timer = clock.wakeAt(after(clock.now(), pauseBefore), step);
  }

  async #look(): Promise<void> {
    const isShort = await this.#options.isSpaceShort().catch(() => false);
    if (this.#stopped) return;
    try {
      const due = this.#due(isShort);
      const from = this.#options.journal.first();
      if (due.upTo - from + 1 < (isShort ? stretch : worthAPass))
        return this.#again(lookEvery, () => void this.#look());
      this.#options.chronicle.note("JournalCarriedForward", this.#options.carried());
      this.#step(due, from);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.#again(retryAfter, () => void this.#look());
    }
  }

  #due(isShort: boolean): Prunable {
    const { journal, retention, clock, mustBeWitnessed } = this.#options;
    if (this.#isClockDoubtful()) return { upTo: 0, why: "age" };
    const due = prunable(journal, retention, clock.wall(), isShort);
    const witnessed = journal.witnessed()?.size ?? (mustBeWitnessed ? 0 : Number.POSITIVE_INFINITY);
    const signed = journal.checkpoint()?.size ?? 0;
    return { ...due, upTo: Math.min(due.upTo, signed, witnessed, this.#options.oldestNeeded() - 1) };
  }

  #isClockDoubtful(): boolean {
    const { journal, clock } = this.#options;
    return ["ClockStepped", "ClockDrifted"].some((type) => {
      const [newest] = journal.query({ type, limit: 1, newestFirst: true });
      return newest !== undefined && Math.abs(clock.wall() - newest.wall) < distrust;
    });
  }

  #step(due: Prunable, from: number): void {
    if (this.#stopped) return;
    const { journal } = this.#options;
    try {
      // Looked at each time: an alarm that was raised meanwhile may need what was free to go.
      const upTo = Math.min(due.upTo, this.#options.oldestNeeded() - 1);
      if (journal.pruneStretch(upTo) !== undefined) return this.#again(pause, () => this.#step(due, from));
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return this.#again(retryAfter, () => this.#step(due, from));
    }
    this.#tell(from, due.why);
    this.#again(lookEvery, () => void this.#look());
  }

  /** Cut off before it was told: then at the next start. */
  #tellInterrupted(): void {
    const { journal } = this.#options;
    const [told] = journal.query({ type: "JournalPruned", limit: 1, newestFirst: true });
    this.#tell(Number(told?.payload["to"] ?? 0) + 1, "age");
  }

  #tell(from: number, why: Prunable["why"]): void {
    const { journal, chronicle } = this.#options;
    const to = journal.first() - 1;
    if (to < from) return;
    chronicle.note("JournalPruned", { from, to, why, checkpoint: journal.checkpoint()?.size ?? 0 });
  }
}

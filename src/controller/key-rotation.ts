import { after, type Milliseconds } from "../domain/time.ts";
import type { Resealing } from "../ports/cipher.ts";
import type { Clock } from "../ports/clock.ts";
import { StorageFault } from "../ports/journal.ts";
import type { Chronicle } from "./chronicle.ts";

/** What is under way when the site's key has been changed: everything is sealed anew, then the former key destroyed. */
export interface KeyChange {
  readonly pass: Resealing;
  /** Answers with what only root can remove. */
  destroyFormer(): readonly string[];
}

/** A few at a time: each takes the disk some milliseconds, and doors come first. */
const atOnce = 2;
const interval: Milliseconds = 100;
/** A full or failing disk may recover. */
const retryAfter: Milliseconds = 60_000;

/** Seals everything anew behind the site's back. Begun again from the start after a restart: what is done costs a look. */
export class KeyRotation implements Disposable {
  readonly #change: KeyChange;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  #wake: Disposable | undefined;
  #looked = 0;
  #resealed = 0;
  #failed = false;

  constructor(change: KeyChange, chronicle: Chronicle, clock: Clock) {
    this.#change = change;
    this.#chronicle = chronicle;
    this.#clock = clock;
  }

  start(): void {
    this.#chronicle.note("KeyRotationStarted", { sealed: this.#change.pass.all });
    this.#again(interval);
  }

  [Symbol.dispose](): void {
    this.#wake?.[Symbol.dispose]();
  }

  #again(pause: Milliseconds): void {
    this.#wake = this.#clock.wakeAt(after(this.#clock.now(), pause), () => this.#step());
  }

  #step(): void {
    try {
      const { looked, resealed } = this.#change.pass.next(atOnce);
      this.#looked += looked;
      this.#resealed += resealed;
      this.#failed = false;
      if (looked > 0) this.#again(interval);
      else this.#end();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      // Said once; nothing is lost, since the former key stays.
      if (!this.#failed) this.#chronicle.note("KeyRotationFailed", { detail: error.message });
      this.#failed = true;
      this.#again(retryAfter);
    }
  }

  #end(): void {
    const left = this.#change.destroyFormer();
    this.#chronicle.note("KeyRotationEnded", {
      sealed: this.#looked,
      resealed: this.#resealed,
      ...(left.length === 0 ? {} : { remove: left }),
    });
  }
}

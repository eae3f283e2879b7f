import { readdirSync, readFileSync } from "node:fs";
import { type Instant, type Milliseconds, since } from "../domain/time.ts";

/** A process that waits for the processor is granted so much more, once; longer than that nobody may wait for doors. */
const mostGranted: Milliseconds = 1_000;
/**
 * While it starts nobody waits for it at an open door: all of them are secured. Ended for having had no processor, it
 * would have to load everything once more, and take it from the others.
 */
export const grantedAtStart: Milliseconds = 60_000;

/**
 * How long a process has been silent, not counting how long it was ready to answer and the processor was somebody else's:
 * whoever is killed for that only needs the processor all the more. One that is stopped or hangs waits for nothing.
 */
export class Silence {
  readonly #waited: () => Milliseconds;
  #heardAt: Instant;
  /** What it had waited in all at the last look, and at the last one before it was heard. */
  #waitedAtLook: Milliseconds;
  #waitedBefore: Milliseconds;

  constructor(now: Instant, waited: () => Milliseconds) {
    this.#heardAt = now;
    this.#waited = waited;
    this.#waitedAtLook = this.#waitedBefore = waited();
  }

  heard(now: Instant): void {
    this.#heardAt = now;
    this.#waitedBefore = this.#waitedAtLook;
  }

  /** Asked again and again, so that it knows how the silence began. `granted`: at most, for having waited. */
  at(
    now: Instant,
    granted: Milliseconds = mostGranted,
  ): { readonly whole: Milliseconds; readonly counted: Milliseconds } {
    const whole = since(this.#heardAt, now);
    this.#waitedAtLook = this.#waited();
    // Less than before is another process's, or that of a thread that has ended.
    const waited = Math.max(0, this.#waitedAtLook - this.#waitedBefore);
    return { whole, counted: whole - Math.min(waited, granted) };
  }
}

/**
 * How long the process has been ready to run without running, all its threads together, for its loop may stand still until
 * another of them has collected garbage. 0 where the kernel does not tell.
 */
export function waitedForProcessor(pid: number | undefined): Milliseconds {
  if (pid === undefined) return 0;
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.reduce((sum, thread) => sum + waitedByThread(`/proc/${pid}/task/${thread}`), 0);
  } catch {
    return 0; // it has ended
  }
}

function waitedByThread(folder: string): Milliseconds {
  try {
    const [, nanoseconds = "0"] = readFileSync(`${folder}/schedstat`, "latin1").split(" ");
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0; // it has ended, or this kernel was built without
  }
}

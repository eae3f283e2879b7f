import { readFileSync } from "node:fs";
import { type Instant, type Milliseconds, since } from "../domain/time.ts";

/** A process that waits for the processor is granted so much more, once; longer than that nobody may wait for doors. */
const mostGranted: Milliseconds = 1_000;

/**
 * How long a process has been silent, not counting how long it was ready to answer and the processor was somebody else's:
 * whoever is killed for that only needs the processor all the more. One that is stopped or hangs waits for nothing.
 */
export class Silence {
  readonly #waited: () => Milliseconds;
  #heardAt: Instant;
  /** What it had waited in all when it was looked at first in this silence. */
  #waitedBefore: Milliseconds | undefined;

  constructor(now: Instant, waited: () => Milliseconds) {
    this.#heardAt = now;
    this.#waited = waited;
  }

  heard(now: Instant): void {
    this.#heardAt = now;
    this.#waitedBefore = undefined;
  }

  /** Asked again and again, so that it knows how the silence began. */
  at(now: Instant): { readonly whole: Milliseconds; readonly counted: Milliseconds } {
    const whole = since(this.#heardAt, now);
    const waited = this.#waited();
    this.#waitedBefore ??= waited;
    return { whole, counted: whole - Math.min(waited - this.#waitedBefore, mostGranted) };
  }
}

/** How long the process's main thread has been ready to run without running, in all; 0 where the kernel does not tell. */
export function waitedForProcessor(pid: number | undefined): Milliseconds {
  if (pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ")[1] ?? 0) / 1e6;
  } catch {
    return 0; // it has ended, or this kernel was built without
  }
}

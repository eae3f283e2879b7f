import { after, type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

export interface ThrottleLimits {
  /** Failures that cost nothing: people mistype. */
  readonly free: number;
  /** Wait after the first failure beyond those; doubles with each further one. */
  readonly firstDelay: Milliseconds;
  readonly longestDelay: Milliseconds;
  /** Failures are forgotten after this long without another. */
  readonly forgetAfter: Milliseconds;
  /** Keys remembered; beyond it the oldest is forgotten. */
  readonly keys: number;
}

interface Attempts {
  count: number;
  last: Instant;
  blockedUntil: Instant;
  refusalNoted: boolean;
}

/** Slows guessing on one key (an account, an address) down, more with every failure (T4). */
export class AttemptThrottle {
  readonly #clock: Clock;
  readonly #limits: ThrottleLimits;
  readonly #attempts = new Map<string, Attempts>();

  constructor(clock: Clock, limits: ThrottleLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How long `key` must wait; 0 where it may try now. */
  waitFor(key: string): Milliseconds {
    const attempts = this.#recall(key);
    return attempts === undefined ? 0 : Math.max(0, attempts.blockedUntil - this.#clock.now());
  }

  /** Counts as a failure until `succeeded`: a burst sent in parallel gains nothing. True where the first wait begins. */
  began(key: string): boolean {
    const now = this.#clock.now();
    const count = (this.#recall(key)?.count ?? 0) + 1;
    const beyond = count - this.#limits.free;
    const delay =
      beyond <= 0 ? 0 : Math.min(this.#limits.longestDelay, this.#limits.firstDelay * 2 ** (beyond - 1));
    this.#attempts.delete(key); // so that the map's order is that of the last attempt
    this.#attempts.set(key, { count, last: now, blockedUntil: after(now, delay), refusalNoted: false });
    this.#forgetOldest();
    return beyond === 1;
  }

  succeeded(key: string): void {
    this.#attempts.delete(key);
  }

  /** The attempt that began does not count after all. */
  undo(key: string): void {
    const attempts = this.#attempts.get(key);
    if (attempts === undefined) return;
    attempts.count -= 1;
    attempts.blockedUntil = attempts.last;
  }

  /** True once per wait: so that a flood of refusals is one line of the record. */
  noteRefusal(key: string): boolean {
    const attempts = this.#attempts.get(key);
    if (attempts === undefined || attempts.refusalNoted) return false;
    attempts.refusalNoted = true;
    return true;
  }

  #recall(key: string): Attempts | undefined {
    const attempts = this.#attempts.get(key);
    if (attempts === undefined) return undefined;
    if (since(attempts.last, this.#clock.now()) <= this.#limits.forgetAfter) return attempts;
    this.#attempts.delete(key);
    return undefined;
  }

  #forgetOldest(): void {
    if (this.#attempts.size <= this.#limits.keys) return;
    const [oldest] = this.#attempts.keys();
    if (oldest !== undefined) this.#attempts.delete(oldest);
  }
}

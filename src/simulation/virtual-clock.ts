import { after, type Instant, instant, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** A chain of wakes that never lets time pass is a bug in what is woken; it ends here. */
const wakesPerAdvance = 1_000_000;

interface Sleeper {
  readonly at: Instant;
  readonly wake: () => void;
}

/** Time that stands still until told to pass; then every wake due runs, in order, at its own instant. */
export class VirtualClock implements Clock {
  readonly #sleepers = new Set<Sleeper>();
  #now: Instant;
  #wallAhead: Milliseconds;

  /** Starts at a second past boot, so that "the instant before the start" is a number like any other. */
  constructor(start: Instant = instant(1000), wall: WallTime = wallTime(Date.UTC(2026, 10, 2, 1, 0, 0))) {
    this.#now = start;
    this.#wallAhead = wall - start;
  }

  now(): Instant {
    return this.#now;
  }

  wall(): WallTime {
    return wallTime(this.#now + this.#wallAhead);
  }

  wakeAt(at: Instant, wake: () => void): Disposable {
    if (!Number.isFinite(at)) throw new RangeError(`cannot wake at ${at}`);
    const sleeper = { at, wake };
    this.#sleepers.add(sleeper);
    return { [Symbol.dispose]: () => this.#sleepers.delete(sleeper) };
  }

  /** Lets `length` pass; wakes set meanwhile run too if they fall into it. */
  advance(length: Milliseconds): void {
    if (!(length >= 0)) throw new RangeError(`time does not pass by ${length} ms`);
    const end = after(this.#now, length);
    for (let woken = 0; ; woken++) {
      const next = this.#nextBy(end);
      if (next === undefined) break;
      if (woken === wakesPerAdvance)
        throw new Error(`${wakesPerAdvance} wakes without time passing beyond ${end}`);
      this.#sleepers.delete(next);
      // One that was set in the past runs late, never back in time.
      if (next.at > this.#now) this.#now = next.at;
      next.wake();
    }
    this.#now = end;
  }

  /** The wall clock jumps; the monotonic one does not notice. */
  stepWall(by: Milliseconds): void {
    this.#wallAhead += by;
  }

  /** When the next wake is due, if any: lets a test see that nothing is left running. */
  nextWake(): Instant | undefined {
    return this.#nextBy(instant(Number.POSITIVE_INFINITY))?.at;
  }

  /** The earliest sleeper due by `end`; among equals the one that was set first. */
  #nextBy(end: Instant): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const sleeper of this.#sleepers) {
      if (sleeper.at <= end && (next === undefined || sleeper.at < next.at)) next = sleeper;
    }
    return next;
  }
}

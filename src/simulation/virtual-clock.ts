import { after, type Instant, instant, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** A chain of wakes that never lets time pass is a bug in what is woken; it ends here. */
const wakesPerAdvance = 1_000_000;

/** So many who were cancelled are not worth clearing away. */
const mostCancelled = 64;

interface Sleeper {
  readonly at: Instant;
  /** Of those due at the same instant the one that was set first wakes first. */
  readonly order: number;
  wake: (() => void) | undefined;
}

const comesBefore = (one: Sleeper, other: Sleeper): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** Time that stands still until told to pass; then every wake due runs, in order, at its own instant. */
export class VirtualClock implements Clock {
  /** A binary heap, the next to wake on top; who was cancelled stays in it until they come up, or most are. */
  #sleepers: Sleeper[] = [];
  #cancelled = 0;
  #order = 0;
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
    const sleeper: Sleeper = { at, order: this.#order++, wake };
    this.#push(sleeper);
    return { [Symbol.dispose]: () => this.#cancel(sleeper) };
  }

  /** Lets `length` pass; wakes set meanwhile run too if they fall into it. */
  advance(length: Milliseconds): void {
    if (!(length >= 0)) throw new RangeError(`time does not pass by ${length} ms`);
    const end = after(this.#now, length);
    for (let woken = 0; ; woken++) {
      const next = this.#top();
      if (next === undefined || next.at > end) break;
      if (woken === wakesPerAdvance)
        throw new Error(`${wakesPerAdvance} wakes without time passing beyond ${end}`);
      this.#pop();
      // One that was set in the past runs late, never back in time.
      if (next.at > this.#now) this.#now = next.at;
      const { wake } = next;
      next.wake = undefined;
      wake?.();
    }
    this.#now = end;
  }

  /** The wall clock jumps; the monotonic one does not notice. */
  stepWall(by: Milliseconds): void {
    this.#wallAhead += by;
  }

  /** When the next wake is due, if any: lets a test see that nothing is left running. */
  nextWake(): Instant | undefined {
    return this.#top()?.at;
  }

  #cancel(sleeper: Sleeper): void {
    if (sleeper.wake === undefined) return;
    sleeper.wake = undefined;
    this.#cancelled += 1;
    if (this.#cancelled * 2 <= this.#sleepers.length + mostCancelled) return;
    const waiting = this.#sleepers.filter(({ wake }) => wake !== undefined);
    this.#sleepers = [];
    this.#cancelled = 0;
    for (const one of waiting) this.#push(one);
  }

  /** The next to wake, those cancelled left out. */
  #top(): Sleeper | undefined {
    while (this.#sleepers[0] !== undefined && this.#sleepers[0].wake === undefined) {
      this.#pop();
      this.#cancelled -= 1;
    }
    return this.#sleepers[0];
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let at = heap.length;
    heap.push(sleeper);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !comesBefore(sleeper, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = sleeper;
  }

  #pop(): void {
    const heap = this.#sleepers;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
      if (left === undefined) break;
      const least = right !== undefined && comesBefore(right, left) ? right : left;
      if (!comesBefore(least, last)) break;
      heap[at] = least;
      at = 2 * at + (least === left ? 1 : 2);
    }
    heap[at] = last;
  }
}

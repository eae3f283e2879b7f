import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

const interval: Milliseconds = 1_000;
/** A9: a step over this is an event; one over the other an alarm as well. */
const noticed: Milliseconds = 5_000;
const alarming: Milliseconds = 60_000;
/** Steps too small to be told come to as much within so long a time: somebody pulls the clock (T37). */
const driftWindow: Milliseconds = 3_600_000;
/** How often it is noted where the clock stood: sixty notes are kept. */
const noteEvery: Milliseconds = 60_000;

export interface ClockWatchListener {
  onStep(step: Milliseconds, alarm: boolean): void;
  /** By so much in so long, in steps of which none was told. */
  onDrift(drift: Milliseconds, within: Milliseconds): void;
}

interface Note {
  readonly at: Instant;
  /** Sum of the small steps until then. */
  readonly drifted: Milliseconds;
}

/** Compares the wall clock with the monotonic one; timers never go by the wall clock, records and schedules do. */
export class ClockWatch implements Disposable {
  readonly #clock: Clock;
  readonly #listener: ClockWatchListener;
  #offset: Milliseconds;
  #drifted: Milliseconds = 0;
  #notes: readonly Note[];
  #timer: Disposable;

  constructor(clock: Clock, listener: ClockWatchListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#offset = clock.wall() - clock.now();
    this.#notes = [this.#note()];
    this.#timer = this.#arm();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #arm(): Disposable {
    return this.#clock.wakeAt(after(this.#clock.now(), interval), () => {
      const offset = this.#clock.wall() - this.#clock.now();
      const step = offset - this.#offset;
      // Small corrections by the time service are followed: no step, however many.
      this.#offset = offset;
      if (Math.abs(step) > noticed) this.#listener.onStep(step, Math.abs(step) > alarming);
      else this.#drift(step);
      this.#timer = this.#arm();
    });
  }

  /** What comes and goes again is none. Told once, and counted anew from then. */
  #drift(step: Milliseconds): void {
    this.#drifted += step;
    const now = this.#clock.now();
    this.#notes = this.#notes.filter(({ at }) => since(at, now) <= driftWindow);
    const furthest = this.#notes
      .map(({ at, drifted }) => ({ within: since(at, now), drift: this.#drifted - drifted }))
      .reduce((most, one) => (Math.abs(one.drift) > Math.abs(most.drift) ? one : most), nothing);
    const last = this.#notes.at(-1);
    if (Math.abs(furthest.drift) > alarming) {
      this.#notes = [this.#note()];
      this.#listener.onDrift(furthest.drift, furthest.within);
    } else if (last === undefined || since(last.at, now) >= noteEvery) {
      this.#notes = [...this.#notes, this.#note()];
    }
  }

  #note(): Note {
    return { at: this.#clock.now(), drifted: this.#drifted };
  }
}

const nothing = { within: 0, drift: 0 };

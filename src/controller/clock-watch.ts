import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

const interval: Milliseconds = 1_000;
/** A9: a step over this is an event; one over the other an alarm as well. */
const noticed: Milliseconds = 5_000;
const alarming: Milliseconds = 60_000;

/** Compares the wall clock with the monotonic one; timers never go by the wall clock, records and schedules do. */
export class ClockWatch implements Disposable {
  readonly #clock: Clock;
  readonly #onStep: (step: Milliseconds, alarm: boolean) => void;
  #offset: Milliseconds;
  #timer: Disposable;

  constructor(clock: Clock, onStep: (step: Milliseconds, alarm: boolean) => void) {
    this.#clock = clock;
    this.#onStep = onStep;
    this.#offset = clock.wall() - clock.now();
    this.#timer = this.#arm();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #arm(): Disposable {
    return this.#clock.wakeAt(after(this.#clock.now(), interval), () => {
      const offset = this.#clock.wall() - this.#clock.now();
      const step = offset - this.#offset;
      // Small corrections by the time service are followed, not added up.
      this.#offset = offset;
      if (Math.abs(step) > noticed) this.#onStep(step, Math.abs(step) > alarming);
      this.#timer = this.#arm();
    });
  }
}

import { type Instant, type Milliseconds, type WallTime, wallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** A clock whose wall time can be made to jump, as a wrong time server would; the monotonic one never does. */
export class SteppableClock implements Clock {
  readonly #clock: Clock;
  #offset: Milliseconds = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Instant {
    return this.#clock.now();
  }

  wall(): WallTime {
    return wallTime(this.#clock.wall() + this.#offset);
  }

  wakeAt(at: Instant, wake: () => void): Disposable {
    return this.#clock.wakeAt(at, wake);
  }

  step(by: Milliseconds): void {
    this.#offset += by;
  }
}

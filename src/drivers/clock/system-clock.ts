import { type Instant, instant, type WallTime, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** `setTimeout` keeps its delay in 32 bits and fires at once beyond. */
const longestTimeout = 2 ** 31 - 1;

/** The machine's own clocks: CLOCK_MONOTONIC, which all processes of one boot share, and the wall clock. */
export class SystemClock implements Clock {
  now(): Instant {
    return instant(Number(process.hrtime.bigint()) / 1e6);
  }

  wall(): WallTime {
    return wallTime(Date.now());
  }

  wakeAt(at: Instant, wake: () => void): Disposable {
    if (!Number.isFinite(at)) throw new RangeError(`cannot wake at ${at}`);
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const wait = Math.min(Math.max(Math.ceil(at - this.now()), 0), longestTimeout);
      timer = setTimeout(() => {
        // The event loop's cached time lets a timeout fire up to a millisecond early.
        if (this.now() < at) arm();
        else wake();
      }, wait);
    };
    arm();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}

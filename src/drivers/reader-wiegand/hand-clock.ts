import { instant } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** Time by hand, as simulation's; a driver may not know that one. */
export class HandClock implements Clock {
  #now = 1000;
  #sleepers: { at: number; wake: () => void }[] = [];
  now = () => instant(this.#now);
  wall(): never {
    throw new Error("a reader has no business with the time of day");
  }
  wakeAt(at: number, wake: () => void): Disposable {
    const sleeper = { at, wake };
    this.#sleepers.push(sleeper);
    return { [Symbol.dispose]: () => (this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)) };
  }
  advance(by: number): void {
    const end = this.#now + by;
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#sleepers = this.#sleepers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
    this.#now = end;
  }
}

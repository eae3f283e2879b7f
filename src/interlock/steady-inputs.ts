import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { lineOf, type Reading } from "../ports/door-hardware.ts";
import { LineLevels } from "./line-levels.ts";

/** Shorter is a spark or a bouncing button; a hand or a fire panel is never that quick. */
export const steadyTime: Milliseconds = 20;

/**
 * Lets inputs that open a door or raise an alarm by themselves count only once they have been steady: an impulse on a
 * wire must not release doors as a fire does, nor press a button. What secures counts at once, and so do contacts and
 * bolts, whose raw edges are what safety goes by (T27 is the rules' own business).
 */
export class SteadyInputs implements Disposable {
  readonly levels = new LineLevels();
  readonly #clock: Clock;
  readonly #take: (reading: Reading, at: Instant) => void;
  readonly #waiting = new Map<string, Disposable>();

  constructor(clock: Clock, take: (reading: Reading, at: Instant) => void) {
    this.#clock = clock;
    this.#take = (reading, at) => {
      this.levels.onSteady(reading);
      take(reading, at);
    };
  }

  onReading(reading: Reading, at: Instant): void {
    this.levels.onReading(reading, at);
    const line = lineOf(reading);
    this.#waiting.get(line)?.[Symbol.dispose]();
    this.#waiting.delete(line);
    if (!mustBeSteady(reading)) return this.#take(reading, at);
    const count = (): void => {
      this.#waiting.delete(line);
      this.#take(reading, this.#clock.now());
    };
    this.#waiting.set(line, this.#clock.wakeAt(after(at, steadyTime), count));
  }

  [Symbol.dispose](): void {
    for (const timer of this.#waiting.values()) timer[Symbol.dispose]();
    this.#waiting.clear();
  }
}

/** What begins a release, ends a lockdown, or raises an alarm. Its opposite and a fault count at once. */
function mustBeSteady(reading: Reading): boolean {
  switch (reading.input) {
    case "contact":
    case "bolt":
      return false;
    case "fire":
      return reading.value === "active";
    case "rex":
    case "tamper":
      return reading.value;
    case "lockdown":
    case "mains":
    case "battery":
      return !reading.value;
  }
}

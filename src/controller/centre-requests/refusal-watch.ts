import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";

/** So many that do not count, within this time, are somebody who tries. */
const alarming = 3;
const alarmWindow: Milliseconds = 600_000;
/** Recorded one by one in a minute; what is more is counted. */
const recordedPerMinute = 20;
const minute: Milliseconds = 60_000;

export interface RefusalWatchOptions {
  readonly clock: Clock;
  readonly onAlarm: (detail: string) => void;
  /** So many were refused and not recorded one by one. */
  readonly onSuppressed: (count: number) => void;
}

/** Keeps whoever sends rubbish from filling the record with it, and says when somebody keeps trying. */
export class RefusalWatch implements Disposable {
  readonly #options: RefusalWatchOptions;
  #bad: readonly Instant[] = [];
  #recorded = 0;
  #suppressed = 0;
  #timer: Disposable | undefined;

  constructor(options: RefusalWatchOptions) {
    this.#options = options;
  }

  /** Whether this one is to be recorded by itself. */
  refused(why: string): boolean {
    this.#count(why);
    this.#timer ??= this.#nextMinute();
    if (this.#recorded >= recordedPerMinute) {
      this.#suppressed += 1;
      return false;
    }
    this.#recorded += 1;
    return true;
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  #count(why: string): void {
    const now = this.#options.clock.now();
    this.#bad = [...this.#bad.filter((at) => now - at <= alarmWindow), now];
    if (this.#bad.length < alarming) return;
    this.#bad = [];
    this.#options.onAlarm(`${alarming} within ${alarmWindow / 60_000} minutes; last: ${why}`);
  }

  #nextMinute(): Disposable {
    const { clock, onSuppressed } = this.#options;
    return clock.wakeAt(after(clock.now(), minute), () => {
      this.#timer = undefined;
      const count = this.#suppressed;
      [this.#recorded, this.#suppressed] = [0, 0];
      if (count > 0) onSuppressed(count);
    });
  }
}

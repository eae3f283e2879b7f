import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

const interval: Milliseconds = 10_000;
export const presetPatience: Milliseconds = 1_800_000;

export interface SynchronisationOptions {
  readonly clock: Clock;
  readonly isClockSynchronised: () => boolean | undefined;
  /** How long it may be out of any time service's hold. */
  readonly patience: Milliseconds;
  /** What was last known of it. */
  readonly alarming: boolean;
  readonly onUnsynchronised: (lasting: Milliseconds) => void;
  readonly onSynchronised: () => void;
}

/**
 * Asks whether something holds the wall clock: one that drifts unseen makes records that prove nothing. A machine that
 * does not say is not accused.
 */
export class SynchronisationWatch implements Disposable {
  readonly #options: SynchronisationOptions;
  #alarming: boolean;
  #lostAt: Instant | undefined;
  #timer: Disposable;

  constructor(options: SynchronisationOptions) {
    this.#options = options;
    this.#alarming = options.alarming;
    this.#timer = this.#look();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #look(): Disposable {
    const { clock, isClockSynchronised } = this.#options;
    const now = clock.now();
    const held = isClockSynchronised();
    if (held === false) this.#lost(now);
    else if (held === true) this.#found();
    return clock.wakeAt(after(now, interval), () => {
      this.#timer = this.#look();
    });
  }

  #lost(now: Instant): void {
    this.#lostAt ??= now;
    const lasting = since(this.#lostAt, now);
    if (this.#alarming || lasting < this.#options.patience) return;
    this.#alarming = true;
    this.#options.onUnsynchronised(lasting);
  }

  #found(): void {
    this.#lostAt = undefined;
    if (!this.#alarming) return;
    this.#alarming = false;
    this.#options.onSynchronised();
  }
}

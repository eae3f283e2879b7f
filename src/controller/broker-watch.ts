import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { AlarmLinkState } from "../ports/alarm-link.ts";
import type { Clock } from "../ports/clock.ts";

export interface BrokerWatchOptions {
  readonly clock: Clock;
  /** Offline, or refused, for longer than this is an alarm. */
  readonly patience: Milliseconds;
  /** Whether that alarm is on already. */
  readonly lost?: boolean;
  readonly onLost: (detail: string) => void;
  readonly onReturned: () => void;
}

/** Going offline so often within the window is an alarm too, however short each time was (T14). */
const flappingCount = 3;
const flappingWindow: Milliseconds = 60_000;

/** Decides when a broker that is away becomes the alarm BrokerLost, and when it is over: steady for `patience`. */
export class BrokerWatch implements Disposable {
  readonly #options: BrokerWatchOptions;
  #lost: boolean;
  #troubled: string | undefined = "not connected since the start";
  #losses: readonly Instant[] = [];
  #timer: Disposable;

  constructor(options: BrokerWatchOptions) {
    this.#options = options;
    this.#lost = options.lost ?? false;
    this.#timer = this.#arm();
  }

  linkBecame(state: AlarmLinkState): void {
    if (state.phase === "online") this.recovered();
    else if (state.phase === "offline") this.troubled(state.detail, true);
  }

  /** Nothing gets through, for this reason; `dropped` where a connection was lost and not merely a message refused. */
  troubled(detail: string, dropped: boolean): void {
    const fresh = this.#troubled === undefined;
    this.#troubled = detail;
    if (!fresh) return;
    if (dropped) this.#countLoss(detail);
    this.#restart();
  }

  recovered(): void {
    if (this.#troubled === undefined) return;
    this.#troubled = undefined;
    this.#restart();
  }

  [Symbol.dispose](): void {
    this.#timer[Symbol.dispose]();
  }

  #countLoss(detail: string): void {
    const now = this.#options.clock.now();
    this.#losses = [...this.#losses, now].filter((at) => now - at <= flappingWindow).slice(-flappingCount);
    if (this.#losses.length === flappingCount) {
      this.#raise(`lost ${flappingCount} times within a minute; last: ${detail}`);
    }
  }

  #restart(): void {
    this.#timer[Symbol.dispose]();
    this.#timer = this.#arm();
  }

  #arm(): Disposable {
    const { clock, patience } = this.#options;
    return clock.wakeAt(after(clock.now(), patience), () => this.#patienceOver());
  }

  #patienceOver(): void {
    if (this.#troubled !== undefined) this.#raise(this.#troubled);
    else if (this.#lost) {
      this.#lost = false;
      this.#options.onReturned();
    }
  }

  #raise(detail: string): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#options.onLost(detail);
  }
}

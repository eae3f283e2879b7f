import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { CardRead } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";

/** More than people can present while the loop is away; beyond, a reader has gone wild or somebody feeds it. */
const mostWaiting = 1000;
/** Spent on cards in one go; then heartbeats, alarms and whatever the doors report have their turn. */
const slice: Milliseconds = 50;
const pause: Milliseconds = 1;

export interface CardQueueListener {
  onCard(read: CardRead): void;
  /** Reads that found the queue full, told once it has been worked off. */
  onDropped(count: number): void;
}

/** Card reads waiting to be decided: as a rule none. A flood is worked off in slices, and no more than fits is kept. */
export class CardQueue implements Disposable {
  readonly #clock: Clock;
  readonly #listener: CardQueueListener;
  #waiting: CardRead[] = [];
  #dropped = 0;
  /** Ends when the loop has come round: until then all reads share one slice, however they arrive. */
  #turn: { readonly sliceEnds: Instant; readonly wake: Disposable } | undefined;

  constructor(clock: Clock, listener: CardQueueListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  offer(read: CardRead): void {
    if (this.#waiting.length >= mostWaiting) this.#dropped += 1;
    else this.#waiting.push(read);
    this.#work();
  }

  [Symbol.dispose](): void {
    this.#turn?.wake[Symbol.dispose]();
    this.#waiting = [];
  }

  #work(): void {
    const { sliceEnds } = (this.#turn ??= this.#newTurn());
    while (this.#waiting.length > 0 && this.#clock.now() < sliceEnds) {
      const read = this.#waiting.shift();
      if (read !== undefined) this.#listener.onCard(read);
    }
    if (this.#waiting.length > 0 || this.#dropped === 0) return;
    this.#listener.onDropped(this.#dropped);
    this.#dropped = 0;
  }

  #newTurn() {
    const now = this.#clock.now();
    const wake = this.#clock.wakeAt(after(now, pause), () => {
      this.#turn = undefined;
      if (this.#waiting.length > 0) this.#work();
    });
    return { sliceEnds: after(now, slice), wake };
  }
}

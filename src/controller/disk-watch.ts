import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

const interval: Milliseconds = 10_000;
/** Free again by this much before the alarm ends: a disk at the limit must not flap. */
const recovery = 1.1;

/** Raises DiskNearlyFull before writing fails, so that somebody can still act. */
export class DiskWatch implements Disposable {
  readonly #freeBytes: () => Promise<number>;
  readonly #reserve: number;
  readonly #clock: Clock;
  readonly #onChange: (nearlyFull: boolean, freeBytes: number) => void;
  #nearlyFull: boolean;
  #timer: Disposable | undefined;
  #stopped = false;

  /** `nearlyFull`: what was last known of it. */
  constructor(
    nearlyFull: boolean,
    freeBytes: () => Promise<number>,
    reserve: number,
    clock: Clock,
    onChange: (nearlyFull: boolean, freeBytes: number) => void,
  ) {
    this.#nearlyFull = nearlyFull;
    this.#freeBytes = freeBytes;
    this.#reserve = reserve;
    this.#clock = clock;
    this.#onChange = onChange;
    void this.#look();
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    this.#timer?.[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    // A disk that cannot even be asked has no room to count on.
    const free = await this.#freeBytes().catch(() => 0);
    if (this.#stopped) return;
    const nearlyFull = free < (this.#nearlyFull ? this.#reserve * recovery : this.#reserve);
    if (nearlyFull !== this.#nearlyFull) this.#onChange(nearlyFull, free);
    this.#nearlyFull = nearlyFull;
    this.#timer = this.#clock.wakeAt(after(this.#clock.now(), interval), () => void this.#look());
  }
}

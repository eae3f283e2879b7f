import { after, type Instant, type Milliseconds, since, type WallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { type JournalCursor, StorageFault } from "../../ports/journal.ts";
import type { Due, DueReader } from "./due.ts";

export interface DeliveryOptions<Item> {
  readonly reader: DueReader;
  readonly cursor: JournalCursor;
  readonly clock: Clock;
  /** Of what is due, what is this receiver's; undefined: nothing. */
  readonly itemOf: (due: Due) => Item | undefined;
  /** Rejects where it has to be tried again. */
  readonly carryOut: (items: readonly [Item, ...Item[]], attempt: number) => Promise<void>;
  /** What is older is given up; left out: never. */
  readonly giveUpAfter?: Milliseconds | undefined;
  /** What is due at once goes together; preset: each by itself. */
  readonly together?: number;
  /** Not sooner after the one before than this. */
  readonly pace?: Pace;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly onDone: (items: readonly Item[], attempt: number) => void;
  /** `detail`: for people. `gaveUp`: it is not tried again. */
  readonly onFault: (
    items: readonly Item[],
    detail: string,
    attempt: number,
    gaveUp: boolean,
    error: unknown,
  ) => void;
}

/** The time between two deliveries to one receiver; some may be told to count for it without being held up by it. */
export class Pace {
  readonly #spacing: Milliseconds;
  readonly #clock: Pick<Clock, "now">;
  #last: Instant | undefined;

  constructor(spacing: Milliseconds, clock: Pick<Clock, "now">) {
    this.#spacing = spacing;
    this.#clock = clock;
  }

  left(): Milliseconds {
    return this.#last === undefined ? 0 : Math.max(0, this.#spacing - since(this.#last, this.#clock.now()));
  }

  delivered(): void {
    this.#last = this.#clock.now();
  }
}

const retryFirst: Milliseconds = 1_000;
const retryLongest: Milliseconds = 300_000;

interface Batch<Item> {
  readonly items: readonly [Item, ...Item[]];
  readonly seq: number;
  readonly wall: WallTime;
  readonly attempt: number;
}

/**
 * Tells one receiver what is due, in order and at least once: the cursor moves only over what it has taken, or what
 * was given up. Holds one batch in memory, however far the receiver is behind.
 */
export class Delivery<Item> implements Disposable {
  readonly #options: DeliveryOptions<Item>;
  #batch: Batch<Item> | undefined;
  #soon: NodeJS.Immediate | undefined;
  #waiting: Disposable | undefined;
  #isBusy = false;
  #closed = false;

  constructor(options: DeliveryOptions<Item>) {
    this.#options = options;
  }

  /** Something may be due. Returns at once: what has just been decided comes before telling of it. */
  wake(): void {
    if (this.#closed || this.#isBusy || this.#waiting !== undefined) return;
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      void this.#run();
    });
  }

  /** The way to the receiver is there again: no waiting for the next try. */
  retryNow(): void {
    if (this.#waiting !== undefined && this.#batch === undefined) return;
    this.#waiting?.[Symbol.dispose]();
    this.#waiting = undefined;
    this.wake();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearImmediate(this.#soon);
    this.#waiting?.[Symbol.dispose]();
  }

  async #run(): Promise<void> {
    if (this.#closed || this.#isBusy) return;
    this.#isBusy = true;
    const wait = await this.#deliverOne();
    this.#isBusy = false;
    if (wait === undefined || this.#closed) return;
    if (wait === 0) return this.wake();
    this.#waiting = this.#options.clock.wakeAt(after(this.#options.clock.now(), wait), () => {
      this.#waiting = undefined;
      this.wake();
    });
  }

  /** How long to wait before going on; undefined: until something is due. */
  async #deliverOne(): Promise<Milliseconds | undefined> {
    const { carryOut, onDone, onFault, giveUpAfter, clock, pace, random } = this.#options;
    const early = this.#batch === undefined ? (pace?.left() ?? 0) : 0;
    if (early > 0) return early;
    try {
      this.#batch ??= this.#gather();
    } catch (error) {
      return retryAfterStorage(error);
    }
    const batch = this.#batch;
    if (batch === undefined) return undefined;
    const attempt = batch.attempt + 1;
    this.#batch = { ...batch, attempt };
    try {
      await carryOut(batch.items, attempt);
    } catch (error) {
      if (this.#closed) return undefined;
      const detail = error instanceof Error ? error.message : String(error);
      const gaveUp = giveUpAfter !== undefined && clock.wall() - batch.wall >= giveUpAfter;
      onFault(batch.items, detail, attempt, gaveUp, error);
      if (gaveUp) return this.#finish(batch);
      const wait = Math.min(retryLongest, retryFirst * 2 ** Math.min(attempt - 1, 20));
      // Half of it at random: receivers that come back are not asked by everybody at the same instant.
      return Math.round(wait * (0.75 + random() / 2));
    }
    if (this.#closed) return undefined;
    onDone(batch.items, attempt);
    return this.#finish(batch);
  }

  #finish(batch: Batch<Item>): Milliseconds {
    this.#batch = undefined;
    this.#advance(batch.seq);
    return 0;
  }

  #gather(): Batch<Item> | undefined {
    const { reader, itemOf, together = 1 } = this.#options;
    const items: Item[] = [];
    let wall: WallTime | undefined;
    while (items.length < together) {
      const due = reader.next();
      if (due === undefined) break;
      const item = itemOf(due);
      if (item === undefined) continue;
      items.push(item);
      wall ??= due.wall;
    }
    const [first, ...more] = items;
    if (first !== undefined && wall !== undefined)
      return { items: [first, ...more], seq: reader.position, wall, attempt: 0 };
    this.#advance(reader.position);
    return undefined;
  }

  /** It may lag: what is repeated then carries its same number. */
  #advance(seq: number): void {
    try {
      this.#options.cursor.advance(seq);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
    }
  }
}

function retryAfterStorage(error: unknown): Milliseconds {
  if (!(error instanceof StorageFault)) throw error;
  return retryFirst;
}

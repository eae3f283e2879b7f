import type { AlarmLink } from "../ports/alarm-link.ts";
import { LinkFault } from "../ports/alarm-link.ts";
import { type Journal, type JournalCursor, type JournalRecord, StorageFault } from "../ports/journal.ts";
import { eventMessage } from "./published-view.ts";

export interface EventDeliveryOptions {
  readonly journal: Pick<Journal, "query" | "last">;
  readonly cursor: JournalCursor;
  readonly link: AlarmLink;
  /** Most events sent and not yet confirmed. */
  readonly window: number;
  /** Delivery stands still until `resume`. */
  readonly onFault: (fault: LinkFault | StorageFault) => void;
  readonly onDelivered: () => void;
}

interface Sent {
  readonly seq: number;
  confirmed: boolean;
}

/** Records read at once: bounds what is in memory, however far the broker is behind. */
const batch = 64;

/**
 * Delivers the journal's records in their order. The cursor moves only over what the broker has confirmed;
 * after any fault delivery begins again at the first record it has not.
 */
export class EventDelivery {
  readonly #options: EventDeliveryOptions;
  /** Everything up to here is confirmed; at or ahead of what the cursor has written. */
  #confirmed: number;
  #written: number;
  #read: number;
  #batch: readonly JournalRecord[] = [];
  #sent: Sent[] = [];
  /** Counts up when what is under way no longer counts. */
  #generation = 0;
  #halted = true;
  /** After a refusal one at a time, lest what follows the refused record overtake it. */
  #careful = false;
  /** Larger than this broker takes: it gets their named fields, and their place in the order is kept. */
  readonly #cut = new Set<number>();

  constructor(options: EventDeliveryOptions) {
    this.#options = options;
    this.#written = options.cursor.position();
    // A journal restored from an older copy ends before the cursor; its new records must go out all the same.
    this.#confirmed = Math.min(this.#written, options.journal.last());
    this.#read = this.#confirmed;
  }

  /** Sequence number up to which everything is delivered. */
  confirmed(): number {
    return this.#confirmed;
  }

  /** The link is there, or the time to try again has come. */
  resume(): void {
    if (!this.#halted) return;
    this.#halted = false;
    this.send();
  }

  /** Stops; what is under way is sent again after `resume`. */
  halt(): void {
    this.#generation += 1;
    this.#halted = true;
    this.#sent = [];
    this.#batch = [];
    this.#read = this.#confirmed;
    this.#writeCursor();
  }

  /** Sends as much as the window allows. */
  send(): void {
    const limit = this.#careful ? 1 : this.#options.window;
    while (!this.#halted && this.#sent.length < limit) {
      const record = this.#take();
      if (record === undefined) return;
      this.#publish(record);
    }
  }

  #take(): JournalRecord | undefined {
    if (this.#batch.length === 0) {
      try {
        this.#batch = this.#options.journal.query({ after: this.#read, limit: batch });
      } catch (error) {
        this.#fail(error);
      }
    }
    const [record, ...rest] = this.#batch;
    if (record === undefined) return undefined;
    this.#batch = rest;
    this.#read = record.seq;
    return record;
  }

  #publish(record: JournalRecord): void {
    const sent: Sent = { seq: record.seq, confirmed: false };
    const generation = this.#generation;
    this.#sent.push(sent);
    this.#options.link.publish(eventMessage(record, this.#cut.has(record.seq))).then(
      () => {
        if (generation === this.#generation) this.#confirm(sent);
      },
      (error: unknown) => {
        if (generation !== this.#generation) return;
        if (this.#mayCut(record.seq, error)) this.#begin();
        else this.#fail(error);
      },
    );
  }

  #mayCut(seq: number, error: unknown): boolean {
    if (!(error instanceof LinkFault) || error.code !== "tooLarge" || this.#cut.has(seq)) return false;
    this.#cut.add(seq);
    return true;
  }

  /** Again from the first that is not confirmed. */
  #begin(): void {
    this.halt();
    this.resume();
  }

  #confirm(sent: Sent): void {
    sent.confirmed = true;
    this.#cut.delete(sent.seq);
    this.#careful = false;
    while (this.#sent[0]?.confirmed === true) {
      this.#confirmed = this.#sent[0].seq;
      this.#sent.shift();
    }
    // Written a window at a time: a crash repeats at most that many, each with its same number.
    if (this.#sent.length === 0 || this.#confirmed - this.#written >= this.#options.window)
      this.#writeCursor();
    if (this.#halted) return;
    this.#options.onDelivered();
    this.send();
  }

  #writeCursor(): void {
    if (this.#confirmed <= this.#written) return;
    try {
      this.#options.cursor.advance(this.#confirmed);
      this.#written = this.#confirmed;
    } catch (error) {
      // It may lag: the next confirmation tries again. Only a bug is anything else than a storage fault.
      if (!(error instanceof StorageFault)) throw error;
      this.#options.onFault(error);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof LinkFault) && !(error instanceof StorageFault)) throw error;
    this.#careful = error instanceof LinkFault && (error.code === "refused" || error.code === "tooLarge");
    this.halt();
    this.#options.onFault(error);
  }
}

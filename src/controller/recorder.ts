import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { type Journal, type JournalEntry, type JournalRecord, StorageFault } from "../ports/journal.ts";

/** Entries kept in memory while the disk refuses them; beyond, the oldest are counted instead. */
const mostBacklog = 10_000;
/** The most the journal takes at once. */
const largestBatch = 500;
const retryInterval: Milliseconds = 1000;

export interface RecorderListener {
  /** In order, once durable. */
  onRecord(record: JournalRecord): void;
  onStorage(state: "ok" | "failed", detail: string): void;
}

/**
 * The only way into the journal. What the disk refuses is kept and written when it takes it again, in order;
 * meanwhile whoever asks is told that nothing is durable, and no door opens.
 */
export class Recorder implements Disposable {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #listener: RecorderListener;
  #backlog: JournalEntry[] = [];
  #dropped = 0;
  #storage: "ok" | "failed" = "ok";
  #retry: Disposable | undefined;
  /** How long the last durable write took, for the figures. */
  #lastWrite: Milliseconds = 0;

  constructor(journal: Journal, clock: Clock, listener: RecorderListener) {
    this.#journal = journal;
    this.#clock = clock;
    this.#listener = listener;
  }

  get storage(): "ok" | "failed" {
    return this.#storage;
  }

  get lastWrite(): Milliseconds {
    return this.#lastWrite;
  }

  /** Writes all or nothing, durably; false where the disk refused, and then nothing of it is kept. */
  write(entries: readonly JournalEntry[]): boolean {
    if (entries.length === 0) return true;
    if (this.#backlog.length > 0 && !this.#writeBacklog()) return false;
    return this.#append(entries);
  }

  /** Like `write`, for facts that happened whether or not they can be written: they are kept until they are. */
  writeOrKeep(entries: readonly JournalEntry[]): void {
    if (this.write(entries)) return;
    this.#backlog.push(...entries);
    this.#dropped += Math.max(0, this.#backlog.length - mostBacklog);
    this.#backlog = this.#backlog.slice(-mostBacklog);
  }

  [Symbol.dispose](): void {
    this.#retry?.[Symbol.dispose]();
  }

  #append(entries: readonly JournalEntry[]): boolean {
    const started = this.#clock.now();
    let records: readonly JournalRecord[];
    try {
      records = this.#journal.append(entries);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.#failed(error.message);
      return false;
    }
    this.#lastWrite = this.#clock.now() - started;
    this.#worked();
    for (const record of records) this.#listener.onRecord(record);
    return true;
  }

  #writeBacklog(): boolean {
    while (this.#backlog.length > 0) {
      const batch = this.#backlog.slice(0, largestBatch);
      if (!this.#append(this.#dropped > 0 ? [this.#dropNote(), ...batch] : batch)) return false;
      this.#dropped = 0;
      this.#backlog = this.#backlog.slice(batch.length);
    }
    return true;
  }

  #dropNote(): JournalEntry {
    return {
      type: "RecordsDropped",
      at: this.#clock.now(),
      payload: { count: this.#dropped, reason: "storageFault" },
    };
  }

  #failed(detail: string): void {
    const first = this.#storage === "ok";
    this.#storage = "failed";
    this.#retry?.[Symbol.dispose]();
    this.#retry = this.#clock.wakeAt(after(this.#clock.now(), retryInterval), () => this.#tryAgain());
    if (first) this.#listener.onStorage("failed", detail);
  }

  #tryAgain(): void {
    if (this.#storage === "ok") return;
    if (this.#backlog.length > 0) this.#writeBacklog();
    else this.#append([{ type: "StorageTried", at: this.#clock.now(), payload: {} }]);
  }

  #worked(): void {
    if (this.#storage === "ok") return;
    this.#storage = "ok";
    this.#retry?.[Symbol.dispose]();
    this.#listener.onStorage("ok", "");
  }
}

import { canonicalJson } from "../domain/journal/canonical-json.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { type Journal, type JournalEntry, type JournalRecord, StorageFault } from "../ports/journal.ts";
import { recordsBetween } from "./journal-reading.ts";

/** Entries kept in memory while the disk refuses them; beyond, the oldest are counted instead. */
const mostBacklog = 10_000;
/** The most the journal takes at once. */
const largestBatch = 500;
const retryInterval: Milliseconds = 1000;

export interface RecorderListener {
  /** In order, once durable. */
  onRecord(record: JournalRecord): void;
  /** `ok`: everything that was kept is durable now. */
  onStorage(state: "ok" | "failed", detail: string): void;
}

/**
 * The only way into the journal. What the disk refuses is kept and written when it takes it again, in order and
 * once; meanwhile whoever asks is told that nothing is durable, and no door opens.
 */
export class Recorder implements Disposable {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #listener: RecorderListener;
  #backlog: JournalEntry[] = [];
  #dropped = 0;
  #storage: "ok" | "failed" = "ok";
  /** What stands behind this record was refused, and may have reached the disk all the same. */
  #doubtfulAfter: number | undefined;
  #retry: Disposable | undefined;
  #closed = false;

  constructor(journal: Journal, clock: Clock, listener: RecorderListener) {
    this.#journal = journal;
    this.#clock = clock;
    this.#listener = listener;
  }

  get storage(): "ok" | "failed" {
    return this.#storage;
  }

  /** Writes all or nothing, durably; false where the disk refused, and then nothing of it is kept. */
  write(entries: readonly JournalEntry[]): boolean {
    if (entries.length === 0) return true;
    if (this.#closed || !this.#catchUp()) return false;
    const records = this.#try(() => this.#journal.append(entries));
    this.#tell(records ?? []);
    return records !== undefined;
  }

  /** Like `write`, for facts that happened whether or not they can be written: they are kept until they are. */
  writeOrKeep(entries: readonly JournalEntry[]): void {
    // A disk that refuses is asked once a second, not for every fact: a flood of them must not hold up the loop.
    if (this.#storage === "ok" && this.write(entries)) return;
    this.#backlog.push(...entries);
    const surplus = Math.max(0, this.#backlog.length - mostBacklog);
    this.#dropped += surplus;
    this.#backlog.splice(0, surplus);
  }

  /** Takes nothing more: what happens from now on is for the next controller to record. */
  [Symbol.dispose](): void {
    this.#closed = true;
    this.#retry?.[Symbol.dispose]();
  }

  /** After a fault: whether the disk has taken a probe, and behind it all that was kept. */
  #catchUp(): boolean {
    if (this.#storage === "ok") return true;
    const probe: JournalEntry = { type: "StorageTried", at: this.#clock.now(), payload: {} };
    const written = this.#try(() => {
      const records = this.#journal.append([probe]);
      return [...this.#turnedUp(records), ...records];
    });
    if (written === undefined) return false;
    this.#doubtfulAfter = undefined;
    this.#backlog = withoutThoseIn(written, this.#backlog);
    this.#tell(written);
    return this.#writeBacklog();
  }

  /** What was refused since the fault and is there all the same; the journal knows once it has written again. */
  #turnedUp([probe]: readonly JournalRecord[]): readonly JournalRecord[] {
    if (this.#doubtfulAfter === undefined || probe === undefined) return [];
    return recordsBetween(this.#journal, this.#doubtfulAfter, probe.seq);
  }

  #writeBacklog(): boolean {
    while (this.#backlog.length > 0) {
      const batch = this.#backlog.slice(0, largestBatch);
      const entries = this.#dropped > 0 ? [this.#dropNote(), ...batch] : batch;
      const records = this.#try(() => this.#journal.append(entries));
      if (records === undefined) return false;
      this.#dropped = 0;
      // Before anybody is told, who may have something to record in turn.
      this.#backlog.splice(0, batch.length);
      this.#tell(records);
    }
    this.#worked();
    return true;
  }

  #dropNote(): JournalEntry {
    return {
      type: "RecordsDropped",
      at: this.#clock.now(),
      payload: { count: this.#dropped, reason: "storageFault" },
    };
  }

  /** Undefined where the disk refused. */
  #try(append: () => readonly JournalRecord[]): readonly JournalRecord[] | undefined {
    const before = this.#journal.last();
    try {
      return append();
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      this.#doubtfulAfter ??= before;
      this.#failed(error.message);
      return undefined;
    }
  }

  #tell(records: readonly JournalRecord[]): void {
    for (const record of records) this.#listener.onRecord(record);
  }

  #failed(detail: string): void {
    const first = this.#storage === "ok";
    this.#storage = "failed";
    this.#retry?.[Symbol.dispose]();
    this.#retry = this.#clock.wakeAt(after(this.#clock.now(), retryInterval), () => void this.#catchUp());
    if (first) this.#listener.onStorage("failed", detail);
  }

  #worked(): void {
    if (this.#storage === "ok") return;
    this.#storage = "ok";
    this.#retry?.[Symbol.dispose]();
    this.#listener.onStorage("ok", "");
  }
}

/**
 * The entries that none of the records is; of several alike as many as are not among them. What was decided again,
 * without storage, may begin with a record that is there: the decision's input goes on to the next of its records.
 */
function withoutThoseIn(records: readonly JournalRecord[], entries: readonly JournalEntry[]): JournalEntry[] {
  const found = new Map<string, string[]>();
  for (const record of records) {
    const content = contentOf(record);
    found.set(content, [...(found.get(content) ?? []), inputOf(record)]);
  }
  let homeless: JournalEntry["input"];
  return entries.flatMap((entry) => {
    const input = found.get(contentOf(entry))?.shift();
    if (input !== undefined) {
      homeless = input === inputOf(entry) ? undefined : entry.input;
      return [];
    }
    const whole = homeless === undefined ? entry : { ...entry, input: { ...homeless, ...entry.input } };
    homeless = undefined;
    return [whole];
  });
}

const contentOf = ({ type, at, payload }: JournalEntry): string => `${type} ${at} ${canonicalJson(payload)}`;
const inputOf = ({ input = {} }: JournalEntry): string => canonicalJson(input);

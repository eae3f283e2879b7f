import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import type { AlarmInput } from "../domain/alarm/life-cycle.ts";
import type { WallTime } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { type JournalEntry, type JsonObject, StorageFault } from "../ports/journal.ts";
import { type AlarmDesk, normal } from "./alarm-desk.ts";
import { alarmEntries } from "./alarm-records.ts";
import { countedFrom } from "./alarm-recount.ts";
import type { Recorder } from "./recorder.ts";

/** Writes what happened together with what it means for the alarms, in one batch, and only then lets it be seen. */
export class Chronicle {
  readonly #recorder: Recorder;
  readonly #alarms: AlarmDesk;
  readonly #clock: Clock;

  constructor(recorder: Recorder, alarms: AlarmDesk, clock: Clock) {
    this.#recorder = recorder;
    this.#alarms = alarms;
    this.#clock = clock;
  }

  /** Whether what is noted is durable at once. */
  get storage(): Recorder["storage"] {
    return this.#recorder.storage;
  }

  entry(type: string, payload: JsonObject): JournalEntry {
    return { type, at: this.#clock.now(), payload };
  }

  /** Facts that happened whether or not they can be written: what the disk refuses is kept until it can be. */
  keep(entries: readonly JournalEntry[], conditions: readonly Condition[] = []): void {
    const alarms = this.#alarms.plan(conditions, countedFrom(entries));
    this.#recorder.writeOrKeep([...entries, ...alarmEntries(alarms)]);
    this.#alarms.apply(alarms);
  }

  note(type: string, payload: JsonObject): void {
    this.keep([this.entry(type, payload)]);
  }

  /** For what may only happen with a durable record; false where the disk refused, and then nothing has happened. */
  keepDurably(entries: readonly JournalEntry[], conditions: readonly Condition[] = []): boolean {
    const alarms = this.#alarms.plan(conditions, countedFrom(entries));
    if (!this.#recorder.write([...entries, ...alarmEntries(alarms)])) return false;
    this.#alarms.apply(alarms);
    return true;
  }

  /** What an operator does counts only once it is recorded. */
  require(entries: readonly JournalEntry[]): void {
    if (!this.#recorder.write(entries))
      throw new StorageFault("the record cannot be written: nothing was done");
  }

  addEvidence(entry: JournalEntry, input: Extract<AlarmInput, { readonly type: "EvidenceAdded" }>): void {
    const events = this.#alarms.decide(input);
    this.#recorder.writeOrKeep([entry, ...alarmEntries(events)]);
    this.#alarms.apply(events);
  }

  /** What time does to alarms. */
  alarmsMeet(input: Extract<AlarmInput, { readonly type: "TimePassed" | "Closing" }>): void {
    const events = this.#alarms.decide(input);
    this.#recorder.writeOrKeep(alarmEntries(events));
    this.#alarms.apply(events);
  }

  /** The alarm as it is afterwards; undefined where none of that id is open, or the order is refused. */
  alarmOrdered(order: AlarmOrder): AlarmRecord | undefined {
    const before = this.#alarms.find(order.id);
    // An order names its alarm and who gives it; when, is now.
    const input = { ...order, at: this.#clock.now(), wall: this.#clock.wall() } as AlarmInput;
    const events = this.#alarms.decide(input);
    this.require(alarmEntries(events));
    this.#alarms.apply(events);
    return this.#alarms.find(order.id) ?? normal(before, events);
  }
}

/** What somebody does with an alarm. */
export type AlarmOrder = { readonly id: AlarmId; readonly by: string } & (
  | { readonly type: "Acknowledged"; readonly comment: string }
  | { readonly type: "Shelved"; readonly until: WallTime; readonly reason: string }
  | { readonly type: "Unshelved" }
  | { readonly type: "Commented"; readonly text: string }
);

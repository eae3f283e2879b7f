import type { AlarmId, AlarmRecord } from "../../domain/alarm/alarm.ts";
import type { ShelvingFault } from "../../domain/alarm/kinds.ts";
import type { Milliseconds, WallTime } from "../../domain/time.ts";
import type { JournalRecord } from "../journal.ts";

/** What operators do with alarms beside acknowledging them. Each counts only once it is on record. */
export interface AlarmServices {
  readonly longestShelving: Milliseconds;
  shelve(alarm: AlarmId, operator: string, until: WallTime, reason: string): Promise<ShelvingOutcome>;
  /** `undefined` where no such alarm is open. */
  unshelve(alarm: AlarmId, operator: string): Promise<AlarmRecord | undefined>;
  /** `undefined` where no such alarm is open. One that has `mostComments` stays as it is. */
  comment(alarm: AlarmId, operator: string, text: string): Promise<AlarmRecord | undefined>;
  /** What is on record of it, newest first, also from before it was last normal; `place` of it as a search. */
  history(alarm: AlarmRecord): readonly JournalRecord[];
  /** Why it was raised last; undefined where no record of anybody says so. */
  cause(alarm: AlarmRecord): AlarmCause | undefined;
}

/** Who is behind an alarm, as the journal has it. */
export interface AlarmCause {
  readonly record: JournalRecord;
  /** SHA-256 of the pictures of the same passage, that of the record first. */
  readonly evidence: readonly string[];
}

export type ShelvingOutcome =
  | { readonly is: "shelved"; readonly alarm: AlarmRecord }
  | { readonly is: "refused"; readonly fault: ShelvingFault | "notOpen" };

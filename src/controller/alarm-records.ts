import type { Condition } from "../domain/alarm/conditions.ts";
import type { ConditionInput } from "../domain/alarm/event.ts";
import { type AlarmEvent, isRecorded } from "../domain/alarm/life-cycle.ts";
import type { JournalEntry } from "../ports/journal.ts";
import { alarmEntry } from "./entries.ts";

/** What of the alarms' events goes into the journal. */
export const alarmEntries = (events: readonly AlarmEvent[]): readonly JournalEntry[] =>
  events.filter(isRecorded).map(alarmEntry);

/** A condition as what reaches the alarms. */
export function conditionInput(
  { is, alarm, place, detail, evidence = [] }: Condition,
  now: Pick<ConditionInput, "at" | "wall">,
): ConditionInput {
  switch (is) {
    case "seen":
      return { type: "ConditionSeen", ...now, alarm, place, detail, evidence };
    case "pulsed":
      return { type: "ConditionPulsed", ...now, alarm, place, detail, evidence };
    case "gone":
      return { type: "ConditionGone", ...now, alarm, place };
  }
}

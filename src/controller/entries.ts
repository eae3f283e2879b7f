import type { AlarmEvent } from "../domain/alarm/life-cycle.ts";
import type { JournalEntry, JsonObject, JsonValue } from "../ports/journal.ts";

/** Alarms as they stand in the journal; what happened at the doors: `ports/recorded-events.ts`. */

export function alarmEntry(event: AlarmEvent): JournalEntry {
  const { type, at, ...facts } = event;
  if (!("place" in facts)) return { type, at, payload: facts };
  const { place, ...rest } = facts;
  return { type, at, payload: { ...rest, ...withoutUndefined({ ...place }) } };
}

function withoutUndefined(object: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

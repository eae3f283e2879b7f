import type { AccessEvent } from "../domain/access/access.ts";
import { type Condition, conditionsOfAccess, conditionsOfInterlock } from "../domain/alarm/conditions.ts";
import type { AlarmEvent } from "../domain/alarm/life-cycle.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import type { JournalEntry, JournalRecord, JsonObject, JsonValue } from "./journal.ts";

/** The record of an alarm's event, as the event it was. */
export function alarmEventOf({ type, at, payload }: JournalRecord): AlarmEvent {
  const { vestibule, door, accessPoint, camera, ...facts } = payload;
  const place = { vestibule, door, accessPoint, camera };
  const present = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  // Our own records, whose chain is verified; a foreign one would not get past that.
  return { type, at, ...facts, place: present } as unknown as AlarmEvent;
}

/** What a fact on record means for the alarms: the same as when it happened. */
export function conditionsOfEntry({ type, at, payload }: JournalEntry): readonly Condition[] {
  const { vestibule } = payload;
  if (typeof vestibule !== "string") return [];
  // Our own records: each conditions' function knows its types only.
  const event = { type, at, ...payload };
  return [
    ...(conditionsOfInterlock(vestibule, event as unknown as InterlockEvent) ?? []),
    ...(conditionsOfAccess(withFace(event) as unknown as AccessEvent) ?? []),
  ];
}

/** The deciding picture stands beside the figures in a record, and among them in an event. */
function withFace<Event extends JournalEntry["payload"]>(event: Event) {
  const { face = null, evidence = null } = event;
  return isObject(face) ? { ...event, face: { ...face, evidence } } : { ...event, face: null };
}

const isObject = (value: JsonValue): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

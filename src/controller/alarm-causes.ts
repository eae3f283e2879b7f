import type { AlarmRecord, AlarmType } from "../domain/alarm/alarm.ts";
import { evidenceNamedBy } from "../domain/evidence/named-evidence.ts";
import { type AccessPointName, doorOf } from "../domain/names.ts";
import { type WallTime, wallTime } from "../domain/time.ts";
import type { Journal, JournalRecord } from "../ports/journal.ts";
import type { AlarmCause } from "../ports/services/alarm-services.ts";

/** The records that name who is behind an alarm; of one that is not here nobody knows who it was. */
const causes: Partial<Readonly<Record<AlarmType, readonly string[]>>> = {
  Duress: ["DuressSignalled"],
  PresentationAttack: ["AccessDenied"],
  LostCardUsed: ["AccessDenied", "AccessWithdrawn"],
  UnknownCard: ["AccessDenied"],
  RepeatedDenials: ["AccessDenied", "CardLockedOut", "RepeatedDenials"],
  Tailgating: ["TailgatingFound"],
  // Whoever went through last: who else could have left it open, or be between the doors.
  DoorHeldOpen: ["AccessGranted"],
  PersonDetained: ["AccessGranted"],
};

const reasons: Partial<Readonly<Record<AlarmType, string>>> = {
  PresentationAttack: "notLive",
  LostCardUsed: "lostCredential",
  UnknownCard: "unknownCredential",
};

/** Looked at until one fits. */
const most = 50;
/** What belongs to one passage is not further from its decision. Milliseconds. */
const passageSpan = 120_000;

/** Why an alarm was raised last: the record that says so, and the pictures of the same passage. */
export function causeOf(journal: Pick<Journal, "query">, alarm: AlarmRecord): AlarmCause | undefined {
  const types = causes[alarm.type];
  const { vestibule, door, accessPoint } = alarm.place;
  if (types === undefined || vestibule === undefined) return undefined;
  const reason = reasons[alarm.type];
  const here = { vestibule, ...(accessPoint === undefined ? {} : { accessPoint }) };
  const query = { ...here, limit: most, newestFirst: true } as const;
  const record = journal
    .query({ ...query, types, to: raisedAt(journal, alarm), ...(reason === undefined ? {} : { reason }) })
    .find(({ payload }) => door === undefined || isThrough(door, payload["accessPoint"]));
  if (record === undefined) return undefined;
  return { record, evidence: [...new Set(passageOf(journal, record).flatMap(named))] };
}

/** The last time that it was told, for the alarm goes on while others pass. */
function raisedAt(journal: Pick<Journal, "query">, { id, since, place }: AlarmRecord): WallTime {
  const { vestibule } = place;
  const told = journal
    .query({
      ...{ types: ["AlarmRaised", "AlarmRepeated"], limit: most, newestFirst: true },
      ...(vestibule === undefined ? {} : { vestibule }),
    })
    .find(({ payload }) => payload["id"] === id);
  return told?.wall ?? since;
}

const isThrough = (door: string, accessPoint: unknown): boolean =>
  typeof accessPoint === "string" && doorOf(accessPoint as AccessPointName) === door; // as it was recorded

/** The record itself, and the others of the same person's passage. */
function passageOf(journal: Pick<Journal, "query">, record: JournalRecord): readonly JournalRecord[] {
  const { vestibule, accessPoint, passage } = record.payload;
  if (typeof vestibule !== "string" || typeof accessPoint !== "string" || typeof passage !== "string")
    return [record];
  const [from, to] = [wallTime(record.wall - passageSpan), wallTime(record.wall + passageSpan)];
  const near = journal.query({ vestibule, accessPoint, from, to, limit: most * 4, newestFirst: true });
  return [record, ...near.filter((one) => one.payload["passage"] === passage && one.seq !== record.seq)];
}

const named = ({ type, payload }: JournalRecord): readonly string[] => evidenceNamedBy(type, payload);

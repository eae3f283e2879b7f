import type { Milliseconds, WallTime } from "../time.ts";
import type { AlarmId, AlarmPlace, AlarmPriority, AlarmRecord, AlarmType } from "./alarm.ts";

export const priorityOf: Readonly<Record<AlarmType, AlarmPriority>> = {
  Duress: "critical",
  InterlockViolated: "critical",
  EmergencyRelease: "critical",
  EmergencyOverride: "critical",
  DoorForcedOpen: "critical",
  ControllerLost: "critical",
  StorageFault: "critical",
  AuditBroken: "critical",
  Tampered: "high",
  PersonDetained: "high",
  DoorHeldOpen: "high",
  LockFault: "high",
  ContactFault: "high",
  LostCardUsed: "high",
  Tailgating: "high",
  PresentationAttack: "high",
  VisionLost: "high",
  CameraCovered: "high",
  CameraFrozen: "high",
  BatteryLow: "high",
  CentreRequestsRefused: "high",
  RepeatedDenials: "medium",
  ReaderLost: "medium",
  ConfigurationChanged: "medium",
  MainsLost: "medium",
  CameraLost: "medium",
  BrokerLost: "medium",
  AlarmActionFailed: "medium",
  DiskNearlyFull: "medium",
  ClockStepped: "medium",
  ClockUnsynchronised: "medium",
  CameraClockDrift: "low",
  BackupOverdue: "medium",
  JournalUnwitnessed: "medium",
  UnknownCard: "low",
};

const urgency: readonly AlarmPriority[] = ["critical", "high", "medium", "low"];

/** Below zero where `a` is the more urgent. */
export const byPriority = (a: AlarmPriority, b: AlarmPriority): number =>
  urgency.indexOf(a) - urgency.indexOf(b);

/** Only somebody who wrote down why ends these (domain.md §5). */
const commentRequired: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "Duress",
  "InterlockViolated",
  "EmergencyRelease",
  "Tampered",
]);
export const needsComment = (alarm: string): boolean => (commentRequired as ReadonlySet<string>).has(alarm);

/** What no sensor sees end: whoever acknowledges has seen to it, and it is over. */
const endedByAcknowledgement: ReadonlySet<AlarmType> = new Set<AlarmType>(["Duress"]);
export const endsWithAcknowledgement = (alarm: AlarmType): boolean => endedByAcknowledgement.has(alarm);

/** Each is a person's deed or need of its own; that it happened before is no reason to hear of it later. */
const toldEachTime: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "Duress",
  "EmergencyRelease",
  "EmergencyOverride",
  "PersonDetained",
]);
export const isToldEachTime = (alarm: AlarmType): boolean => toldEachTime.has(alarm);

/** Beside all that is critical: a person in need, or somebody at work against the doors. */
const notSilenced: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "Tampered",
  "PersonDetained",
  "LostCardUsed",
  "PresentationAttack",
  "Tailgating",
  "CentreRequestsRefused",
]);

/** Whether it may be shelved at all; what troubles equipment may, what endangers people, doors or record may not. */
export const isShelvable = ({ type, priority }: Pick<AlarmRecord, "type" | "priority">): boolean =>
  priority !== "critical" && priorityOf[type] !== "critical" && !notSilenced.has(type);

export interface AlarmPolicy {
  /** The longest for which an alarm may be shelved at a time. */
  readonly longestShelving: Milliseconds;
}

export const presetAlarmPolicy: AlarmPolicy = { longestShelving: 8 * 3_600_000 };

export type ShelvingFault = "notShelvable" | "noReason" | "past" | "tooLong";

/** Why `alarm` may not be shelved so; undefined where it may. */
export function shelvingFault(
  alarm: Pick<AlarmRecord, "type" | "priority">,
  order: { readonly wall: WallTime; readonly until: WallTime; readonly reason: string },
  policy: AlarmPolicy,
): ShelvingFault | undefined {
  if (!isShelvable(alarm)) return "notShelvable";
  if (order.reason.trim() === "") return "noReason";
  if (order.until <= order.wall) return "past";
  return order.until - order.wall > policy.longestShelving ? "tooLong" : undefined;
}

/** Comments kept with one open alarm; somebody who writes more is told so. */
export const mostComments = 100;

/** The place and the type; what happens there again is the same alarm. */
export function alarmIdOf(alarm: AlarmType, { vestibule, door, accessPoint, camera }: AlarmPlace): AlarmId {
  const place = [vestibule, door ?? accessPoint, camera].filter((part) => part !== undefined);
  return [...(place.length === 0 ? ["site"] : place), alarm].join(".");
}

/** By priority, then those nobody has acknowledged, then the newest; what is shelved comes after all of them. */
export function byUrgency(a: Sortable, b: Sortable): number {
  return (
    Number(a.shelved !== null) - Number(b.shelved !== null) ||
    byPriority(a.priority, b.priority) ||
    Number(isAcknowledged(a)) - Number(isAcknowledged(b)) ||
    compare(b.since, a.since) ||
    compare(a.id, b.id)
  );
}

/** As the domain has it, or as the API shows it, with ISO 8601 times. */
export interface Sortable extends Pick<AlarmRecord, "id" | "priority" | "phase"> {
  readonly since: number | string;
  readonly shelved: object | null;
}

const isAcknowledged = ({ phase }: Sortable): boolean =>
  phase === "active-acknowledged" || phase === "normal";

const compare = <T extends number | string>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

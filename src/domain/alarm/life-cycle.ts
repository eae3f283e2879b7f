import type { Instant, WallTime } from "../time.ts";
import type { AlarmId, AlarmPlace, AlarmPriority, AlarmRecord, AlarmType } from "./alarm.ts";

/** What reaches the alarms. `pulse` is a condition that is over as soon as it was seen. */
export type AlarmInput =
  | {
      readonly type: "ConditionSeen" | "ConditionPulsed";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
      readonly detail: string | null;
      readonly evidence: readonly string[];
    }
  | {
      readonly type: "ConditionGone";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
    }
  | {
      readonly type: "EvidenceAdded";
      readonly at: Instant;
      readonly alarm: AlarmType;
      readonly place: AlarmPlace;
      readonly evidence: string;
    }
  | {
      readonly type: "Acknowledged";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly id: AlarmId;
      readonly by: string;
      readonly comment: string;
    };

export type AlarmEvent =
  | {
      readonly type: "AlarmRaised";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly id: AlarmId;
      readonly alarm: AlarmType;
      readonly priority: AlarmPriority;
      readonly place: AlarmPlace;
      readonly count: number;
      readonly detail: string | null;
      readonly evidence: readonly string[];
    }
  | ({ readonly type: "AlarmReturned"; readonly at: Instant } & WhichAlarm)
  | ({ readonly type: "AlarmEvidenceAdded"; readonly at: Instant; readonly evidence: string } & WhichAlarm)
  | ({
      readonly type: "AlarmAcknowledged";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly by: string;
      readonly comment: string;
    } & WhichAlarm);

/** Type and place stand beside the id, so that whoever follows one door pair's events sees its alarms end. */
interface WhichAlarm {
  readonly id: AlarmId;
  readonly alarm: AlarmType;
  readonly place: AlarmPlace;
}

export type AlarmState = Readonly<Record<AlarmId, AlarmRecord>>;
export const noAlarms: AlarmState = {};

/** Pictures kept with one alarm; older ones stay in the journal. */
const mostEvidence = 16;

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
  RepeatedDenials: "medium",
  ReaderLost: "medium",
  ConfigurationChanged: "medium",
  MainsLost: "medium",
  CameraLost: "medium",
  BrokerLost: "medium",
  DiskNearlyFull: "medium",
  ClockStepped: "medium",
  UnknownCard: "low",
};

/** Only somebody who wrote down why ends these (domain.md §5). */
const commentRequired: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "Duress",
  "InterlockViolated",
  "EmergencyRelease",
  "Tampered",
]);
export const needsComment = (alarm: AlarmType): boolean => commentRequired.has(alarm);

/** What no sensor sees end: whoever acknowledges has seen to it, and it is over. */
const endedByAcknowledgement: ReadonlySet<AlarmType> = new Set<AlarmType>(["Duress"]);

/** The place and the type; what happens there again is the same alarm. */
export function alarmIdOf(alarm: AlarmType, { vestibule, door, accessPoint, camera }: AlarmPlace): AlarmId {
  const place = [vestibule, door ?? accessPoint, camera].filter((part) => part !== undefined);
  return [...(place.length === 0 ? ["site"] : place), alarm].join(".");
}

export function decide(state: AlarmState, input: AlarmInput): readonly AlarmEvent[] {
  switch (input.type) {
    case "ConditionSeen":
      return [raised(state, input)];
    case "ConditionPulsed": {
      const event = raised(state, input);
      const { id, alarm, place } = event;
      return [event, { type: "AlarmReturned", at: input.at, id, alarm, place }];
    }
    case "ConditionGone": {
      const { at, alarm, place } = input;
      const id = alarmIdOf(alarm, place);
      const active = state[id]?.phase.startsWith("active") ?? false;
      return active ? [{ type: "AlarmReturned", at, id, alarm, place }] : [];
    }
    case "EvidenceAdded": {
      const { at, alarm, place, evidence } = input;
      const id = alarmIdOf(alarm, place);
      return state[id] === undefined ? [] : [{ type: "AlarmEvidenceAdded", at, id, alarm, place, evidence }];
    }
    case "Acknowledged":
      return onAcknowledged(state, input);
  }
}

function raised(
  state: AlarmState,
  {
    at,
    wall,
    alarm,
    place,
    detail,
    evidence,
  }: Extract<AlarmInput, { readonly type: "ConditionSeen" | "ConditionPulsed" }>,
): Extract<AlarmEvent, { readonly type: "AlarmRaised" }> {
  const id = alarmIdOf(alarm, place);
  const count = (state[id]?.count ?? 0) + 1;
  return {
    type: "AlarmRaised",
    at,
    wall,
    id,
    alarm,
    priority: priorityOf[alarm],
    place,
    count,
    detail,
    evidence,
  };
}

function onAcknowledged(
  state: AlarmState,
  { at, wall, id, by, comment }: Extract<AlarmInput, { readonly type: "Acknowledged" }>,
): readonly AlarmEvent[] {
  const alarm = state[id];
  if (alarm === undefined || alarm.phase === "active-acknowledged") return [];
  if (needsComment(alarm.type) && comment.trim() === "") return [];
  const which = { id, alarm: alarm.type, place: alarm.place };
  const acknowledged: AlarmEvent = { type: "AlarmAcknowledged", at, wall, ...which, by, comment };
  const over = endedByAcknowledgement.has(alarm.type) && alarm.phase === "active-unacknowledged";
  return over ? [acknowledged, { type: "AlarmReturned", at, ...which }] : [acknowledged];
}

/** Alarms that are back to normal are no longer in the state. */
export function evolve(state: AlarmState, event: AlarmEvent): AlarmState {
  const before = state[event.id];
  if (event.type === "AlarmRaised") return { ...state, [event.id]: recordOf(before, event) };
  if (before === undefined) return state;
  switch (event.type) {
    case "AlarmReturned":
      return before.phase === "active-acknowledged"
        ? without(state, event.id)
        : { ...state, [event.id]: { ...before, phase: "returned-unacknowledged" } };
    case "AlarmEvidenceAdded":
      return {
        ...state,
        [event.id]: { ...before, evidence: [...before.evidence, event.evidence].slice(-mostEvidence) },
      };
    case "AlarmAcknowledged":
      return before.phase === "returned-unacknowledged"
        ? without(state, event.id)
        : {
            ...state,
            [event.id]: {
              ...before,
              phase: "active-acknowledged",
              acknowledged: { by: event.by, at: event.wall, comment: event.comment },
            },
          };
  }
}

function recordOf(
  before: AlarmRecord | undefined,
  event: Extract<AlarmEvent, { readonly type: "AlarmRaised" }>,
): AlarmRecord {
  return {
    id: event.id,
    type: event.alarm,
    priority: event.priority,
    place: event.place,
    // Seen again after somebody acknowledged it: that is news.
    phase: "active-unacknowledged",
    since: before?.since ?? event.wall,
    lastAt: event.at,
    count: event.count,
    evidence: [...(before?.evidence ?? []), ...event.evidence].slice(-mostEvidence),
    detail: event.detail,
    acknowledged: null,
  };
}

function without(state: AlarmState, id: AlarmId): AlarmState {
  const { [id]: _normal, ...rest } = state;
  return rest;
}

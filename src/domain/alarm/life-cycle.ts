import { earliest, type Instant, instant, type Milliseconds, type WallTime } from "../time.ts";
import type { AlarmRecord } from "./alarm.ts";
import type {
  AlarmEvent,
  AlarmEventOf,
  AlarmInput,
  ConditionInput,
  UnshelvingCause,
  WhichAlarm,
} from "./event.ts";
import { type AlarmState, evolve, type OpenAlarm } from "./evolve.ts";
import {
  type AlarmPolicy,
  alarmIdOf,
  byPriority,
  endsWithAcknowledgement,
  isShelvable,
  isToldEachTime,
  mostComments,
  needsComment,
  presetAlarmPolicy,
  priorityOf,
  shelvingFault,
} from "./kinds.ts";
import { firstTelling, isBehind, isFlood, tellingDue, windowPast } from "./telling.ts";

export type { AlarmEvent, AlarmInput } from "./event.ts";
export { alarmEventTypes, isRecorded } from "./event.ts";
export { type AlarmState, evolve, noAlarms, recordOf } from "./evolve.ts";
export { alarmIdOf, needsComment, priorityOf } from "./kinds.ts";

export function decide(
  state: AlarmState,
  input: AlarmInput,
  policy: AlarmPolicy = presetAlarmPolicy,
): readonly AlarmEvent[] {
  switch (input.type) {
    case "ConditionSeen":
    case "ConditionPulsed":
      return onSeen(state, input);
    case "ConditionGone":
      return onGone(state, input);
    case "EvidenceAdded":
      return onEvidence(state, input);
    case "TimePassed":
      return Object.values(state).flatMap((alarm) => onTime(alarm, input));
    case "Closing":
      return Object.values(state).flatMap((alarm) => catchUp(alarm, input));
    case "Acknowledged":
    case "Shelved":
    case "Unshelved":
    case "Commented": {
      const alarm = state[input.id];
      return alarm === undefined ? [] : onOrder(alarm, input, policy);
    }
  }
}

/** When to be woken, if nothing else happens. */
export function deadline(state: AlarmState): Instant | undefined {
  return earliest(
    ...Object.values(state).flatMap((alarm) => [
      tellingDue(alarm.telling, isActive(alarm)),
      alarm.shelfEndsAt ?? undefined,
    ]),
  );
}

/** Whether it goes on, as far as is known. */
const isActive = ({ phase }: Pick<AlarmRecord, "phase">): boolean => phase.startsWith("active");
const isUnacknowledged = ({ phase }: AlarmRecord): boolean => phase.endsWith("-unacknowledged");
const whichOf = ({ id, type, place }: AlarmRecord): WhichAlarm => ({ id, alarm: type, place });

type SeenInput = Extract<ConditionInput, { readonly type: "ConditionSeen" | "ConditionPulsed" }>;

function onSeen(state: AlarmState, input: SeenInput): readonly AlarmEvent[] {
  const { at, wall, alarm, place, detail, evidence } = input;
  const id = alarmIdOf(alarm, place);
  const which = { id, alarm, place };
  const before = state[id];
  const priority = priorityOf[alarm];
  const isPulse = input.type === "ConditionPulsed";
  const down: readonly AlarmEvent[] =
    before === undefined || before.shelved === null || mayStayShelved(before, priority)
      ? []
      : [unshelved(before, input, "priority", null)];
  // That it begins is always told at once; that it was seen again while everybody knows of it can wait.
  if (before !== undefined && down.length === 0 && mayWait(before, input))
    return [{ type: "AlarmHeldBack", at, ...which, is: isPulse ? "pulsed" : "seen", detail, evidence }];
  const raised: AlarmEvent = {
    ...{ type: "AlarmRaised", at, wall, ...which, priority, count: (before?.count ?? 0) + 1, detail },
    evidence: [...(before?.telling.evidence ?? []), ...evidence],
  };
  if (!isPulse) return [...down, raised];
  const after = evolve(state, raised)[id]?.telling ?? firstTelling(at);
  return input.recorded === true && !isToldEachTime(alarm) && isFlood(after, at)
    ? [...down, raised, { type: "AlarmHeldBack", at, ...which, is: "gone", detail: null, evidence: [] }]
    : [...down, raised, { type: "AlarmReturned", at, ...which }];
}

const mayStayShelved = (before: AlarmRecord, priority: AlarmRecord["priority"]): boolean =>
  isShelvable({ type: before.type, priority }) && byPriority(priority, before.priority) >= 0;

/** What is held back must be told already to be active and unacknowledged, and be countable from the journal. */
const mayWait = (before: OpenAlarm, { at, alarm, recorded }: SeenInput): boolean =>
  recorded === true &&
  !isToldEachTime(alarm) &&
  isUnacknowledged(before) &&
  before.telling.active &&
  isFlood(before.telling, at);

function onGone(
  state: AlarmState,
  { at, alarm, place, recorded }: Extract<ConditionInput, { readonly type: "ConditionGone" }>,
): readonly AlarmEvent[] {
  const id = alarmIdOf(alarm, place);
  const before = state[id];
  if (before === undefined || !isActive(before)) return [];
  const waits = recorded === true && before.phase === "active-unacknowledged" && isFlood(before.telling, at);
  return waits && !isToldEachTime(alarm)
    ? [{ type: "AlarmHeldBack", at, id, alarm, place, is: "gone", detail: null, evidence: [] }]
    : [{ type: "AlarmReturned", at, id, alarm, place }];
}

function onEvidence(
  state: AlarmState,
  { at, alarm, place, evidence }: Extract<AlarmInput, { readonly type: "EvidenceAdded" }>,
): readonly AlarmEvent[] {
  const id = alarmIdOf(alarm, place);
  const before = state[id];
  if (before === undefined) return [];
  return !isToldEachTime(alarm) && isFlood(before.telling, at)
    ? [{ type: "AlarmHeldBack", at, id, alarm, place, is: "evidence", detail: null, evidence: [evidence] }]
    : [{ type: "AlarmEvidenceAdded", at, id, alarm, place, evidence }];
}

interface Moment {
  readonly at: Instant;
  readonly wall: WallTime;
}

function onTime(alarm: OpenAlarm, now: Moment): readonly AlarmEvent[] {
  const due = tellingDue(alarm.telling, isActive(alarm));
  const told = due !== undefined && due <= now.at ? catchUp(alarm, now) : [];
  const isShelfOver = alarm.shelfEndsAt !== null && alarm.shelfEndsAt <= now.at;
  return isShelfOver ? [...told, unshelved(alarm, now, "time", null)] : told;
}

/** What was held back, told. */
function catchUp(alarm: OpenAlarm, { at, wall }: Moment): readonly AlarmEvent[] {
  const { telling, priority, count } = alarm;
  if (!isBehind(telling, isActive(alarm))) return [];
  const which = whichOf(alarm);
  const { held, evidence } = telling;
  const detail = telling.detail ?? alarm.detail;
  const repeated: AlarmEventOf<"AlarmRepeated"> = {
    ...{ type: "AlarmRepeated", at, wall, ...which, priority, times: held, count, detail, evidence },
  };
  const added = evidence.map(
    (hash): AlarmEvent => ({ type: "AlarmEvidenceAdded", at, ...which, evidence: hash }),
  );
  const isReturnHeld = telling.active && !isActive(alarm);
  return [
    ...(held > 0 ? [repeated] : added),
    ...(isReturnHeld ? [{ type: "AlarmReturned", at, ...which } as const] : []),
  ];
}

type Order = Extract<AlarmInput, { readonly by: string }>;

function onOrder(alarm: OpenAlarm, order: Order, policy: AlarmPolicy): readonly AlarmEvent[] {
  const { at, wall, by } = order;
  const which = whichOf(alarm);
  switch (order.type) {
    case "Acknowledged":
      return onAcknowledged(alarm, order);
    case "Shelved": {
      const { until, reason } = order;
      if (alarm.phase === "normal" || shelvingFault(alarm, order, policy) !== undefined) return [];
      return [{ type: "AlarmShelved", at, wall, ...which, by, until, reason }];
    }
    case "Unshelved":
      return alarm.shelved === null ? [] : [unshelved(alarm, order, "operator", by)];
    case "Commented":
      if (order.text.trim() === "" || alarm.comments.length >= mostComments) return [];
      return [{ type: "AlarmCommented", at, wall, ...which, by, comment: order.text }];
  }
}

function onAcknowledged(
  alarm: OpenAlarm,
  { at, wall, by, comment }: Extract<AlarmInput, { readonly type: "Acknowledged" }>,
): readonly AlarmEvent[] {
  if (!isUnacknowledged(alarm)) return [];
  if (needsComment(alarm.type) && comment.trim() === "") return [];
  const which = whichOf(alarm);
  // Whoever acknowledges has seen all of it: what is still held back is told before.
  const told = catchUp(alarm, { at, wall });
  const acknowledged: AlarmEvent = { type: "AlarmAcknowledged", at, wall, ...which, by, comment };
  const over = endsWithAcknowledgement(alarm.type) && alarm.phase === "active-unacknowledged";
  return over ? [...told, acknowledged, { type: "AlarmReturned", at, ...which }] : [...told, acknowledged];
}

const unshelved = (
  alarm: OpenAlarm,
  { at, wall }: Moment,
  because: UnshelvingCause,
  by: string | null,
): AlarmEvent => ({ type: "AlarmUnshelved", at, wall, ...whichOf(alarm), because, by });

/** A condition whose fact is on record and which no event told: it had been held back when the controller ended. */
export function recount(state: AlarmState, input: ConditionInput): AlarmState {
  const { at, alarm, place } = input;
  const id = alarmIdOf(alarm, place);
  const before = state[id];
  if (before === undefined || !isUnacknowledged(before)) return state;
  const which = { type: "AlarmHeldBack", at, id, alarm, place } as const;
  if (input.type === "ConditionGone")
    return isActive(before) ? evolve(state, { ...which, is: "gone", detail: null, evidence: [] }) : state;
  const { detail, evidence } = input;
  const is = input.type === "ConditionPulsed" ? "pulsed" : "seen";
  return evolve(state, { ...which, is, detail, evidence });
}

/**
 * After a restart, and maybe in another boot: instants of before mean nothing any more. What was held back is due at
 * once, lest it wait for ever where restarts follow each other.
 */
export function resumed(state: AlarmState, now: Moment): AlarmState {
  return Object.fromEntries(
    Object.entries(state).map(([id, alarm]) => {
      const { shelved, telling } = alarm;
      const shelfEndsAt = shelved === null ? null : instant(now.at + shelfLeft(shelved, now.wall));
      return [id, { ...alarm, shelfEndsAt, telling: { ...telling, from: windowPast(now.at) } }];
    }),
  );
}

/** Never longer than it was shelved for, wherever the wall clock has been set meanwhile. */
const shelfLeft = ({ at, until }: NonNullable<AlarmRecord["shelved"]>, wall: WallTime): Milliseconds =>
  Math.min(Math.max(0, until - wall), until - at);

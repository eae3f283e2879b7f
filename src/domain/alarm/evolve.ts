import type { Instant } from "../time.ts";
import { after } from "../time.ts";
import type { AlarmId, AlarmRecord } from "./alarm.ts";
import type { AlarmEvent, AlarmEventOf } from "./event.ts";
import { mostComments } from "./kinds.ts";
import { caughtUp, firstTelling, type Telling, toldOf } from "./telling.ts";

/** An alarm, and what only this run of the controller needs to know of it. */
export interface OpenAlarm extends AlarmRecord {
  readonly telling: Telling;
  /** When it comes off its shelf. */
  readonly shelfEndsAt: Instant | null;
}

/** As everybody else sees it. */
export function recordOf(open: OpenAlarm): AlarmRecord {
  const { telling: _telling, shelfEndsAt: _shelfEndsAt, ...record } = open;
  return record;
}

export type AlarmState = Readonly<Record<AlarmId, OpenAlarm>>;
export const noAlarms: AlarmState = {};

/** Pictures kept with one alarm; older ones stay in the journal. */
const mostEvidence = 16;

/** Alarms that are back to normal are no longer in the state, but for shelved ones. */
export function evolve(state: AlarmState, event: AlarmEvent): AlarmState {
  const before = state[event.id];
  if (event.type === "AlarmRaised") return { ...state, [event.id]: raised(before, event) };
  if (before === undefined) return state;
  const now = changed(before, event);
  if (now === undefined) return without(state, event.id);
  return { ...state, [event.id]: now };
}

function raised(before: OpenAlarm | undefined, event: AlarmEventOf<"AlarmRaised">): OpenAlarm {
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
    evidence: joined(before?.evidence ?? [], event.evidence),
    detail: event.detail,
    acknowledged: null,
    shelved: before?.shelved ?? null,
    comments: before?.comments ?? [],
    telling: toldOf(before?.telling ?? firstTelling(event.at), event.at),
    shelfEndsAt: before?.shelfEndsAt ?? null,
  };
}

/** Undefined: it is back to normal. */
function changed(
  before: OpenAlarm,
  event: Exclude<AlarmEvent, { type: "AlarmRaised" }>,
): OpenAlarm | undefined {
  switch (event.type) {
    case "AlarmRepeated":
      return {
        ...before,
        lastAt: event.at,
        count: event.count,
        detail: event.detail,
        evidence: joined(before.evidence, event.evidence),
        telling: caughtUp(before.telling, event.at),
      };
    case "AlarmReturned":
      return returned({ ...before, telling: { ...before.telling, active: false } });
    case "AlarmEvidenceAdded":
      return withEvidence(before, event.evidence);
    case "AlarmAcknowledged":
      return acknowledged(before, event);
    case "AlarmShelved": {
      const { by, wall, until, reason, at } = event;
      // By the clock that nobody can set (A9): the wall clock's step makes it neither longer nor shorter.
      return { ...before, shelved: { by, at: wall, until, reason }, shelfEndsAt: after(at, until - wall) };
    }
    case "AlarmUnshelved":
      return before.phase === "normal" ? undefined : { ...before, shelved: null, shelfEndsAt: null };
    case "AlarmCommented": {
      const comment = { by: event.by, at: event.wall, text: event.comment };
      return { ...before, comments: [...before.comments, comment].slice(-mostComments) };
    }
    case "AlarmHeldBack":
      return heldBack(before, event);
  }
}

function returned(alarm: OpenAlarm): OpenAlarm | undefined {
  if (alarm.phase === "active-acknowledged") return backToNormal(alarm);
  return { ...alarm, phase: alarm.phase === "normal" ? "normal" : "returned-unacknowledged" };
}

function acknowledged(
  before: OpenAlarm,
  { by, wall, comment }: AlarmEventOf<"AlarmAcknowledged">,
): OpenAlarm | undefined {
  const alarm = { ...before, acknowledged: { by, at: wall, comment } };
  if (before.phase === "returned-unacknowledged") return backToNormal(alarm);
  return { ...alarm, phase: "active-acknowledged" };
}

/** What is shelved stays: were it forgotten, its next time would demand attention again. */
const backToNormal = (alarm: OpenAlarm): OpenAlarm | undefined =>
  alarm.shelved === null ? undefined : { ...alarm, phase: "normal" };

function heldBack(before: OpenAlarm, event: AlarmEventOf<"AlarmHeldBack">): OpenAlarm {
  const telling = {
    ...before.telling,
    evidence: joined(before.telling.evidence, event.evidence),
    detail: event.detail ?? before.telling.detail,
  };
  const alarm = { ...before, evidence: joined(before.evidence, event.evidence), telling };
  switch (event.is) {
    case "gone":
      return { ...alarm, phase: "returned-unacknowledged" };
    case "evidence":
      return alarm;
    case "seen":
    case "pulsed":
      return {
        ...alarm,
        phase: event.is === "seen" ? "active-unacknowledged" : "returned-unacknowledged",
        acknowledged: null,
        lastAt: event.at,
        count: before.count + 1,
        detail: event.detail,
        telling: { ...telling, held: telling.held + 1 },
      };
  }
}

/** One that comes twice, held back and then told, is there once. */
const joined = (kept: readonly string[], more: readonly string[]): readonly string[] =>
  [...kept.filter((hash) => !more.includes(hash)), ...new Set(more)].slice(-mostEvidence);

const withEvidence = (alarm: OpenAlarm, evidence: string): OpenAlarm => ({
  ...alarm,
  evidence: joined(alarm.evidence, [evidence]),
  telling: { ...alarm.telling, evidence: alarm.telling.evidence.filter((hash) => hash !== evidence) },
});

function without(state: AlarmState, id: AlarmId): AlarmState {
  const { [id]: _normal, ...rest } = state;
  return rest;
}

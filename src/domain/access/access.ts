/**
 * Who may pass, at the access points (domain.md §3 and §4). Pure: the shell looks up the card and the time and
 * carries out what the events ask for. This file is the module's only door.
 */
import type { AccessEvent } from "./event.ts";

export { areaRulesOf } from "./areas.ts";
export { calendarOf, type DayKindOf, dayOfYear, weekdayOf } from "./calendar.ts";
export { decide } from "./decide.ts";
export { cameraFailed } from "./duress.ts";
export type { AccessEvent, DenialReason, FaceFacts } from "./event.ts";
export { evolve } from "./evolve.ts";
export type { AccessInput, Area, KnownCredential, Reviewed, Surroundings } from "./input.ts";
export { livenessAt } from "./liveness-level.ts";
export { neededAt, progressOf } from "./party.ts";
export {
  type AccessLevel,
  type AccessPolicy,
  type AreaRules,
  type DuressRules,
} from "./policy.ts";
export {
  type DayKind,
  dayKinds,
  type LocalTime,
  type MarkedDay,
  type Schedule,
  type ScheduleSpan,
  specialDays,
  weekdays,
} from "./schedule.ts";
export { type RunningSpan, spansRunning } from "./spans.ts";
export {
  type AccessState,
  type Attempt,
  initialAccessState,
  peopleWaiting,
  type VerifiedPerson,
  waitingAt,
} from "./state.ts";
export { deadline } from "./timeouts.ts";

/** Steps of a passage that another record already tells. */
export function isRecorded(event: AccessEvent): boolean {
  return event.type !== "PassageReleased" && event.type !== "ChallengeOver";
}

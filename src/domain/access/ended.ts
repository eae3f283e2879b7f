import type { DoorName } from "../names.ts";
import { opposite } from "../names.ts";
import type { Instant, Milliseconds } from "../time.ts";
import { denial, type Refusal } from "./denial.ts";
import type { AccessEvent } from "./event.ts";
import type { AccessInput } from "./input.ts";
import { type AccessState, type Attempt, attemptOf } from "./state.ts";

type Exit = Extract<AccessInput, { readonly type: "ExitRequested" }>;

/** The interlock has released the door. */
export function onReleased(state: AccessState, passage: string, at: Instant): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  return attempt?.phase === "releasing"
    ? [{ type: "PassageReleased", at, presentedAt: attempt.presentedAt, ...attempt.facts }]
    : [];
}

export function onReleaseRefused(
  state: AccessState,
  passage: string,
  refusal: string,
  at: Instant,
): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  const reason = refusal === "lockdown" ? "lockdown" : "interlocked";
  return attempt?.phase === "releasing"
    ? deniedTogether(attempt, { reason, detail: `the interlock refused: ${refusal}` }, at)
    : [];
}

export function onPassed(
  state: AccessState,
  passage: string,
  openFor: Milliseconds,
  at: Instant,
): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  if (!isReleasing(attempt)) return [];
  const lead = attempt.facts.passage;
  return attempt.people.map(({ facts, groups }) => ({
    type: "AccessTaken",
    at,
    openFor,
    lead,
    groups,
    ...facts,
  }));
}

export function onNotPassed(state: AccessState, passage: string, at: Instant): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  return isReleasing(attempt) ? notTaken(attempt, at) : [];
}

/** Whoever waits for a face to be judged, or counted, is told; a release goes on. */
export function onVisionLost(state: AccessState, at: Instant): readonly AccessEvent[] {
  const lost: Refusal = { reason: "cameraFault", detail: "the vision process ended" };
  return Object.values(state.attempts).flatMap((attempt): readonly AccessEvent[] => {
    switch (attempt.phase) {
      case "verifying":
        return attempt.wants[0] === "face" ? [denial(attempt.facts, lost, null, at)] : [];
      case "counting":
        return deniedTogether(attempt, lost, at);
      case "releasing":
      case "released":
        return [];
    }
  });
}

/** Whether the other door is secure is not known any more: every passage ends. */
export function onInterlockLost(state: AccessState, at: Instant): readonly AccessEvent[] {
  const lost: Refusal = { reason: "interlocked", detail: "the interlock process ended" };
  const ended = Object.values(state.attempts).flatMap((attempt): readonly AccessEvent[] => {
    switch (attempt.phase) {
      case "verifying":
        return [denial(attempt.facts, lost, attempt.face, at)];
      case "counting":
        return deniedTogether(attempt, lost, at);
      case "releasing":
      case "released":
        return notTaken(attempt, at);
    }
  });
  const waiting = Object.values(state.parties).flatMap(({ people }) => people);
  return [...ended, ...waiting.map(({ facts, face }) => denial(facts, lost, face, at))];
}

/** R11 under R14 and R1. */
export function onExitRequested({ at, vestibule, door, passage, surroundings }: Exit): AccessEvent {
  const denied = exitDenied(door, surroundings);
  return denied === undefined
    ? { type: "Egress", at, vestibule, door, passage }
    : { type: "EgressDenied", at, vestibule, door, reason: denied };
}

function exitDenied(door: DoorName, { lockdown, secure, storage }: Exit["surroundings"]) {
  if (lockdown) return "lockdown";
  if (!secure[opposite(door)]) return "interlocked";
  return storage === "failed" ? "storageFault" : undefined;
}

type Together = Exclude<Attempt, { readonly phase: "verifying" }>;

const isReleasing = (attempt: Attempt | undefined): attempt is Together =>
  attempt?.phase === "releasing" || attempt?.phase === "released";

/** For each of those who would have passed together. */
export const deniedTogether = (
  { facts, people }: Together,
  refusal: Refusal,
  at: Instant,
): readonly AccessEvent[] =>
  people.length === 0
    ? [denial(facts, refusal, null, at)]
    : people.map((person) => denial(person.facts, refusal, null, at));

function notTaken({ facts, people }: Together, at: Instant): readonly AccessEvent[] {
  const lead = facts.passage;
  const each = people.length === 0 ? [facts] : people.map((person) => person.facts);
  return each.map((one) => ({ type: "AccessNotTaken", at, lead, ...one }));
}

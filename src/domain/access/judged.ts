import { after } from "../time.ts";
import { deny, type Refusal } from "./denial.ts";
import { duressSignalled } from "./duress.ts";
import type { AccessEvent } from "./event.ts";
import type { AccessInput } from "./input.ts";
import { type Arrival, hostOf, passes, secondLook } from "./passing.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, attemptOf, keyOf, type Verifying } from "./state.ts";

type Face = Extract<AccessInput, { readonly type: "FaceJudged" }>;
type Pin = Extract<AccessInput, { readonly type: "PinJudged" }>;
type Remote = Extract<AccessInput, { readonly type: "RemoteDecided" }>;

const wrongPin: Refusal = { reason: "wrongPin", detail: null };

export function onFaceJudged(state: AccessState, input: Face, policy: AccessPolicy): readonly AccessEvent[] {
  const attempt = attemptOf(state, input.passage);
  if (attempt?.phase !== "verifying" || attempt.wants[0] !== "face") return [];
  const { facts } = attempt;
  const { at, verdict, face } = input;
  if (!verdict.accepted) return deny(state, facts, verdict, face, at, policy);
  const says = verdict.duress === true && !attempt.forced;
  const signals = says ? [duressSignalled("gesture", facts, at, policy)] : [];
  // Kept back until now: whoever tries cannot tell which of the two was wrong.
  if (attempt.pinWrong) return [...deny(state, facts, wrongPin, face, at, policy), ...signals];
  const wants = attempt.wants.filter((wanted) => wanted !== "face");
  const shown = { ...attempt, face, wants, forced: attempt.forced || says };
  return [...goOn(state, shown, input, policy, { type: "FaceMatched", at, face, ...facts }), ...signals];
}

export function onPinJudged(state: AccessState, input: Pin, policy: AccessPolicy): readonly AccessEvent[] {
  const attempt = attemptOf(state, input.passage);
  if (attempt?.phase !== "verifying") return [];
  const { facts } = attempt;
  const { at, verdict } = input;
  const says = verdict === "duress" && !attempt.forced;
  const signals = says ? [duressSignalled("pin", facts, at, policy)] : [];
  // The first that was entered counts: no second guess in one passage.
  if (!attempt.wants.includes("pin") || attempt.pinWrong) return signals;
  const correct = verdict !== "wrong";
  const entered: AccessEvent = { type: "PinEntered", at, correct, ...facts };
  const denied = (refusal: Refusal): readonly AccessEvent[] => [
    entered,
    ...deny(state, facts, refusal, attempt.face, at, policy),
    ...signals,
  ];
  if (state.accessPoints[keyOf(facts)]?.lockedUntil !== undefined)
    return denied({ reason: "lockedOut", detail: "the keypad takes no PIN for a while" });
  if (attempt.wants[0] === "face") return [entered, ...signals];
  if (!correct) return denied(wrongPin);
  const wants = attempt.wants.filter((wanted) => wanted !== "pin");
  const shown = { ...attempt, wants, forced: attempt.forced || says };
  return [entered, ...goOn(state, shown, input, policy), ...signals];
}

export function onRemoteDecided(
  state: AccessState,
  input: Remote,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const attempt = attemptOf(state, input.passage);
  if (attempt?.phase !== "verifying" || attempt.wants[0] !== "remote") return [];
  const { at, granted, operator, reason } = input;
  if (!granted) {
    const refusal = { reason: "remoteDenied", detail: `${operator}: ${reason}` } as const;
    return deny(state, attempt.facts, refusal, attempt.face, at, policy);
  }
  return goOn(state, { ...attempt, wants: [], operator }, input, policy);
}

/** R3, then what is asked for next; or nothing is any more. `step` is on record only where something follows. */
function goOn(
  state: AccessState,
  shown: Verifying,
  arrival: Arrival,
  policy: AccessPolicy,
  step?: AccessEvent,
): readonly AccessEvent[] {
  const { facts, mode, wants, presentedAt, face, operator, forced } = shown;
  const { at, credential } = arrival;
  const refusal = secondLook(state, facts, arrival, policy);
  if (refusal !== undefined) return deny(state, facts, refusal, face, at, policy);
  const steps = step === undefined ? [] : [step];
  const next = wants[0];
  if (next === undefined) {
    const groups = credential?.groups ?? [];
    const person = { facts, mode, presentedAt, face, operator, groups, host: hostOf(credential, facts) };
    return passes(state, person, forced, arrival, policy);
  }
  switch (next) {
    case "pin":
      return [...steps, { type: "PinAsked", at, mode, wants, until: after(at, policy.pinTimeout), ...facts }];
    case "remote":
      return [
        ...steps,
        { type: "RemoteGrantAsked", at, mode, wants, until: after(at, policy.remoteWindow), ...facts },
      ];
    case "face":
      // Always the first of what is asked for, so it is behind us.
      return steps;
  }
}

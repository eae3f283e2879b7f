import { after, type Instant, since } from "../time.ts";
import { cosineDistance } from "./descriptor.ts";
import { distanceTo, enrolledFace } from "./enrolled-face.ts";
import { type FrameVerdict, judgeFrame } from "./frame-verdict.ts";
import { isJudgeable, livenessStep } from "./liveness-decision.ts";
import { challengeDeadline, challengeFor, longestBreak, whileChallenging } from "./verification-challenge.ts";
import type {
  ComparedFrame,
  Figures,
  VerificationEvent,
  VerificationInput,
  VerificationState,
  Verifying,
} from "./verification-event.ts";
import { acceptance, figuresOf, nothingSeen, refusal } from "./verification-figures.ts";
import { mostFramesFused, type VerificationPolicy } from "./verification-policy.ts";
import { evolve } from "./verification-state.ts";
import { agrees, clearlyDisagrees } from "./vote.ts";

export type { VerificationEvent, VerificationInput, VerificationState } from "./verification-event.ts";
export { initialVerification } from "./verification-event.ts";
export { evolve } from "./verification-state.ts";

export function decide(
  state: VerificationState,
  input: VerificationInput,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  switch (state.phase) {
    case "waiting":
      return input.type === "VerificationRequested" ? onRequested(input, policy) : [];
    case "verifying":
      return whileVerifying(state, input, policy);
    case "challenging":
      return whileChallenging(state, input, policy);
    case "decided":
      return [];
  }
}

function onRequested(
  input: Extract<VerificationInput, { type: "VerificationRequested" }>,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at, presentedAt, model, templates } = input;
  const face = enrolledFace(templates.filter((one) => one.model === model));
  const { vote } = policy;
  const secondFace = vote && enrolledFace(templates.filter((one) => one.model === vote.model));
  // Nothing enrolled with these models, or only broken templates: nobody matches nothing.
  if (face === undefined || (vote !== undefined && secondFace === undefined))
    return [refusal(at, "faceMismatch", nothingSeen(policy))];
  const { liveness, draws, previousChallenge } = input;
  const asked = { presentedAt, face, secondFace, liveness, draws, previousChallenge };
  return [{ type: "VerificationStarted", at, ...asked }];
}

function whileVerifying(
  state: Verifying,
  input: VerificationInput,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at } = input;
  // A late timer or a slow engine changes nothing: the input's own time decides.
  if (at >= deadlineOf(state, policy)) return [lastResort(state, at, policy) ?? timedOut(state, at, policy)];
  switch (input.type) {
    case "FrameJudged":
      return onFrame(state, input, policy);
    case "CameraFailed":
      return [refusal(at, "cameraFault", figuresOf(state, policy))];
    case "VerificationRequested":
    case "TimePassed":
      return [];
  }
}

function onFrame(
  state: Verifying,
  input: Extract<VerificationInput, { type: "FrameJudged" }>,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at, frameAt, track, liveness } = input;
  if (!isFresh(state, frameAt, policy)) return [{ type: "FramePassedOver", at, reason: "stale", faults: [] }];
  const verdict = judgeFrame(input.faces, policy);
  if (verdict.use === "none") return [passedOver(at, verdict)];
  if (distanceTo(state.face, verdict.descriptor) === undefined) {
    return [{ type: "FramePassedOver", at, reason: "poorQuality", faults: [] }];
  }
  const { descriptor, second, quality } = verdict;
  const newest = { frameAt, descriptor, second, quality, track };
  const alike = framesAlike(state.frames, newest, policy.sameFaceLimit);
  // Who matches already and is only watched a little longer goes on being compared by as many frames, the newest.
  const frames = isMatched(state, policy) ? alike.slice(-state.frames.length) : alike;
  const compared: VerificationEvent = { type: "FrameCompared", at, frames, liveness };
  const next = evolve(state, compared);
  const outcome = next.phase === "verifying" ? outcomeOf(next, at, policy) : undefined;
  return outcome === undefined ? [compared] : [compared, outcome];
}

/** Not older than allowed, and newer than every frame before: one frame given twice is one frame. */
function isFresh(state: Verifying, frameAt: Instant, policy: VerificationPolicy): boolean {
  if (!(frameAt >= after(state.presentedAt, -policy.frameMaxAge))) return false;
  return state.newestFrameAt === undefined || frameAt > state.newestFrameAt;
}

/** Frames that do not show the newest face are dropped: a face swapped in between starts from nothing (T19). */
function framesAlike(
  earlier: readonly ComparedFrame[],
  newest: ComparedFrame,
  sameFaceLimit: number,
): readonly ComparedFrame[] {
  const alike = earlier.filter((frame) => {
    const distance = cosineDistance(frame.descriptor, newest.descriptor);
    return frame.track === newest.track && distance !== undefined && distance <= sameFaceLimit;
  });
  return [...alike, newest].slice(-mostFramesFused);
}

function passedOver(at: Instant, verdict: Extract<FrameVerdict, { use: "none" }>): VerificationEvent {
  const faults = verdict.reason === "poorQuality" ? verdict.faults : [];
  return { type: "FramePassedOver", at, reason: verdict.reason, faults };
}

/** By every recogniser that is asked. */
const matches = ({ distance, vote }: Figures, policy: VerificationPolicy): boolean =>
  distance !== undefined && distance <= policy.threshold && agrees(vote);

const isMatched = (state: Verifying, policy: VerificationPolicy): boolean =>
  state.frames.length >= policy.minFrames && matches(figuresOf(state, policy), policy);

function outcomeOf(state: Verifying, at: Instant, policy: VerificationPolicy): VerificationEvent | undefined {
  const figures = figuresOf(state, policy);
  const { distance, vote } = figures;
  if (distance === undefined) return undefined;
  if (isMatched(state, policy)) {
    switch (livenessStep(state.level, state.liveness, policy)) {
      case "accept":
        return acceptance(at, distance, figures);
      case "refuse":
        return refusal(at, "notLive", figures);
      case "wait":
        return undefined;
      case "challenge":
        return challengeFor(state, at, policy);
    }
  }
  const clearly =
    distance > policy.clearMismatch * policy.threshold || clearlyDisagrees(vote, policy.clearMismatch);
  return state.frames.length >= policy.minFramesToRefuse && clearly
    ? refusal(at, "faceMismatch", figures)
    : undefined;
}

/**
 * The right face, of which too little was seen to take silence for an answer: whoever is still there is asked to do
 * something. Undefined where nobody can be asked.
 */
function lastResort(
  state: Verifying,
  at: Instant,
  policy: VerificationPolicy,
): VerificationEvent | undefined {
  const { level, liveness, newestFrameAt } = state;
  const isThere = newestFrameAt !== undefined && since(newestFrameAt, at) <= longestBreak;
  if (!isThere || liveness === undefined || !isMatched(state, policy)) return undefined;
  const isOnlySilent = livenessStep(level, liveness, policy) === "wait" && isJudgeable(liveness, policy);
  return isOnlySilent ? challengeFor(state, at, policy) : undefined;
}

/** What kept it from succeeding: enough comparisons that did not match, else what most frames lacked. */
function timedOut(state: Verifying, at: Instant, policy: VerificationPolicy): VerificationEvent {
  const figures = figuresOf(state, policy);
  // The right face, but never long enough in one piece to say that it is one, and lives.
  if (state.compared >= policy.minFrames && matches(figures, policy))
    return refusal(at, "poorQuality", figures);
  if (state.compared >= policy.minFrames) return refusal(at, "faceMismatch", figures);
  const { noFace, multipleFaces, poorQuality } = state.passedOver;
  const most = Math.max(noFace, multipleFaces, poorQuality);
  // Hardly a frame arrived, or only old ones: that is the camera's doing, not the person's.
  if (most === 0) return refusal(at, "cameraFault", figures);
  if (multipleFaces === most) return refusal(at, "multipleFaces", figures);
  if (poorQuality === most) return refusal(at, "poorQuality", figures, state.lastFaults);
  return refusal(at, "noFace", figures);
}

/** When the verification ends by itself. */
export function deadline(state: VerificationState, policy: VerificationPolicy): Instant | undefined {
  if (state.phase === "challenging") return challengeDeadline(state, policy);
  return state.phase === "verifying" ? deadlineOf(state, policy) : undefined;
}

const deadlineOf = (state: Verifying, policy: VerificationPolicy): Instant =>
  after(state.startedAt, policy.verifyTimeout);

import { after, earliest, type Instant, type Milliseconds, since } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import { mustMatch, turnsFrom } from "./challenge-gestures.ts";
import {
  type ChallengeEvent,
  type ChallengeInput,
  deadline as deadlineOfRules,
  decide as decideChallenge,
  initialChallenge,
  longestChallenge,
  shownStep,
} from "./challenge-rules.ts";
import { distanceTo } from "./enrolled-face.ts";
import { judgeFrame } from "./frame-verdict.ts";
import type {
  Challenging,
  VerificationEvent,
  VerificationInput,
  VerificationState,
  Verifying,
} from "./verification-event.ts";
import { acceptance, figuresOf, refusal } from "./verification-figures.ts";
import type { VerificationPolicy } from "./verification-policy.ts";
import { evolve } from "./verification-state.ts";

type FrameJudged = Extract<VerificationInput, { readonly type: "FrameJudged" }>;

/** A face turned aside may be missed for a moment; whoever comes back after this need not be the same. */
export const longestBreak: Milliseconds = 600;
/** Nor whoever is there after so long a time without any frame. */
const longestGap: Milliseconds = 1_500;

/** Who did all that was asked has to be looked at once more from the front, and so long is waited for it. */
const lastLookTime: Milliseconds = 1_500;

/** The first thing that is asked of somebody whose face matches. */
export function challengeFor(state: Verifying, at: Instant, policy: VerificationPolicy): VerificationEvent {
  const { draws, previousChallenge: previous, liveness } = state;
  const samples = liveness?.samples ?? [];
  const request: ChallengeInput = { type: "ChallengeRequested", at, draws, previous, samples };
  const events = decideChallenge(initialChallenge, request, policy.challenge);
  // No face at rest to judge by: that is the picture's fault, and nobody is suspected for it.
  return events.some(({ type }) => type === "ChallengeFailed")
    ? refusal(at, "poorQuality", figuresOf(state, policy))
    : { type: "ChallengeBegan", at, events };
}

export function whileChallenging(
  state: Challenging,
  input: VerificationInput,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at } = input;
  if (input.type === "VerificationRequested") return [];
  if (input.type === "CameraFailed") return [refusal(at, "cameraFault", figuresOf(state.matched, policy))];
  const frame = input.type === "FrameJudged" && isNewer(state, input) ? input : undefined;
  const answered = frame === undefined ? noAnswer : answerIn(state, frame, policy);
  const events = decideChallenge(state.challenge, challengeInput(answered, at), policy.challenge);
  const wentOn: VerificationEvent = {
    type: "ChallengeWentOn",
    at,
    events,
    seenAt: answered.seenAt,
    liveness: frame?.liveness,
  };
  const next = evolve(state, wentOn);
  if (next.phase !== "challenging") return [wentOn];
  const outcome = outcomeOf(next, at, events, answered, policy);
  return outcome === undefined ? [wentOn] : [wentOn, outcome];
}

interface Answer {
  readonly isBroken: boolean;
  readonly sample: ChallengeInput | undefined;
  readonly seenAt: Instant | undefined;
  /** Whether it shows, from the front, the face that matched. */
  readonly matches: boolean;
}

const noAnswer: Answer = { isBroken: false, sample: undefined, seenAt: undefined, matches: false };
const brokenAnswer: Answer = { ...noAnswer, isBroken: true };

/** A frame given before the challenge began, or twice, is no answer to it. */
const isNewer = ({ seenAt }: Challenging, { frameAt }: FrameJudged): boolean => frameAt > seenAt;

/** The same person all along, or nothing of it counts (T19). */
function answerIn(state: Challenging, frame: FrameJudged, policy: VerificationPolicy): Answer {
  const { at, frameAt, faces, track, liveness } = frame;
  const verdict = judgeFrame(faces, policy);
  if (verdict.use === "none" && verdict.reason === "multipleFaces") return brokenAnswer;
  const unseen = since(state.seenAt, frameAt);
  // Not found, or not described: turned too far, perhaps, for one frame.
  if (track === undefined) return unseen > longestBreak ? brokenAnswer : noAnswer;
  if (unseen > longestGap) return brokenAnswer;
  if (track !== state.track) return brokenAnswer;
  const newest = liveness?.samples.at(-1);
  const sample: ChallengeInput | undefined =
    newest === undefined ? undefined : { type: "FaceSampled", at, sample: newest };
  const seen: Answer = { isBroken: false, sample, seenAt: frameAt, matches: false };
  if (verdict.use === "none" || !isCompared(state, verdict.quality.yaw)) return seen;
  const distance = distanceTo(state.matched.face, verdict.descriptor);
  // A single frame is less sure than several fused; clearly another face ends it.
  const limit = policy.clearMismatch * policy.threshold;
  return distance !== undefined && distance <= limit ? { ...seen, matches: true } : brokenAnswer;
}

const askedOf = ({ challenge }: Challenging): ChallengeAction | undefined => shownStep(challenge)?.action;

const isCompared = (state: Challenging, yaw: number): boolean =>
  state.rest === undefined || mustMatch(yaw, state.rest, askedOf(state));

/** The yaw at rest of somebody who is asked to turn just now; whoever follows the face may lose its likeness there. */
export function turningFrom(state: VerificationState): number | undefined {
  return state.phase === "challenging" ? turnsFrom(state.rest, askedOf(state)) : undefined;
}

function challengeInput({ isBroken, sample }: Answer, at: Instant): ChallengeInput {
  if (isBroken) return { type: "TrackBroken", at };
  return sample ?? { type: "TimePassed", at };
}

function outcomeOf(
  state: Challenging,
  at: Instant,
  events: readonly ChallengeEvent[],
  answer: Answer,
  policy: VerificationPolicy,
): VerificationEvent | undefined {
  const figures = figuresOf(state.matched, policy);
  const { distance } = figures;
  const hasFailed = events.some(({ type }) => type === "ChallengeFailed");
  const isTooLate = at >= challengeDeadline(state, policy);
  if (hasFailed || answer.isBroken || isTooLate || distance === undefined)
    return refusal(at, "notLive", figures);
  if (state.passedAt === undefined || !answer.matches) return undefined;
  // What was seen of the face meanwhile may still speak against it, whatever it can do.
  return state.matched.liveness?.assessment.verdict === "attack"
    ? refusal(at, "notLive", figures)
    : acceptance(at, distance, figures);
}

/** When somebody has done too little in too long a time. */
export function challengeDeadline(state: Challenging, policy: VerificationPolicy): Instant {
  const end = after(state.startedAt, longestChallenge);
  const next =
    state.passedAt === undefined
      ? deadlineOfRules(state.challenge, policy.challenge)
      : after(state.passedAt, lastLookTime);
  return earliest(end, next) ?? end;
}

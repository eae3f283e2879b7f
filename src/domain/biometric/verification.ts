import { after, type Instant } from "../time.ts";
import { cosineDistance, type Descriptor, fuse } from "./descriptor.ts";
import { type FaceSeen, type FrameVerdict, judgeFrame } from "./frame-verdict.ts";
import type { LivenessAssessment, LivenessLevel } from "./liveness/track.ts";
import { type LivenessEvidence, livenessStep } from "./liveness-decision.ts";
import type { FaceQuality, QualityFault } from "./quality.ts";
import { mostFramesFused, type VerificationPolicy } from "./verification-policy.ts";

export type VerificationInput =
  /** A card was presented; its holder's templates. */
  | {
      readonly type: "VerificationRequested";
      readonly at: Instant;
      readonly presentedAt: Instant;
      readonly model: string;
      readonly templates: readonly Descriptor[];
      readonly liveness: LivenessLevel;
    }
  /** The engine has looked at a frame. `at`: when it was done; `frameAt`: when the frame arrived. */
  | {
      readonly type: "FrameJudged";
      readonly at: Instant;
      readonly frameAt: Instant;
      readonly faces: readonly FaceSeen[];
      /** Which face it is, where one has been followed: another number is somebody else, whoever he looks like. */
      readonly track?: number | undefined;
      /** Of that track, up to now. */
      readonly liveness?: LivenessEvidence | undefined;
    }
  | { readonly type: "CameraFailed"; readonly at: Instant }
  | { readonly type: "TimePassed"; readonly at: Instant };

export type FaceRefusalReason =
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault";

/** Why a frame took no part. */
export type PassedOver = "stale" | "noFace" | "multipleFaces" | "poorQuality";

export interface ComparedFrame {
  readonly frameAt: Instant;
  readonly descriptor: Descriptor;
  readonly quality: FaceQuality;
  readonly track: number | undefined;
}

interface Figures {
  /** Of the fused probe; undefined where nothing could be compared. */
  readonly distance: number | undefined;
  readonly threshold: number;
  /** Arrival of the frames fused. */
  readonly frameTimes: readonly Instant[];
  readonly framesSeen: number;
  /** Of the newest frame compared. */
  readonly quality: FaceQuality | undefined;
  /** Of the track compared. */
  readonly liveness: LivenessAssessment | undefined;
}

export type VerificationEvent =
  | {
      readonly type: "VerificationStarted";
      readonly at: Instant;
      readonly presentedAt: Instant;
      readonly template: Descriptor;
      readonly liveness: LivenessLevel;
    }
  /** `frames`: the newest ones that show one and the same face, this one last. */
  | {
      readonly type: "FrameCompared";
      readonly at: Instant;
      readonly frames: readonly ComparedFrame[];
      readonly liveness: LivenessEvidence | undefined;
    }
  | {
      readonly type: "FramePassedOver";
      readonly at: Instant;
      readonly reason: PassedOver;
      readonly faults: readonly QualityFault[];
    }
  | ({
      readonly type: "FaceAccepted";
      readonly at: Instant;
      readonly distance: number;
      /** How far under the threshold. */
      readonly margin: number;
    } & Figures)
  | ({
      readonly type: "FaceRefused";
      readonly at: Instant;
      readonly reason: FaceRefusalReason;
      /** For `poorQuality`: what the last such frame missed. */
      readonly faults: readonly QualityFault[];
    } & Figures);

export type VerificationState =
  | { readonly phase: "waiting" }
  | Verifying
  | { readonly phase: "decided"; readonly accepted: boolean };

interface Verifying {
  readonly phase: "verifying";
  readonly presentedAt: Instant;
  readonly startedAt: Instant;
  readonly template: Descriptor;
  readonly level: LivenessLevel;
  readonly liveness: LivenessEvidence | undefined;
  /** The newest frames that show one and the same face, oldest first. */
  readonly frames: readonly ComparedFrame[];
  readonly newestFrameAt: Instant | undefined;
  readonly compared: number;
  readonly passedOver: Readonly<Record<PassedOver, number>>;
  readonly lastFaults: readonly QualityFault[];
}

export const initialVerification: VerificationState = { phase: "waiting" };

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
    case "decided":
      return [];
  }
}

function onRequested(
  input: Extract<VerificationInput, { type: "VerificationRequested" }>,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at, presentedAt, model, templates } = input;
  const template = fuse(templates.filter((one) => one.model === model));
  // Nothing enrolled with this model, or only broken templates: nobody matches nothing.
  if (template === undefined) return [refusal(at, "faceMismatch", nothingSeen(policy))];
  return [{ type: "VerificationStarted", at, presentedAt, template, liveness: input.liveness }];
}

function whileVerifying(
  state: Verifying,
  input: VerificationInput,
  policy: VerificationPolicy,
): readonly VerificationEvent[] {
  const { at } = input;
  // A late timer or a slow engine changes nothing: the input's own time decides.
  if (at >= deadlineOf(state, policy)) return [timedOut(state, at, policy)];
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
  if (cosineDistance(verdict.descriptor, state.template) === undefined) {
    return [{ type: "FramePassedOver", at, reason: "poorQuality", faults: [] }];
  }
  const { descriptor, quality } = verdict;
  const frames = framesAlike(state.frames, { frameAt, descriptor, quality, track }, policy.sameFaceLimit);
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

const matches = (state: Verifying, distance: number, policy: VerificationPolicy): boolean =>
  state.frames.length >= policy.minFrames && distance <= policy.threshold;

function outcomeOf(state: Verifying, at: Instant, policy: VerificationPolicy): VerificationEvent | undefined {
  const figures = figuresOf(state, policy);
  const { distance } = figures;
  if (distance === undefined) return undefined;
  if (matches(state, distance, policy)) {
    switch (livenessStep(state.level, state.liveness, policy)) {
      case "accept":
        return { type: "FaceAccepted", at, ...figures, distance, margin: policy.threshold - distance };
      case "refuse":
        return refusal(at, "notLive", figures);
      case "wait":
        return undefined;
      case "challenge":
        return undefined;
    }
  }
  const clearly = distance > policy.clearMismatch * policy.threshold;
  return state.frames.length >= policy.minFramesToRefuse && clearly
    ? refusal(at, "faceMismatch", figures)
    : undefined;
}

/** What kept it from succeeding: enough comparisons that did not match, else what most frames lacked. */
function timedOut(state: Verifying, at: Instant, policy: VerificationPolicy): VerificationEvent {
  const figures = figuresOf(state, policy);
  if (state.compared >= policy.minFrames) return refusal(at, "faceMismatch", figures);
  const { noFace, multipleFaces, poorQuality } = state.passedOver;
  const most = Math.max(noFace, multipleFaces, poorQuality);
  // Hardly a frame arrived, or only old ones: that is the camera's doing, not the person's.
  if (most === 0) return refusal(at, "cameraFault", figures);
  if (multipleFaces === most) return refusal(at, "multipleFaces", figures);
  if (poorQuality === most) return refusal(at, "poorQuality", figures, state.lastFaults);
  return refusal(at, "noFace", figures);
}

function refusal(
  at: Instant,
  reason: FaceRefusalReason,
  figures: Figures,
  faults: readonly QualityFault[] = [],
): VerificationEvent {
  return { type: "FaceRefused", at, reason, faults, ...figures };
}

function figuresOf(state: Verifying, policy: VerificationPolicy): Figures {
  const probe = fuse(state.frames.map((frame) => frame.descriptor));
  const { noFace, multipleFaces, poorQuality } = state.passedOver;
  return {
    distance: probe && cosineDistance(probe, state.template),
    threshold: policy.threshold,
    frameTimes: state.frames.map((frame) => frame.frameAt),
    framesSeen: state.compared + noFace + multipleFaces + poorQuality,
    quality: state.frames.at(-1)?.quality,
    liveness: state.liveness?.assessment,
  };
}

const nothingSeen = (policy: VerificationPolicy): Figures => ({
  distance: undefined,
  threshold: policy.threshold,
  frameTimes: [],
  framesSeen: 0,
  quality: undefined,
  liveness: undefined,
});

export function evolve(state: VerificationState, event: VerificationEvent): VerificationState {
  switch (event.type) {
    case "VerificationStarted":
      return {
        phase: "verifying",
        presentedAt: event.presentedAt,
        startedAt: event.at,
        template: event.template,
        level: event.liveness,
        liveness: undefined,
        frames: [],
        newestFrameAt: undefined,
        compared: 0,
        passedOver: { stale: 0, noFace: 0, multipleFaces: 0, poorQuality: 0 },
        lastFaults: [],
      };
    case "FrameCompared":
      return state.phase === "verifying" ? withFrames(state, event.frames, event.liveness) : state;
    case "FramePassedOver":
      return state.phase === "verifying" ? withoutFrame(state, event.reason, event.faults) : state;
    case "FaceAccepted":
      return { phase: "decided", accepted: true };
    case "FaceRefused":
      return { phase: "decided", accepted: false };
  }
}

function withFrames(
  state: Verifying,
  frames: readonly ComparedFrame[],
  liveness: LivenessEvidence | undefined,
): Verifying {
  return { ...state, frames, liveness, newestFrameAt: frames.at(-1)?.frameAt, compared: state.compared + 1 };
}

function withoutFrame(state: Verifying, reason: PassedOver, faults: readonly QualityFault[]): Verifying {
  return {
    ...state,
    // A second person has come in: what was seen before need not be the one who goes through.
    frames: reason === "multipleFaces" ? [] : state.frames,
    passedOver: { ...state.passedOver, [reason]: state.passedOver[reason] + 1 },
    lastFaults: reason === "poorQuality" ? faults : state.lastFaults,
  };
}

/** When the verification ends by itself. */
export function deadline(state: VerificationState, policy: VerificationPolicy): Instant | undefined {
  return state.phase === "verifying" ? deadlineOf(state, policy) : undefined;
}

const deadlineOf = (state: Verifying, policy: VerificationPolicy): Instant =>
  after(state.startedAt, policy.verifyTimeout);

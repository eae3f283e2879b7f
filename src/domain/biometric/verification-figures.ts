import type { Instant } from "../time.ts";
import { fuse } from "./descriptor.ts";
import { distanceTo } from "./enrolled-face.ts";
import type { QualityFault } from "./quality.ts";
import type { FaceRefusalReason, Figures, VerificationEvent, Verifying } from "./verification-event.ts";
import type { VerificationPolicy } from "./verification-policy.ts";
import { voteOf } from "./vote.ts";

export function acceptance(at: Instant, distance: number, figures: Figures): VerificationEvent {
  return { type: "FaceAccepted", at, ...figures, distance, margin: figures.threshold - distance };
}

export function refusal(
  at: Instant,
  reason: FaceRefusalReason,
  figures: Figures,
  faults: readonly QualityFault[] = [],
): VerificationEvent {
  return { type: "FaceRefused", at, reason, faults, ...figures };
}

export function figuresOf(state: Verifying, policy: VerificationPolicy): Figures {
  const probe = fuse(state.frames.map((frame) => frame.descriptor));
  const { noFace, multipleFaces, poorQuality } = state.passedOver;
  return {
    distance: probe && distanceTo(state.face, probe),
    threshold: policy.threshold,
    vote: voteOf(state.frames, state.secondFace, policy.vote),
    frameTimes: state.frames.map((frame) => frame.frameAt),
    framesSeen: state.compared + noFace + multipleFaces + poorQuality,
    quality: state.frames.at(-1)?.quality,
    liveness: state.liveness?.assessment,
  };
}

export const nothingSeen = (policy: VerificationPolicy): Figures => ({
  distance: undefined,
  threshold: policy.threshold,
  frameTimes: [],
  framesSeen: 0,
  quality: undefined,
  liveness: undefined,
});

import type { Milliseconds } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import { type ChallengePolicy, defaultChallengePolicy } from "./challenge-rules.ts";
import type { FrameLimits } from "./frame-verdict.ts";
import type { LivenessPolicy } from "./liveness-decision.ts";
import type { PhotoLimits } from "./photo-quality.ts";
import type { VotePolicy } from "./vote.ts";

/** How one verification is decided. The threshold belongs to the model; the rest is the site's. */
export interface VerificationPolicy extends FrameLimits, LivenessPolicy {
  /** Cosine distance of fused probe and fused template at or under which they match. */
  readonly threshold: number;
  /** Whoever is accepted must match by this too. */
  readonly vote?: VotePolicy | undefined;
  /** Frames that must agree before anybody is accepted. */
  readonly minFrames: number;
  /** Frames that must agree before somebody is refused ahead of time. */
  readonly minFramesToRefuse: number;
  /** A fused probe further than this many thresholds away is refused ahead of time. */
  readonly clearMismatch: number;
  /** Two frames further apart than this do not show one person. */
  readonly sameFaceLimit: number;
  readonly verifyTimeout: Milliseconds;
  readonly challenge: ChallengePolicy;
  /** A5: held unasked before the camera, it says that somebody is forced. */
  readonly duressGesture?: ChallengeAction | undefined;
  /** A frame may be this much older than the card, no more. */
  readonly frameMaxAge: Milliseconds;
}

/** Fused over at the most; older ones fall out. */
export const mostFramesFused = 8;

export const defaultVerificationPolicy: Omit<VerificationPolicy, "threshold"> = {
  minFrames: 2,
  minFramesToRefuse: 3,
  clearMismatch: 1.5,
  sameFaceLimit: 0.08,
  verifyTimeout: 3000,
  frameMaxAge: 500,
  minLivenessSpan: 450,
  minLivenessSamples: 4,
  minSilentSpan: 450,
  challenge: defaultChallengePolicy,
  secondFaceShare: 0.5,
  quality: {
    minEyeDistance: 24,
    minSharpness: 8,
    minBrightness: 30,
    maxBrightness: 230,
    minContrast: 10,
    maxYaw: 35,
    maxRoll: 40,
  },
};

/** For pictures that are enrolled: everybody later compares with these. */
export const enrolmentLimits: FrameLimits = {
  secondFaceShare: 0.3,
  quality: {
    minEyeDistance: 32,
    minSharpness: 12,
    minBrightness: 45,
    maxBrightness: 215,
    minContrast: 15,
    maxYaw: 25,
    maxRoll: 25,
  },
};

/**
 * And what hides no part of the face. Drawn over 159 pictures good enough otherwise, these limits find dark glasses
 * (99 of 100), tinted ones (83), shining ones (all), hair over an eye (81), a hand over one (49), a mask (84), a hand
 * over the mouth (65), and refuse about 4 of 100 bare faces, most of them for shadows.
 */
export const photoLimits: PhotoLimits = {
  ...enrolmentLimits.quality,
  maxPitch: 25,
  maxClipped: 0.15,
  minEyes: 0.55,
  maxGlare: 0.1,
  minMouth: 0.5,
};

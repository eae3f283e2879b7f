import type { Milliseconds } from "../time.ts";
import type { LivenessAssessment, LivenessLevel } from "./liveness/track.ts";

/** What is known of a face that was followed without a break. */
export interface LivenessEvidence {
  readonly assessment: LivenessAssessment;
  readonly samples: number;
  /** From the first sample to the last. */
  readonly span: Milliseconds;
}

export interface LivenessPolicy {
  /** A face has to be followed at least so long before its liveness is judged: a single frame proves nothing. */
  readonly minLivenessSpan: Milliseconds;
  readonly minLivenessSamples: number;
}

/** `wait`: more frames are needed. `challenge`: the person has to do something. */
export type LivenessStep = "accept" | "refuse" | "wait" | "challenge";

/** What becomes of somebody whose face matches. */
export function livenessStep(
  level: LivenessLevel,
  evidence: LivenessEvidence | undefined,
  policy: LivenessPolicy,
): LivenessStep {
  if (level === "off") return "accept";
  if (evidence === undefined) return "wait";
  const { assessment, samples, span } = evidence;
  if (!(samples >= policy.minLivenessSamples && span >= policy.minLivenessSpan)) return "wait";
  if (assessment.verdict === "attack") return "refuse";
  if (level === "challenge") return "challenge";
  if (assessment.verdict === "live") return "accept";
  // Silence is no evidence against anybody; a cue that says attack is, whatever the others make of it.
  return assessment.cues.some(({ says }) => says === "attack") ? "challenge" : "accept";
}

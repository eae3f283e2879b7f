import { type Milliseconds, since } from "../time.ts";
import { isDisputed } from "./liveness/assess.ts";
import type { LivenessAssessment, LivenessLevel, TrackSample } from "./liveness/track.ts";

/** What is known of a face that was followed without a break. */
export interface LivenessEvidence {
  readonly assessment: LivenessAssessment;
  /** What it was assessed by, oldest first. */
  readonly samples: readonly TrackSample[];
}

export interface LivenessPolicy {
  /** A face has to be followed at least so long before its liveness is judged: a single frame proves nothing. */
  readonly minLivenessSpan: Milliseconds;
  readonly minLivenessSamples: number;
  /** Cues that say nothing count for a person only after so long: most pictures show what they are within two seconds. */
  readonly minSilentSpan: Milliseconds;
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
  const { assessment, samples } = evidence;
  if (!(samples.length >= policy.minLivenessSamples && spanOf(samples) >= policy.minLivenessSpan))
    return "wait";
  if (assessment.verdict === "attack") return "refuse";
  if (level === "challenge") return "challenge";
  if (assessment.verdict === "live") return "accept";
  // Silence is no evidence against anybody; a cue that says attack is, whatever the others make of it.
  if (isDisputed(assessment)) return "challenge";
  return spanOf(samples) >= policy.minSilentSpan ? "accept" : "wait";
}

function spanOf(samples: readonly TrackSample[]): Milliseconds {
  const [first, last] = [samples[0], samples.at(-1)];
  return first === undefined || last === undefined ? 0 : since(first.at, last.at);
}

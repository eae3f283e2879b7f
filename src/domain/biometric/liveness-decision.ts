import type { Milliseconds } from "../time.ts";
import { isDisputed } from "./liveness/assess.ts";
import { seenIn } from "./liveness/seen.ts";
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

/**
 * With fewer looks silence is nobody's word: what reads the material (`raster`, `reflection`) says nothing before five,
 * depth nothing before six. Of phones held up, four fifths are silent after four looks, two fifths after six.
 */
const fewestSilentLooks = 6;
/**
 * And so many a second of the time that a site has faces watched for: a machine too busy to look has seen less than the
 * site asked for, however long it took.
 */
const silentLooksPerSecond = 6;

/** `wait`: more frames are needed. `challenge`: the person has to do something. */
export type LivenessStep = "accept" | "refuse" | "wait" | "challenge";

/** What becomes of somebody whose face matches. */
export function livenessStep(
  level: LivenessLevel,
  evidence: LivenessEvidence | undefined,
  policy: LivenessPolicy,
): LivenessStep {
  if (level === "off") return "accept";
  if (evidence === undefined || !isJudgeable(evidence, policy)) return "wait";
  const { assessment } = evidence;
  if (assessment.verdict === "attack") return "refuse";
  if (level === "challenge") return "challenge";
  if (assessment.verdict === "live") return "accept";
  // Silence is no evidence against anybody; a cue that says attack is, whatever the others make of it.
  if (isDisputed(assessment)) return "challenge";
  return countsAsSilence(evidence, policy) ? "accept" : "wait";
}

/** Whether a face was seen long enough to be judged at all, or at least to be asked something. */
export function isJudgeable({ samples }: LivenessEvidence, policy: LivenessPolicy): boolean {
  return samples.length >= policy.minLivenessSamples && seenIn(samples).span >= policy.minLivenessSpan;
}

/** Nothing speaks against the face although the cues had enough to go by; fewer looks are no evidence of anything. */
function countsAsSilence(
  { assessment, samples }: LivenessEvidence,
  { minSilentSpan }: LivenessPolicy,
): boolean {
  const { looks, span } = seenIn(samples);
  const fewest = Math.max(fewestSilentLooks, Math.ceil((silentLooksPerSecond * minSilentSpan) / 1_000));
  return looks >= fewest && span >= minSilentSpan && !assessment.cues.some(({ suspects }) => suspects);
}

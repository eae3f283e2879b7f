import { type Instant, since } from "../domain/time.ts";
import type { CameraHealthPolicy } from "./camera-health-policy.ts";
import type { FrameMeasure } from "./frame-measure.ts";

export type CoveredCause = "black" | "covered" | "blurred";

/** Whether the camera sees anything. */
export interface Coverage {
  readonly cause: CoveredCause | undefined;
  /** What the last picture looked like, and since when without a break. */
  readonly seen: CoveredCause | "clear" | undefined;
  readonly seenSince: Instant | undefined;
  readonly seenAt: Instant | undefined;
  /** The sharpness this camera usually shows. */
  readonly usualSharpness: number | undefined;
}

export const unknownCoverage: Coverage = {
  cause: undefined,
  seen: undefined,
  seenSince: undefined,
  seenAt: undefined,
  usualSharpness: undefined,
};

/** Per second of clear pictures: what is usual follows within a minute. */
const learningRate = 0.02;

export function observeCoverage(
  before: Coverage,
  measure: FrameMeasure,
  policy: CameraHealthPolicy,
): Coverage {
  const seen = look(measure, before.usualSharpness, policy) ?? "clear";
  // Black turning to merely covered is no new beginning; turning clear is, and the other way round.
  const goesOn = before.seen !== undefined && (before.seen === "clear") === (seen === "clear");
  const seenSince = goesOn && before.seenSince !== undefined ? before.seenSince : measure.at;
  const isSettled = since(seenSince, measure.at) >= policy.coveredAfter;
  const share = Math.min(1, (learningRate * since(before.seenAt ?? measure.at, measure.at)) / 1000);
  const verdict = seen === "clear" ? undefined : seen;
  return {
    seen,
    seenSince,
    seenAt: measure.at,
    cause: isSettled ? verdict : before.cause,
    usualSharpness:
      seen === "clear" ? learn(before.usualSharpness, measure.sharpness, share) : before.usualSharpness,
  };
}

function look(
  measure: FrameMeasure,
  usualSharpness: number | undefined,
  policy: CameraHealthPolicy,
): CoveredCause | undefined {
  if (measure.deviation < policy.flatBelow) return measure.mean < policy.blackBelow ? "black" : "covered";
  const limit = Math.max(policy.blurredBelow, policy.blurredShare * (usualSharpness ?? 0));
  return measure.sharpness < limit ? "blurred" : undefined;
}

const learn = (usual: number | undefined, value: number, share: number): number =>
  usual === undefined ? value : usual + share * (value - usual);

import { type Descriptor, fuse } from "./descriptor.ts";
import { distanceTo, type EnrolledFace } from "./enrolled-face.ts";

/** A second recogniser that has to agree, by a threshold of its own. */
export interface VotePolicy {
  readonly model: string;
  readonly threshold: number;
}

/** What it found. `distance` is undefined where it could not compare: that is no agreement. */
export interface Vote {
  readonly model: string;
  readonly distance: number | undefined;
  readonly threshold: number;
}

/** Of the frames that are compared, by what the second recogniser makes of each; undefined where nobody votes. */
export function voteOf(
  frames: readonly { readonly second?: Descriptor | undefined }[],
  face: EnrolledFace | undefined,
  policy: VotePolicy | undefined,
): Vote | undefined {
  if (policy === undefined) return undefined;
  const { model, threshold } = policy;
  const seen = frames.flatMap(({ second }) => (second?.model === model ? [second] : []));
  // Every frame the first was asked about, or none: a frame that only one of them saw decides nothing.
  const probe = seen.length === frames.length ? fuse(seen) : undefined;
  const distance = probe && face?.every((one) => one.model === model) ? distanceTo(face, probe) : undefined;
  return { model, distance, threshold };
}

/** Whether nobody has a vote, or it is for the person. */
export const agrees = (vote: Vote | undefined): boolean =>
  vote === undefined || (vote.distance !== undefined && vote.distance <= vote.threshold);

/** Whether it is so far against the person that further frames would not help. */
export const clearlyDisagrees = (vote: Vote | undefined, clearMismatch: number): boolean =>
  vote?.distance !== undefined && vote.distance > clearMismatch * vote.threshold;

import { isAside } from "../domain/biometric/challenge-gestures.ts";
import { cosineDistance, type Descriptor } from "../domain/biometric/descriptor.ts";
import type { TrackSample } from "../domain/biometric/liveness/track.ts";
import { type Instant, since } from "../domain/time.ts";
import type { Box } from "../ports/face-engine.ts";
import type { WatchPolicy } from "./watch-policy.ts";

export interface TrackLimits
  extends Pick<WatchPolicy, "longestBreak" | "longestGap" | "leastOverlap" | "mostSamples"> {
  /** Two descriptors further apart than this do not show one person. */
  readonly sameFaceLimit: number;
}

/** One face, as it was last seen, and what is known of it since it came. */
export interface FaceTrack {
  readonly number: number;
  readonly since: Instant;
  readonly seenAt: Instant;
  readonly box: Box;
  readonly frame: FrameSize;
  /** Of the last frame that showed the face from the front. */
  readonly descriptor: Descriptor;
  readonly samples: readonly TrackSample[];
}

interface FrameSize {
  readonly width: number;
  readonly height: number;
}

export interface FaceInFrame {
  readonly at: Instant;
  readonly box: Box;
  readonly frame: FrameSize;
  readonly descriptor: Descriptor;
  readonly yaw: number;
  /** Whether there was a frame since the face was last seen that did not show it. */
  readonly wasMissed: boolean;
}

/** Turned further than this, a face no longer looks like itself: only its place says whose it is. */
const frontalYaw = 20;

export function beginTrack(number: number, face: FaceInFrame): FaceTrack {
  const { at, box, frame, descriptor } = face;
  return { number, since: at, seenAt: at, box, frame, descriptor: copyOf(descriptor), samples: [] };
}

/** Looks are forgotten one by one: a track that goes on has a descriptor of its own. */
const copyOf = ({ model, values }: Descriptor): Descriptor => ({ model, values: values.slice() });

/**
 * The track with this face, or why it is another's: a break in time, a jump in place, or a face that does not look
 * alike (T19). Whoever begins anew has no evidence of the one before. `turningFrom`: the yaw at rest of somebody who
 * is asked to turn now: aside of that only the place says whose face it is, and back there it has to be the same.
 */
export function continueTrack(
  track: FaceTrack,
  face: FaceInFrame,
  limits: TrackLimits,
  turningFrom?: number,
): FaceTrack | "break" | "jump" | "otherFace" {
  const longest = face.wasMissed ? limits.longestBreak : limits.longestGap;
  if (!(since(track.seenAt, face.at) <= longest)) return "break";
  // Another size is another stream: no pixel of it is where it was.
  if (track.frame.width !== face.frame.width || track.frame.height !== face.frame.height) return "break";
  if (!(overlapOf(track.box, face.box) >= limits.leastOverlap)) return "jump";
  const isTurning = turningFrom !== undefined && isAside(face.yaw, turningFrom);
  const isFrontal = Math.abs(face.yaw) <= frontalYaw && !isTurning;
  const distance = cosineDistance(track.descriptor, face.descriptor);
  if (isFrontal && !(distance !== undefined && distance <= limits.sameFaceLimit)) return "otherFace";
  return {
    number: track.number,
    since: track.since,
    seenAt: face.at,
    box: face.box,
    frame: track.frame,
    descriptor: isFrontal ? copyOf(face.descriptor) : track.descriptor,
    samples: track.samples,
  };
}

export function withSample(track: FaceTrack, sample: TrackSample, limits: TrackLimits): FaceTrack {
  return { ...track, samples: [...track.samples, sample].slice(-limits.mostSamples) };
}

/** Intersection over union; 0 for boxes that are none. */
function overlapOf(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (!(width > 0 && height > 0)) return 0;
  return (width * height) / (one.width * one.height + other.width * other.height - width * height);
}

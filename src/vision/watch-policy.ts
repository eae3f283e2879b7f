import type { Milliseconds } from "../domain/time.ts";

/** How closely people are watched before anybody presents a card. */
export interface WatchPolicy {
  /** Between two looks at a face that stands there. */
  readonly watchInterval: Milliseconds;
  /** Between two looks for a face while something moves. */
  readonly searchInterval: Milliseconds;
  /** A face is looked for so long after the last movement … */
  readonly searchFor: Milliseconds;
  /** … and the less often the longer ago that is: not before this share of that time has passed again. */
  readonly searchSlowing: number;
  /** Nobody and nothing for so long: the camera may idle. */
  readonly idleAfter: Milliseconds;
  /** A face that was looked for and not seen for so long is not the one that comes next (T19). */
  readonly longestBreak: Milliseconds;
  /** Nor is one after so long a time in which nobody looked, as with an engine that is busy or slow. */
  readonly longestGap: Milliseconds;
  /** What is known of a face is forgotten so long after it was last seen, whoever it was. */
  readonly forgetAfter: Milliseconds;
  /** After a verdict nobody need be looked at: they walk through, or take their card in hand again. */
  readonly restAfterVerdict: Milliseconds;
  /** After the engine failed nobody is looked at unless a card asks for it. */
  readonly restAfterFault: Milliseconds;
  /** Overlap of a face's box with its last one (intersection over union) under which it has jumped. */
  readonly leastOverlap: number;
  /** Looks kept of a track, each with its descriptor and picture; older ones fall out. */
  readonly mostLooks: number;
  /** Samples of liveness evidence kept of a track. */
  readonly mostSamples: number;
}

export const defaultWatchPolicy: WatchPolicy = {
  watchInterval: 110,
  searchInterval: 400,
  searchFor: 10_000,
  searchSlowing: 0.2,
  idleAfter: 10_000,
  longestBreak: 600,
  longestGap: 1_500,
  forgetAfter: 2_000,
  restAfterVerdict: 500,
  restAfterFault: 1_000,
  leastOverlap: 0.25,
  mostLooks: 8,
  mostSamples: 40,
};

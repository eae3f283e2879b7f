import type { Milliseconds } from "../domain/time.ts";
import type { ViewPolicy } from "./view.ts";

/** Limits of what counts as a seeing camera. Luma is 0 to 255. */
export interface CameraHealthPolicy extends ViewPolicy {
  /** A frame older than this says nothing about now. */
  readonly frameMaxAge: Milliseconds;
  /** So many equal pictures in a row and no face is compared, long before it is an alarm. */
  readonly repeatsRefused: number;
  /** A picture has to stand still this long to be called frozen. */
  readonly frozenAfter: Milliseconds;
  /** A picture that stood still to the byte has to move this long to be believed again. */
  readonly thawedAfter: Milliseconds;
  /**
   * Median difference of consecutive pictures (mean absolute, over 80×45 blocks) under which a picture stands
   * still whatever the camera. A still scene shows 0.4 with a raw sensor's noise and 0.04 once an encoder has
   * smoothed it; one picture encoded again and again shows 0.004 to 0.09: the camera's own habit has to decide.
   */
  readonly stillBelow: number;
  /** The same, as a share of what this camera shows of a quiet scene. */
  readonly stillShare: number;
  /** A difference over this is motion, not noise, and not learned as a habit. */
  readonly noiseBelow: number;
  /** Pictures remembered to recognise a loop; 3,000 at 5 a second are ten minutes. */
  readonly loopMemory: number;
  /** So many pictures in a row, equal to those one period ago, are a loop. */
  readonly loopRun: number;
  /** The same, of the pictures of an idle camera, a second and more apart. */
  readonly sparseLoopRun: number;
  /** Nothing to see for this long is an alarm, and something to see for this long ends it. */
  readonly coveredAfter: Milliseconds;
  readonly blackBelow: number;
  /** Deviation over the blocks: a lens that sees anything shows more. */
  readonly flatBelow: number;
  readonly blurredBelow: number;
  /** The same, as a share of what this camera usually shows. */
  readonly blurredShare: number;
}

export const cameraHealthDefaults: CameraHealthPolicy = {
  frameMaxAge: 500,
  repeatsRefused: 3,
  frozenAfter: 5_000,
  thawedAfter: 2_000,
  stillBelow: 0.01,
  stillShare: 0.3,
  noiseBelow: 1,
  loopMemory: 3_000,
  loopRun: 10,
  sparseLoopRun: 2,
  coveredAfter: 2_000,
  blackBelow: 5,
  flatBelow: 5,
  blurredBelow: 12,
  blurredShare: 0.35,
  viewLearnedAfter: 120_000,
  turnedAfter: 180_000,
  viewAcceptedAfter: 3_600_000,
};

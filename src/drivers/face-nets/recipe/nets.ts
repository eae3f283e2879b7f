import type { DetectedFace, Picture, Point } from "../../../ports/face-engine.ts";
import type { Chip } from "./chip.ts";

/** The four nets with their weights in memory, whatever computes them. Pictures go in, plain numbers come out. */
export interface Nets {
  /** SSD MobileNet: slow, misses grey close-ups, otherwise the best. */
  findThoroughly(picture: Picture, minConfidence: number): Promise<readonly DetectedFace[]>;
  /** Tiny detector at one input size (a multiple of 32); the right size depends on the face's share of the picture. */
  findQuickly(picture: Picture, inputSize: number, minConfidence: number): Promise<readonly DetectedFace[]>;
  /** The 68 landmarks of each chip, in its pixels. */
  landmarks(chips: readonly Chip[]): Promise<readonly (readonly Point[])[]>;
  /** One raw descriptor for each chip (150 px), not normalised. */
  describe(chips: readonly Chip[]): Promise<readonly Float32Array[]>;
  dispose(): void;
}

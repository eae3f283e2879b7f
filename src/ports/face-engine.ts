import type { Point } from "../domain/biometric/landmarks.ts";
import type { FaceQuality } from "../domain/biometric/quality.ts";

export type { FaceQuality, Point };

/** A picture in memory: RGB, 8 bits a channel, rows top to bottom, `width * height * 3` bytes. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** A rectangle in pixels of the picture it was found in; may reach over its border. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DetectedFace {
  readonly box: Box;
  /** The detector's confidence, 0 to 1. */
  readonly confidence: number;
}

/** A face described well enough to be compared. */
export interface DescribedFace extends DetectedFace {
  /** The 68 landmarks of the iBUG scheme, in pixels of the source picture. */
  readonly landmarks: readonly Point[];
  readonly quality: FaceQuality;
  /** Unit length; its size is the model's (`FaceModel.dimensions`). */
  readonly descriptor: Float32Array;
  /** The upright, square picture that was described: RGB, 0 to 255, rows top to bottom. */
  readonly chip: { readonly size: number; readonly pixels: Float32Array };
  /** The same face as a second recogniser describes it, where the site asks for its vote. */
  readonly second?: { readonly model: string; readonly values: Float32Array } | undefined;
}

/** Which nets produced a descriptor. Descriptors of different models are never compared. */
export interface FaceModel {
  /** For example `face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror`. */
  readonly id: string;
  /** SHA-256 over the weights files in use, hexadecimal. */
  readonly hash: string;
  readonly dimensions: number;
}

/** How long the steps of the last call took, in milliseconds. */
export interface FaceTimings {
  readonly detect: number;
  readonly landmarks: number;
  readonly embed: number;
}

/**
 * `thorough` looks for every face with the best detector (enrolment, benchmarks);
 * `quick` is for live frames: the cheapest detector that finds it, the thorough one only if none does;
 * `glance` is for frames in which there is probably nobody: the cheap detector only, which misses faces under a tenth
 * of the picture.
 */
export type Effort = "thorough" | "quick" | "glance";

/** Something that could compute the nets and was not chosen. */
export interface PassedOver {
  readonly backend: string;
  readonly reason: string;
}

export interface FaceEngine extends AsyncDisposable {
  readonly model: FaceModel;
  /** Whose vote is asked for too; every described face then carries its descriptor. */
  readonly second?: FaceModel | undefined;
  /** What computes: `onnx`, `tfjs-node`, `wasm`, … Shown at start and in `/state`. */
  readonly backend: string;
  /** What would have been preferred, best first, and why it was not taken. */
  readonly passedOver?: readonly PassedOver[];
  /**
   * All faces, largest first, at most 16. Never throws for a picture without faces. With `near`, where the face was a
   * moment ago, its surroundings are searched first, and only they if it is there: whoever wants to know of others
   * leaves it out now and then.
   */
  detect(picture: Picture, effort: Effort, near?: Box): Promise<readonly DetectedFace[]>;
  /** Landmarks, quality and descriptor of one detected face; undefined where no upright chip can be cut. */
  describe(picture: Picture, face: DetectedFace): Promise<DescribedFace | undefined>;
  timings(): FaceTimings;
}

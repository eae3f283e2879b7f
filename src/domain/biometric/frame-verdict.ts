import { type Descriptor, isUsable } from "./descriptor.ts";
import { type FaceQuality, type QualityFault, type QualityLimits, qualityFaults } from "./quality.ts";

/** One face in a frame. Only the largest need be described; the others are there to be counted. */
export interface FaceSeen {
  /** Pixels of the frame. */
  readonly width: number;
  readonly height: number;
  readonly described?: {
    readonly quality: FaceQuality;
    readonly descriptor: Descriptor;
    /** By a second recogniser, where one votes. */
    readonly second?: Descriptor | undefined;
  };
}

export interface FrameLimits {
  readonly quality: QualityLimits;
  /**
   * A second face counts once its height is this share of the largest face's: somebody further behind is a
   * passer-by, somebody nearer is going in too.
   */
  readonly secondFaceShare: number;
}

/** What a frame is good for. */
export type FrameVerdict =
  | {
      readonly use: "compare";
      readonly descriptor: Descriptor;
      readonly second: Descriptor | undefined;
      readonly quality: FaceQuality;
    }
  | { readonly use: "none"; readonly reason: "noFace" | "multipleFaces" }
  | { readonly use: "none"; readonly reason: "poorQuality"; readonly faults: readonly QualityFault[] };

/** Exactly one face that counts, good enough to be compared. */
export function judgeFrame(faces: readonly FaceSeen[], limits: FrameLimits): FrameVerdict {
  const [largest, second] = faces.toSorted((one, other) => other.height - one.height);
  if (largest === undefined) return { use: "none", reason: "noFace" };
  if (second !== undefined && second.height >= limits.secondFaceShare * largest.height) {
    return { use: "none", reason: "multipleFaces" };
  }
  if (largest.described === undefined) return { use: "none", reason: "poorQuality", faults: [] };
  const { quality, descriptor, second: other } = largest.described;
  const faults = qualityFaults(quality, limits.quality);
  // A descriptor that is no direction must not come near a comparison, whatever the figures say.
  if (faults.length > 0 || !isUsable(descriptor.values))
    return { use: "none", reason: "poorQuality", faults };
  return { use: "compare", descriptor, second: other, quality };
}

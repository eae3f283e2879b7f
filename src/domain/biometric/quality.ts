/** What can be said of a face's picture before it is compared. All are figures; `qualityFaults` judges them. */
export interface FaceQuality {
  /** Distance between the eyes' centres, in pixels of the source picture. */
  readonly eyeDistance: number;
  /** Variance of the Laplacian over the upright chip's luma; blurred is low. */
  readonly sharpness: number;
  /** Mean luma of the face, 0 to 255. */
  readonly brightness: number;
  /** Standard deviation of the face's luma, 0 to 127. */
  readonly contrast: number;
  /** Estimated rotation left or right, in degrees; 0 looks into the camera. */
  readonly yaw: number;
  /** Estimated in-plane tilt, in degrees. */
  readonly roll: number;
}

/** What a face must be to be compared at all. Stricter for enrolment than at the door. */
export interface QualityLimits {
  readonly minEyeDistance: number;
  readonly minSharpness: number;
  readonly minBrightness: number;
  readonly maxBrightness: number;
  readonly minContrast: number;
  /** Degrees to either side. */
  readonly maxYaw: number;
  /** Degrees to either side; the chip is turned upright, so this only keeps out heads lying on their side. */
  readonly maxRoll: number;
}

/** What the person, or whoever set up the camera, can do about it. */
export type QualityAdvice =
  | "stepCloser"
  | "holdStill"
  | "moreLight"
  | "lessLight"
  | "evenLight"
  | "faceCamera"
  | "headUpright"
  | "tryAgain";

export interface QualityFault {
  readonly figure: keyof FaceQuality;
  readonly value: number;
  readonly limit: number;
  readonly advice: QualityAdvice;
}

type Check = readonly [figure: keyof FaceQuality, bound: "min" | "max", limit: number, advice: QualityAdvice];

const checksOf = (limits: QualityLimits): readonly Check[] => [
  ["eyeDistance", "min", limits.minEyeDistance, "stepCloser"],
  ["yaw", "max", limits.maxYaw, "faceCamera"],
  ["roll", "max", limits.maxRoll, "headUpright"],
  ["brightness", "min", limits.minBrightness, "moreLight"],
  ["brightness", "max", limits.maxBrightness, "lessLight"],
  ["contrast", "min", limits.minContrast, "evenLight"],
  ["sharpness", "min", limits.minSharpness, "holdStill"],
];

/** Every limit that is missed, what helps most first; none for a good picture. A figure that is no number misses. */
export function qualityFaults(quality: FaceQuality, limits: QualityLimits): readonly QualityFault[] {
  const faults: QualityFault[] = [];
  for (const [figure, bound, limit, advice] of checksOf(limits)) {
    const signed = quality[figure];
    const value = figure === "yaw" || figure === "roll" ? Math.abs(signed) : signed;
    if (Number.isNaN(value)) faults.push({ figure, value, limit, advice: "tryAgain" });
    else if (bound === "min" ? value < limit : value > limit) faults.push({ figure, value, limit, advice });
  }
  return faults;
}

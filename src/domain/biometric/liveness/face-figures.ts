import type { TrackPoint, TrackSample } from "./track.ts";

/** What a face does, in figures that do not change with its size, place and tilt. */
export interface FaceFigures {
  /** Degrees, coarse; positive towards the person's own left, which is the picture's right. */
  readonly yaw: number;
  /**
   * How open the eyes are, in no unit: only its change over a track means something. The landmarks' opening times what
   * the pixels show, for the landmark net draws nearly the same eye over a closed lid. Not a number without the latter.
   */
  readonly eyes: number;
  /** Height between the lips' inner edges by the mouth's inner width: about 0, wide open over 0.5. */
  readonly mouth: number;
}

export function figuresOf({ landmarks, quality, pixels }: TrackSample): FaceFigures {
  return {
    yaw: quality.yaw,
    eyes:
      ((opening(landmarks, eyeRight) + opening(landmarks, eyeLeft)) / 2) *
      (pixels["eyeOpenness"] ?? Number.NaN),
    mouth: opening(landmarks, mouthInside),
  };
}

/** Landmarks of an opening: its corners, then pairs of an upper and the lower one opposite. */
type Opening = readonly (readonly [number, number])[];
const eyeRight: Opening = [
  [36, 39],
  [37, 41],
  [38, 40],
];
const eyeLeft: Opening = [
  [42, 45],
  [43, 47],
  [44, 46],
];
const mouthInside: Opening = [
  [60, 64],
  [61, 67],
  [62, 66],
  [63, 65],
];

/** Soukupová and Čech's aspect ratio (2016); not a number where the landmarks make no face. */
function opening(landmarks: readonly TrackPoint[], [corners, ...pairs]: Opening): number {
  const distance = ([one, other]: readonly [number, number]): number => {
    const from = landmarks[one];
    const to = landmarks[other];
    return from === undefined || to === undefined ? Number.NaN : Math.hypot(to.x - from.x, to.y - from.y);
  };
  if (corners === undefined) return Number.NaN;
  const heights = pairs.reduce((sum, pair) => sum + distance(pair), 0);
  return heights / pairs.length / distance(corners);
}

/** The middle value of those that are numbers; undefined where there is none. */
export function medianOf(values: readonly number[]): number | undefined {
  return quantileOf(values, 0.5);
}

/** The value under which `share` of the numbers lie. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = values.filter(Number.isFinite).toSorted((one, other) => one - other);
  if (sorted.length === 0) return undefined;
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

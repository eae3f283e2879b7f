import type { Point } from "../../../ports/face-engine.ts";
import { fitSimilarity, type Similarity } from "./similarity.ts";

/**
 * Mean positions of the iBUG landmarks that hold still in a moving face: the nose, the eyes and the upper lip.
 * Brows and the lower lip are left out, as dlib does. Unit: the face's own square, y down.
 * Numbers: dlib, `get_face_chip_details` in dlib/image_transforms/interpolation.h (Boost licence);
 * the recognition net was trained on chips cut along them.
 */
const meanFace: readonly (readonly [landmark: number, x: number, y: number])[] = [
  [27, 0.490127, 0.203352],
  [28, 0.490127, 0.307009],
  [29, 0.490127, 0.409805],
  [30, 0.490127, 0.515625],
  [31, 0.36688, 0.587326],
  [32, 0.426036, 0.609345],
  [33, 0.490127, 0.628106],
  [34, 0.554217, 0.609345],
  [35, 0.613373, 0.587326],
  [36, 0.121737, 0.216423],
  [37, 0.187122, 0.178758],
  [38, 0.265825, 0.179852],
  [39, 0.334606, 0.231733],
  [40, 0.260918, 0.245099],
  [41, 0.182743, 0.244077],
  [42, 0.645647, 0.231733],
  [43, 0.714428, 0.179852],
  [44, 0.793132, 0.178758],
  [45, 0.858516, 0.216423],
  [46, 0.79751, 0.244077],
  [47, 0.719335, 0.245099],
  [48, 0.254149, 0.780233],
  [49, 0.340985, 0.745405],
  [50, 0.428858, 0.727388],
  [51, 0.490127, 0.742578],
  [52, 0.551395, 0.727388],
  [53, 0.639268, 0.745405],
  [54, 0.726104, 0.780233],
  [60, 0.290379, 0.784792],
  [61, 0.428096, 0.778746],
  [62, 0.490127, 0.785343],
  [63, 0.552157, 0.778746],
  [64, 0.689874, 0.784792],
];

const landmarkCount = 68;

/**
 * From an upright chip of `size` pixels, with `padding` (a share of the face's square) on every side,
 * to the picture the landmarks were found in. Undefined where the landmarks do not make a face.
 */
export function chipToPicture(
  landmarks: readonly Point[],
  size: number,
  padding: number,
): Similarity | undefined {
  if (landmarks.length !== landmarkCount) throw new RangeError(`${landmarks.length} landmarks instead of 68`);
  const inChip: Point[] = [];
  const inPicture: Point[] = [];
  for (const [index, x, y] of meanFace) {
    const landmark = landmarks[index];
    if (landmark === undefined) return undefined;
    inChip.push({
      x: ((padding + x) / (2 * padding + 1)) * size,
      y: ((padding + y) / (2 * padding + 1)) * size,
    });
    inPicture.push(landmark);
  }
  return fitSimilarity(inChip, inPicture);
}

/** The iBUG scheme's runs that swap with each other in a mirror, first and last landmark: [left to right, right to left]. */
const mirroredRuns: readonly (readonly [first: number, last: number, counterpart: number])[] = [
  [0, 16, 16], // the jaw, from ear to ear
  [17, 26, 26], // the brows
  [31, 35, 35], // below the nose
  [36, 39, 45], // upper lids
  [42, 45, 39],
  [40, 41, 47], // lower lids
  [46, 47, 41],
  [48, 54, 54], // the upper lip's outer edge
  [55, 59, 59], // the lower lip's outer edge
  [60, 64, 64], // the inner edges
  [65, 67, 67],
];

const counterparts: readonly number[] = Array.from({ length: landmarkCount }, (_, index) => {
  const run = mirroredRuns.find(([first, last]) => index >= first && index <= last);
  return run === undefined ? index : run[2] - (index - run[0]);
});

/** Landmarks found in a mirrored picture of `width`, as they stand in the picture itself. */
export function mirroredLandmarks(landmarks: readonly Point[], width: number): readonly Point[] {
  return counterparts.flatMap((counterpart) => {
    const point = landmarks[counterpart];
    return point === undefined ? [] : { x: width - point.x, y: point.y };
  });
}

export function meanPoints(some: readonly Point[], others: readonly Point[]): readonly Point[] {
  return some.map((point, index) => {
    const other = others[index] ?? point;
    return { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 };
  });
}

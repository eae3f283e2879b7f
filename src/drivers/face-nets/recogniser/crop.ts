import type { Point } from "../../../ports/face-engine.ts";
import { chipToPicture } from "../recipe/mean-face.ts";
import { fitSimilarity, type Similarity } from "../recipe/similarity.ts";

export const cropNames = ["arcface-112", "dlib-150"] as const;

/** Where five points of the face come to lie on a square of `size` pixels, continuous coordinates. */
export interface FivePoints {
  readonly size: number;
  readonly leftEye: readonly [number, number];
  readonly rightEye: readonly [number, number];
  readonly noseTip: readonly [number, number];
  readonly leftMouthCorner: readonly [number, number];
  readonly rightMouthCorner: readonly [number, number];
}

export type Crop = (typeof cropNames)[number] | FivePoints;

/**
 * What ArcFace and its relatives are trained on: the 112 × 112 template published with InsightFace
 * (`arcface_dst` in its face_align.py, MIT licence).
 */
const arcface112: FivePoints = {
  size: 112,
  leftEye: [38.2946, 51.6963],
  rightEye: [73.5318, 51.5014],
  noseTip: [56.0252, 71.7366],
  leftMouthCorner: [41.5493, 92.3655],
  rightMouthCorner: [70.7299, 92.2041],
};

/** As the recognition net of the shipped recipe sees a face. */
const dlibPadding = 0.25;

/** From a chip of `size` pixels to the picture; undefined where the landmarks do not make a face. */
export function cropToPicture(landmarks: readonly Point[], crop: Crop, size: number): Similarity | undefined {
  if (crop === "dlib-150") return chipToPicture(landmarks, size, dlibPadding);
  return fivePointCrop(landmarks, crop === "arcface-112" ? arcface112 : crop, size);
}

function fivePointCrop(
  landmarks: readonly Point[],
  wanted: FivePoints,
  size: number,
): Similarity | undefined {
  const scale = size / wanted.size;
  const inChip = [
    wanted.leftEye,
    wanted.rightEye,
    wanted.noseTip,
    wanted.leftMouthCorner,
    wanted.rightMouthCorner,
  ].map(([x, y]): Point => ({ x: x * scale, y: y * scale }));
  // iBUG: the eyes' rims, the nose's tip, the outer corners of the mouth.
  const inPicture = [
    middleOf(landmarks.slice(36, 42)),
    middleOf(landmarks.slice(42, 48)),
    landmarks[30],
    landmarks[48],
    landmarks[54],
  ].filter((point) => point !== undefined);
  if (inPicture.length !== inChip.length) return undefined;
  return fitSimilarity(inChip, inPicture);
}

function middleOf(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined;
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}

import { centreOf } from "../../domain/biometric/landmarks.ts";
import type { PhotoQuality } from "../../domain/biometric/photo-quality.ts";
import { spreadOf } from "../../domain/biometric/spread.ts";
import type { FaceQuality, Picture, Point } from "../../ports/face-engine.ts";
import { likeness, quantile, region } from "./region.ts";
import { eyesApart, uprightFace, uprightWidth } from "./upright-face.ts";

/**
 * What covers a face, from luma alone, so that grey pictures are judged as colour ones are: the eyes' surroundings
 * against the cheeks below them, one side against the other, the mouth against what mouths look like. Undefined
 * where the landmarks are no face's.
 */
export function measurePhoto(
  picture: Picture,
  landmarks: readonly Point[],
  quality: FaceQuality,
): PhotoQuality | undefined {
  const face = uprightFace(picture, landmarks);
  if (face === undefined) return undefined;
  const { luma, landmarks: points } = face;
  const left = sideOf(luma, 40);
  const right = sideOf(luma, uprightWidth - 40);
  const cheeks = (left.cheek + right.cheek) / 2;
  return {
    ...quality,
    pitch: pitchOf(points),
    clipped: clippedShare(region(luma, 24, 104, 20, 140)),
    eyes: eyesSeen(luma, left, right),
    glare: Math.max(left.glare, right.glare),
    mouth: mouthSeen(luma, points, cheeks),
    glasses: glassesSeen(luma, cheeks),
  };
}

/** Darkness may be all there is: nothing is divided by less than this. */
const darkest = 8;
const shining = 235;
/** Skin as bright as this shines as a whole; then nothing on it does. */
const brightSkin = 225;

interface Side {
  readonly cheek: number;
  /** Brightness under the eye and around it, as shares of the cheek's. */
  readonly under: number;
  readonly around: number;
  readonly glare: number;
}

/** One eye, `x` its centre: the places fit an upright face whose eyes are where `uprightFace` puts them. */
function sideOf(luma: Float32Array, x: number): Side {
  const cheek = quantile(region(luma, x - 10, x + 10, 76, 90), 0.5);
  const around = region(luma, x - 14, x + 14, 40, 68);
  const bright = around.reduce((count, value) => count + (value >= shining ? 1 : 0), 0);
  return {
    cheek,
    under: quantile(region(luma, x - 10, x + 10, 60, 68), 0.5) / (cheek + darkest),
    around: quantile(around, 0.75) / (cheek + darkest),
    glare: cheek < brightSkin && around.length > 0 ? bright / around.length : 0,
  };
}

/**
 * Sunglasses and hair are darker than the cheek where skin should be: under the eye on either side, and all around on
 * both. A hand is not, but makes one side unlike the other.
 */
function eyesSeen(luma: Float32Array, left: Side, right: Side): number {
  const under = Math.min(left.under, right.under);
  const around = 0.85 * Math.max(left.around, right.around);
  const alike = likeness(eyePatch(luma, 40, false), eyePatch(luma, uprightWidth - 40, true)) + 0.35;
  return limited(Math.min(under, around, alike));
}

const patchWidth = 36;
const patchHeight = 40;

function eyePatch(luma: Float32Array, x: number, mirrored: boolean): Float32Array {
  const patch = region(luma, x - patchWidth / 2, x + patchWidth / 2, 28, 28 + patchHeight);
  if (!mirrored) return patch;
  for (let row = 0; row < patchHeight; row += 1)
    patch.subarray(row * patchWidth, (row + 1) * patchWidth).reverse();
  return patch;
}

/**
 * The mean mouth of the demo pictures' 22 faces, 12 by 8: bright above, the lips, their shadow. Its left half, the
 * right one being its mirror image; of no unit.
 */
const leftHalfOfMouth = [
  [11, 20, 19, 14, 12, 13],
  [10, 18, 19, 15, 14, 13],
  [1, 4, 5, 4, 6, 7],
  [-11, -16, -15, -11, -5, -1],
  [-11, -13, -16, -12, -9, -7],
  [-6, -6, -6, -10, -9, -7],
  [-4, -4, -2, -4, -8, -8],
  [-4, -2, -1, 3, -1, -1],
];
const usualMouth = leftHalfOfMouth.flatMap((half) => [...half, ...half.toReversed()]);
const cell = 4;
const mouthColumns = 12;
const mouthRows = 8;

/** A mask is even, a hand is unlike a mouth; a mouth may be one of the two, but not both. */
function mouthSeen(luma: Float32Array, points: readonly Point[], cheeks: number): number {
  const centre = centreOf(points, 48, 67);
  const width = Math.abs((points[54]?.x ?? 0) - (points[48]?.x ?? 0));
  const lips = region(luma, centre.x - width / 2, centre.x + width / 2, centre.y - 10, centre.y + 12);
  const structure = spreadOf(lips).deviation / (cheeks + darkest) / 0.22;
  return limited(Math.max(structure, likeness(mouthPatch(luma, centre), usualMouth) + 0.35));
}

function mouthPatch(luma: Float32Array, { x, y }: Point): Float32Array {
  const left = Math.round(x - (mouthColumns * cell) / 2);
  const top = Math.round(y - (mouthRows * cell) / 2);
  const means = new Float32Array(mouthColumns * mouthRows);
  for (let index = 0; index < means.length; index += 1) {
    const column = left + (index % mouthColumns) * cell;
    const row = top + Math.floor(index / mouthColumns) * cell;
    const values = region(luma, column, column + cell, row, row + cell);
    means[index] = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  }
  return means;
}

/** The bridge of a frame is an edge across the nose, where a bare one has none. */
function glassesSeen(luma: Float32Array, cheeks: number): number {
  const rows = Array.from({ length: 20 }, (_, row) => {
    const line = region(luma, 59, 69, 42 + row, 43 + row);
    return line.reduce((sum, value) => sum + value, 0) / line.length;
  });
  const steps = rows.slice(2).map((value, row) => Math.abs(value - (rows[row] ?? value)) / 2);
  return limited((Math.max(...steps) / (cheeks + darkest) - 0.03) / 0.06);
}

/**
 * Nod from where the nose's tip stands between eyes and mouth: 0.555 of the way on faces that look straight ahead.
 * The tip stands out by 0.6 of the eyes' distance, eyes and mouth are 1.09 of it apart. As coarse as the yaw.
 */
function pitchOf(points: readonly Point[]): number {
  const eyes = centreOf(points, 36, 47).y;
  const mouth = centreOf(points, 48, 67).y;
  const tip = points[30]?.y ?? Number.NaN;
  const share = (tip - eyes) / (mouth - eyes);
  return (Math.atan2((0.555 - share) * 1.09 * eyesApart, 0.6 * eyesApart) * 180) / Math.PI;
}

function clippedShare(values: Float32Array): number {
  return values.reduce((count, value) => count + (value <= 3 || value >= 252 ? 1 : 0), 0) / values.length;
}

const limited = (value: number): number => Math.min(1, Math.max(0, value));

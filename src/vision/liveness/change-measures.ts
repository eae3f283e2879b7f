import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import type { FacePlace, Look } from "./look.ts";

/** Every other pixel of every other row is compared. */
const step = 2;
/** Around the face, in distances of the eyes. */
const faceReach = { across: 1.1, up: 0.9, down: 1.9 } as const;
/** Squares of the chip whose mean luma is given. */
const shadesAcross = 4;

/**
 * What changed since the look before, and what a repetition can be known by:
 * - `fingerprint`: equal for equal pixels of the face, to the bit; different ones share it once in 2^52.
 * - `faceDifference`, `surroundDifference`: mean absolute difference of luma since the look before, in the face
 *   and in the rest of the picture, pixel for pixel.
 * - `chipDifference`: the same over the upright chip: what changed when the head's movement is taken out.
 * - `shade0` … `shade15`: mean luma of 4×4 squares of the chip, row by row: a sequence that repeats repeats these.
 * - `faceLight`, `surroundLight`: mean luma.
 */
export function changeMeasures(look: Look, previous: Look | undefined): PixelMeasures {
  const light = measureLight(look);
  const known = { fingerprint: fingerprintOf(look), ...shadesOf(look), ...light };
  if (previous === undefined || previous.width !== look.width || previous.height !== look.height)
    return known;
  return { ...known, ...differences(look, previous), chipDifference: chipDifference(look, previous) };
}

interface Region {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function faceRegion({ x, y, unit }: FacePlace, width: number, height: number): Region {
  const within = (value: number, last: number) => Math.round(Math.min(Math.max(value, 0), last));
  return {
    left: within(x - faceReach.across * unit, width),
    right: within(x + faceReach.across * unit, width),
    top: within(y - faceReach.up * unit, height),
    bottom: within(y + faceReach.down * unit, height),
  };
}

function measureLight(look: Look): PixelMeasures {
  const { width, height, values } = look.half;
  const face = { ...look.face, x: look.face.x / 2, y: look.face.y / 2, unit: look.face.unit / 2 };
  const { left, right, top, bottom } = faceRegion(face, width, height);
  const sums = { face: 0, surround: 0, faceCount: 0, surroundCount: 0 };
  for (let row = 0; row < height; row += step) {
    for (let column = 0; column < width; column += step) {
      const value = values[row * width + column] ?? 0;
      if (row >= top && row < bottom && column >= left && column < right) {
        sums.face += value;
        sums.faceCount += 1;
      } else {
        sums.surround += value;
        sums.surroundCount += 1;
      }
    }
  }
  return {
    faceLight: sums.face / Math.max(1, sums.faceCount),
    surroundLight: sums.surround / Math.max(1, sums.surroundCount),
  };
}

function differences(look: Look, previous: Look): PixelMeasures {
  const { width, height } = look;
  const { left, right, top, bottom } = faceRegion(look.face, width, height);
  const sums = { face: 0, surround: 0, faceCount: 0, surroundCount: 0 };
  for (let row = 0; row < height; row += step) {
    const inRows = row >= top && row < bottom;
    for (let column = 0; column < width; column += step) {
      const at = row * width + column;
      const change = Math.abs((look.luma[at] ?? 0) - (previous.luma[at] ?? 0));
      if (inRows && column >= left && column < right) {
        sums.face += change;
        sums.faceCount += 1;
      } else {
        sums.surround += change;
        sums.surroundCount += 1;
      }
    }
  }
  return {
    faceDifference: sums.face / Math.max(1, sums.faceCount),
    surroundDifference: sums.surround / Math.max(1, sums.surroundCount),
  };
}

function chipDifference({ chip }: Look, previous: Look): number {
  let sum = 0;
  for (let at = 0; at < chip.values.length; at += 1)
    sum += Math.abs((chip.values[at] ?? 0) - (previous.chip.values[at] ?? 0));
  return sum / Math.max(1, chip.values.length);
}

function shadesOf({ chip }: Look): PixelMeasures {
  const sums = new Float64Array(shadesAcross * shadesAcross);
  const square = chip.width / shadesAcross;
  for (let row = 0; row < chip.height; row += 1) {
    const first = Math.floor(row / square) * shadesAcross;
    for (let column = 0; column < chip.width; column += 1) {
      const shade = first + Math.floor(column / square);
      sums[shade] = (sums[shade] ?? 0) + (chip.values[row * chip.width + column] ?? 0);
    }
  }
  return Object.fromEntries(
    Array.from(sums, (sum, index) => [`shade${index}`, sum / (square * square)] as const),
  );
}

/** Two 32-bit hashes of the face's pixels, joined as far as a number is exact. */
function fingerprintOf(look: Look): number {
  const { left, right, top, bottom } = faceRegion(look.face, look.width, look.height);
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const value = look.luma[row * look.width + column] ?? 0;
      high = Math.imul(high ^ value, 0x01000193);
      low = Math.imul(low ^ value, 0x5bd1e995) ^ (low >>> 13);
    }
  }
  return (high >>> 0) * 2 ** 20 + (low >>> 12);
}

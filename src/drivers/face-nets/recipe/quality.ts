import { eyesOf } from "../../../domain/biometric/landmarks.ts";
import { spreadOf } from "../../../domain/biometric/spread.ts";
import type { FaceQuality, Point } from "../../../ports/face-engine.ts";
import type { Chip } from "./chip.ts";
import { rotationOf, type Similarity } from "./similarity.ts";

/** The figures of one face. `chip` is the upright one, `toPicture` how it was cut. */
export function measureQuality(landmarks: readonly Point[], chip: Chip, toPicture: Similarity): FaceQuality {
  const luma = faceLuma(chip);
  const { mean, deviation } = spreadOf(luma.values);
  return {
    eyeDistance: eyeDistance(landmarks),
    sharpness: laplacianVariance(luma),
    brightness: mean,
    contrast: deviation,
    yaw: estimateYaw(landmarks),
    roll: rotationOf(toPicture),
  };
}

function eyeDistance(landmarks: readonly Point[]): number {
  const { left, right } = eyesOf(landmarks);
  return Math.hypot(right.x - left.x, right.y - left.y);
}

/**
 * Yaw from where the nose's tip stands between the eyes, measured along the line through them. A head is
 * roughly a ball with the tip standing out by 0.6 of the eyes' distance: sin(yaw) = shift ÷ (0.6 · distance),
 * the distance itself shrinking with cos(yaw); so tan(yaw) = shift ÷ (0.6 · distance as seen).
 * A coarse figure (± 8° or so), good enough to ask somebody to look at the camera.
 */
function estimateYaw(landmarks: readonly Point[]): number {
  const { left, right } = eyesOf(landmarks);
  const tip = landmarks[30];
  const distance = Math.hypot(right.x - left.x, right.y - left.y);
  if (tip === undefined || distance === 0) return 90;
  const alongX = (right.x - left.x) / distance;
  const alongY = (right.y - left.y) / distance;
  const shift = (tip.x - (left.x + right.x) / 2) * alongX + (tip.y - (left.y + right.y) / 2) * alongY;
  return (Math.atan2(shift, 0.6 * distance) * 180) / Math.PI;
}

interface Luma {
  readonly size: number;
  readonly values: Float32Array;
}

/** Luma (Rec. 601) of the chip's middle, where the face is: with 25 % padding that is the inner two thirds. */
function faceLuma(chip: Chip): Luma {
  const margin = Math.round(chip.size / 6);
  const size = chip.size - 2 * margin;
  const values = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const source = ((row + margin) * chip.size + column + margin) * 3;
      const red = chip.pixels[source] ?? 0;
      const green = chip.pixels[source + 1] ?? 0;
      const blue = chip.pixels[source + 2] ?? 0;
      values[row * size + column] = 0.299 * red + 0.587 * green + 0.114 * blue;
    }
  }
  return { size, values };
}

function laplacianVariance({ size, values }: Luma): number {
  const edges = new Float32Array((size - 2) * (size - 2));
  let next = 0;
  for (let row = 1; row < size - 1; row += 1) {
    for (let column = 1; column < size - 1; column += 1) {
      const at = row * size + column;
      const around =
        (values[at - 1] ?? 0) + (values[at + 1] ?? 0) + (values[at - size] ?? 0) + (values[at + size] ?? 0);
      edges[next] = around - 4 * (values[at] ?? 0);
      next += 1;
    }
  }
  return spreadOf(edges).deviation ** 2;
}

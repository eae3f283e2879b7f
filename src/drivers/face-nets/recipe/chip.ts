import type { Box, Picture } from "../../../ports/face-engine.ts";
import { type Similarity, scaleOf } from "./similarity.ts";

/** A square cut out of a picture: RGB, 0 to 255, rows top to bottom. */
export interface Chip {
  readonly size: number;
  readonly pixels: Float32Array;
}

/** Bounds the work for a face that fills a huge picture: 8 × 8 samples a pixel. */
const maxSamplesAcross = 8;

/**
 * Cuts the square that `toPicture` maps onto the picture. Outside the picture its border repeats: black
 * there costs recognition dearly. Where the picture is finer than the chip, several samples are averaged.
 * Coordinates are continuous: the centre of pixel (0, 0) is at (0.5, 0.5).
 */
export function cutChip(picture: Picture, toPicture: Similarity, size: number): Chip {
  const pixels = new Float32Array(size * size * 3);
  const across = Math.min(maxSamplesAcross, Math.max(1, Math.ceil(scaleOf(toPicture) - 0.01)));
  const share = 1 / (across * across);
  const { a, b, shiftX, shiftY } = toPicture;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const target = (row * size + column) * 3;
      for (let sub = 0; sub < across * across; sub += 1) {
        const x = column + ((sub % across) + 0.5) / across;
        const y = row + (Math.floor(sub / across) + 0.5) / across;
        addSample(picture, a * x - b * y + shiftX, b * x + a * y + shiftY, share, pixels, target);
      }
    }
  }
  return { size, pixels };
}

/** Adds `share` of the picture's colour at (x, y), interpolated between its four neighbours. */
function addSample(
  picture: Picture,
  x: number,
  y: number,
  share: number,
  pixels: Float32Array,
  target: number,
): void {
  const { width, height, rgb } = picture;
  const column = Math.floor(x - 0.5);
  const row = Math.floor(y - 0.5);
  const right = x - 0.5 - column;
  const down = y - 0.5 - row;
  const left0 = clamp(column, width - 1);
  const left1 = clamp(column + 1, width - 1);
  const top0 = clamp(row, height - 1) * width;
  const top1 = clamp(row + 1, height - 1) * width;
  for (let channel = 0; channel < 3; channel += 1) {
    const p00 = rgb[(top0 + left0) * 3 + channel] ?? 0;
    const p01 = rgb[(top0 + left1) * 3 + channel] ?? 0;
    const p10 = rgb[(top1 + left0) * 3 + channel] ?? 0;
    const p11 = rgb[(top1 + left1) * 3 + channel] ?? 0;
    const upper = p00 + (p01 - p00) * right;
    const lower = p10 + (p11 - p10) * right;
    pixels[target + channel] = (pixels[target + channel] ?? 0) + (upper + (lower - upper) * down) * share;
  }
}

const clamp = (value: number, last: number): number => (value < 0 ? 0 : value > last ? last : value);

/** From a chip of `size` pixels to the square around `box`, concentric, as wide as its longer side. */
export function squareAround(box: Box, size: number): Similarity {
  const side = Math.max(box.width, box.height);
  return {
    a: side / size,
    b: 0,
    shiftX: box.x + (box.width - side) / 2,
    shiftY: box.y + (box.height - side) / 2,
  };
}

/** The chip with left and right swapped. */
export function mirrored(chip: Chip): Chip {
  const { size } = chip;
  const pixels = new Float32Array(chip.pixels.length);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const source = (row * size + size - 1 - column) * 3;
      pixels.set(chip.pixels.subarray(source, source + 3), (row * size + column) * 3);
    }
  }
  return { size, pixels };
}

/**
 * The picture made smaller by a whole number, each pixel the mean of a block. Detectors enlarge and shrink
 * by picking pixels; for a picture many times their input that would be noise.
 */
export function shrinkBy(picture: Picture, factor: number): Picture {
  const width = Math.floor(picture.width / factor);
  const height = Math.floor(picture.height / factor);
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let sub = 0; sub < factor * factor; sub += 1) {
          const x = column * factor + (sub % factor);
          const y = row * factor + Math.floor(sub / factor);
          sum += picture.rgb[(y * picture.width + x) * 3 + channel] ?? 0;
        }
        rgb[(row * width + column) * 3 + channel] = Math.round(sum / (factor * factor));
      }
    }
  }
  return { width, height, rgb };
}

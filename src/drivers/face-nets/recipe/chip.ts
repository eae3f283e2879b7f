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
  const { width, height, rgb } = picture;
  const { a, b, shiftX, shiftY } = toPicture;
  const pixels = new Float32Array(size * size * 3);
  const across = Math.min(maxSamplesAcross, Math.max(1, Math.ceil(scaleOf(toPicture) - 0.01)));
  const share = 1 / (across * across);
  const within = Float64Array.from({ length: across }, (_, index) => (index + 0.5) / across);
  // Written out for three channels, without a call or an array for each sample: a chip is 22,500 pixels of up to 64.
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let subRow = 0; subRow < across; subRow += 1) {
        const y = row + (within[subRow] ?? 0);
        for (let subColumn = 0; subColumn < across; subColumn += 1) {
          const x = column + (within[subColumn] ?? 0);
          const inX = a * x - b * y + shiftX - 0.5;
          const inY = b * x + a * y + shiftY - 0.5;
          const left = Math.floor(inX);
          const top = Math.floor(inY);
          const right = inX - left;
          const down = inY - top;
          const left0 = clamp(left, width - 1) * 3;
          const left1 = clamp(left + 1, width - 1) * 3;
          const top0 = clamp(top, height - 1) * width * 3;
          const top1 = clamp(top + 1, height - 1) * width * 3;
          red = Math.fround(
            red + between(rgb, top0 + left0, top0 + left1, top1 + left0, top1 + left1, right, down) * share,
          );
          green = Math.fround(
            green +
              between(
                rgb,
                top0 + left0 + 1,
                top0 + left1 + 1,
                top1 + left0 + 1,
                top1 + left1 + 1,
                right,
                down,
              ) *
                share,
          );
          blue = Math.fround(
            blue +
              between(
                rgb,
                top0 + left0 + 2,
                top0 + left1 + 2,
                top1 + left0 + 2,
                top1 + left1 + 2,
                right,
                down,
              ) *
                share,
          );
        }
      }
      const target = (row * size + column) * 3;
      pixels[target] = red;
      pixels[target + 1] = green;
      pixels[target + 2] = blue;
    }
  }
  return { size, pixels };
}

/** Between four neighbours: `right` of the way from the left to the right ones, `down` from the upper to the lower. */
function between(
  values: Uint8Array,
  leftUp: number,
  rightUp: number,
  leftDown: number,
  rightDown: number,
  right: number,
  down: number,
): number {
  const p00 = values[leftUp] ?? 0;
  const p10 = values[leftDown] ?? 0;
  const upper = p00 + ((values[rightUp] ?? 0) - p00) * right;
  const lower = p10 + ((values[rightDown] ?? 0) - p10) * right;
  return upper + (lower - upper) * down;
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

/** The part of the picture `times` as large as the box's longer side, around its middle, and where it lies. */
export function cutAround(
  picture: Picture,
  box: Box,
  times: number,
): { part: Picture; left: number; top: number } {
  const half = (Math.max(box.width, box.height) * times) / 2;
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const edge = (value: number, last: number): number => clamp(Math.round(value), last);
  const [left, right] = [edge(middleX - half, picture.width), edge(middleX + half, picture.width)];
  const [top, bottom] = [edge(middleY - half, picture.height), edge(middleY + half, picture.height)];
  const width = right - left;
  const rgb = new Uint8Array(width * (bottom - top) * 3);
  for (let row = top; row < bottom; row += 1) {
    const start = (row * picture.width + left) * 3;
    rgb.set(picture.rgb.subarray(start, start + width * 3), (row - top) * width * 3);
  }
  return { part: { width, height: bottom - top, rgb }, left, top };
}

/** The chip with left and right swapped. */
export function mirrored(chip: Chip): Chip {
  const { size } = chip;
  const pixels = new Float32Array(chip.pixels.length);
  for (let row = 0; row < size; row += 1) {
    const start = row * size * 3;
    const last = start + (size - 1) * 3;
    for (let at = 0; at < size * 3; at += 3) {
      pixels[start + at] = chip.pixels[last - at] ?? 0;
      pixels[start + at + 1] = chip.pixels[last - at + 1] ?? 0;
      pixels[start + at + 2] = chip.pixels[last - at + 2] ?? 0;
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
  if (factor === 2) {
    halve(picture, width, rgb);
    return { width, height, rgb };
  }
  const sums = new Uint32Array(width * 3);
  for (let row = 0; row < height; row += 1) {
    sums.fill(0);
    for (let line = row * factor; line < (row + 1) * factor; line += 1)
      addBlocks(picture, line, factor, sums);
    for (let at = 0; at < sums.length; at += 1) {
      rgb[row * width * 3 + at] = Math.round((sums[at] ?? 0) / (factor * factor));
    }
  }
  return { width, height, rgb };
}

/** The most frequent case, four times as fast: each value of `rgb` from two and two beside and below each other. */
function halve(picture: Picture, width: number, rgb: Uint8Array): void {
  const source = picture.rgb;
  const line = picture.width * 3;
  for (let target = 0, row = 0; target < rgb.length; row += 1) {
    let at = row * 2 * line;
    for (const end = target + width * 3; target < end; target += 3, at += 6) {
      for (let channel = 0; channel < 3; channel += 1) {
        const above = (source[at + channel] ?? 0) + (source[at + 3 + channel] ?? 0);
        const below = (source[at + line + channel] ?? 0) + (source[at + line + 3 + channel] ?? 0);
        rgb[target + channel] = (above + below + 2) >> 2; // rounded as Math.round does
      }
    }
  }
}

/** Adds to `sums`, three for each block, the pixels of one line, `factor` to a block. */
function addBlocks(picture: Picture, line: number, factor: number, sums: Uint32Array): void {
  const { rgb } = picture;
  let source = line * picture.width * 3;
  for (let at = 0; at < sums.length; at += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let sub = 0; sub < factor; sub += 1) {
      red += rgb[source] ?? 0;
      green += rgb[source + 1] ?? 0;
      blue += rgb[source + 2] ?? 0;
      source += 3;
    }
    sums[at] = (sums[at] ?? 0) + red;
    sums[at + 1] = (sums[at + 1] ?? 0) + green;
    sums[at + 2] = (sums[at + 2] ?? 0) + blue;
  }
}

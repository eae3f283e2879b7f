import type { Picture } from "../../../ports/face-engine.ts";
import { shrinkBy } from "./chip.ts";

/** How the numbers stand: red, green and blue of each pixel together, or one plane after the other. */
export type Layout = "pixels" | "planes";

/** What can be fitted: a picture, or a chip's pixels. */
export interface Fittable {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array | Float32Array;
}

/**
 * The picture in the upper left corner of a black square, resized to `size` as TensorFlow's bilinear resizing does
 * (corners not aligned): RGB, 0 to 255, rows top to bottom. Made here and not by tensors, of which the library needs
 * four as large as the whole picture, in memory that WASM never gives back.
 */
export function fitPicture(
  { width, height, rgb }: Fittable,
  size: number,
  layout: Layout = "pixels",
): Float32Array<ArrayBuffer> {
  const fitted = new Float32Array(size * size * 3);
  const [nextPixel, nextChannel] = layout === "pixels" ? [3, 1] : [1, size * size];
  const side = Math.max(width, height);
  const across = positions(side, size);
  const down = positions(side, size);
  const rows = countBelow(down.first, height);
  const columns = countBelow(across.first, width);
  const upper = new Float64Array(columns * 3);
  const lower = new Float64Array(columns * 3);
  for (let y = 0; y < rows; y += 1) {
    const [first = 0, second = 0] = [down.first[y], down.second[y]];
    const share = down.share[y] ?? 0;
    fitRow(rgb, first * width, width, across, upper);
    if (second >= height)
      lower.fill(0); // below the picture
    else if (share > 0) fitRow(rgb, second * width, width, across, lower);
    let target = y * size * nextPixel;
    for (let at = 0; at < upper.length; at += 3) {
      for (let channel = 0; channel < 3; channel += 1) {
        const top = upper[at + channel] ?? 0;
        fitted[target + channel * nextChannel] =
          share > 0 ? top + ((lower[at + channel] ?? 0) - top) * share : top;
      }
      target += nextPixel;
    }
  }
  return fitted;
}

/** One row, beginning at pixel `start`, resized; right of the picture there is black. */
function fitRow(
  rgb: Uint8Array | Float32Array,
  start: number,
  width: number,
  across: Positions,
  target: Float64Array,
): void {
  const { first, second, share } = across;
  for (let at = 0, x = 0; at < target.length; at += 3, x += 1) {
    const left = (start + (first[x] ?? 0)) * 3;
    const right = (start + (second[x] ?? 0)) * 3;
    const part = share[x] ?? 0;
    const beyond = (second[x] ?? 0) >= width;
    for (let channel = 0; channel < 3; channel += 1) {
      const one = rgb[left + channel] ?? 0;
      const other = beyond ? 0 : (rgb[right + channel] ?? 0);
      target[at + channel] = one + (other - one) * part;
    }
  }
}

/** A picture as a detector of this input size is shown it, made smaller by a whole number. */
export interface Searched {
  readonly picture: Picture;
  readonly factor: number;
}

/** Undefined where nothing would be left of it. */
export function searched(picture: Picture, inputSize: number): Searched | undefined {
  // The nets keep the aspect ratio, fill right and bottom, and pick pixels: hence nothing over twice their input.
  const factor = Math.max(1, Math.floor(Math.max(picture.width, picture.height) / inputSize / 2));
  const seen = factor > 1 ? shrinkBy(picture, factor) : picture;
  return seen.width < 1 || seen.height < 1 ? undefined : { picture: seen, factor };
}

/** For each target pixel the two source pixels it lies between, and how far it is from the first to the second. */
interface Positions {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float32Array;
}

/** In single precision, as the backends compute it: a pixel's weight is off by a hundredth otherwise. */
function positions(from: number, to: number): Positions {
  const scale = Math.fround(from / to);
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const share = new Float32Array(to);
  for (let index = 0; index < to; index += 1) {
    const exact = Math.fround(index * scale);
    first[index] = Math.min(Math.floor(exact), from - 1);
    second[index] = Math.min(Math.floor(exact) + 1, from - 1);
    share[index] = exact - Math.floor(exact);
  }
  return { first, second, share };
}

const countBelow = (ascending: Int32Array, limit: number): number => {
  const beyond = ascending.findIndex((value) => value >= limit);
  return beyond < 0 ? ascending.length : beyond;
};

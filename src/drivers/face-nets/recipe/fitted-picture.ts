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
  if (width === size && height === size && layout === "planes") return intoPlanes(rgb, fitted);
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
    if (share > 0) mix(upper, lower, share);
    let target = y * size * nextPixel;
    for (let at = 0; at < upper.length; at += 3) {
      fitted[target] = upper[at] ?? 0;
      fitted[target + nextChannel] = upper[at + 1] ?? 0;
      fitted[target + 2 * nextChannel] = upper[at + 2] ?? 0;
      target += nextPixel;
    }
  }
  return fitted;
}

function intoPlanes(
  rgb: Uint8Array | Float32Array,
  planes: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const plane = planes.length / 3;
  for (let at = 0, from = 0; at < plane; at += 1, from += 3) {
    planes[at] = rgb[from] ?? 0;
    planes[at + plane] = rgb[from + 1] ?? 0;
    planes[at + 2 * plane] = rgb[from + 2] ?? 0;
  }
  return planes;
}

/** `values` moved by `share` of the way to `others`. */
function mix(values: Float64Array, others: Float64Array, share: number): void {
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    values[at] = value + ((others[at] ?? 0) - value) * share;
  }
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
    const red = rgb[left] ?? 0;
    const green = rgb[left + 1] ?? 0;
    const blue = rgb[left + 2] ?? 0;
    if ((second[x] ?? 0) < width) {
      target[at] = red + ((rgb[right] ?? 0) - red) * part;
      target[at + 1] = green + ((rgb[right + 1] ?? 0) - green) * part;
      target[at + 2] = blue + ((rgb[right + 2] ?? 0) - blue) * part;
    } else {
      target[at] = red - red * part;
      target[at + 1] = green - green * part;
      target[at + 2] = blue - blue * part;
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

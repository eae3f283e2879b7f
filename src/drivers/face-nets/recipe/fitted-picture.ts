import type { Picture } from "../../../ports/face-engine.ts";

/**
 * The picture in the upper left corner of a black square, resized to `size` as TensorFlow's bilinear resizing does
 * (corners not aligned): RGB, 0 to 255, rows top to bottom. Made here and not by tensors, of which the library needs
 * four as large as the whole picture, in memory that WASM never gives back.
 */
export function fitPicture({ width, height, rgb }: Picture, size: number): Float32Array<ArrayBuffer> {
  const fitted = new Float32Array(size * size * 3);
  const side = Math.max(width, height);
  const across = positions(side, size);
  const down = positions(side, size);
  const rows = countBelow(down.first, height);
  const columns = countBelow(across.first, width);
  const row = width * 3;
  const outside = rgb.length; // where there is nothing to read: black
  for (let y = 0; y < rows; y += 1) {
    const upper = (down.first[y] ?? 0) * row;
    const lower = (down.second[y] ?? 0) < height ? (down.second[y] ?? 0) * row : outside;
    const shareDown = down.share[y] ?? 0;
    for (let x = 0; x < columns; x += 1) {
      const left = (across.first[x] ?? 0) * 3;
      const right = (across.second[x] ?? 0) < width ? (across.second[x] ?? 0) * 3 : outside;
      const share = across.share[x] ?? 0;
      const target = (y * size + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const top = between(rgb[upper + left + channel] ?? 0, rgb[upper + right + channel] ?? 0, share);
        const bottom = between(rgb[lower + left + channel] ?? 0, rgb[lower + right + channel] ?? 0, share);
        fitted[target + channel] = between(top, bottom, shareDown);
      }
    }
  }
  return fitted;
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

const between = (one: number, other: number, share: number): number => one + (other - one) * share;

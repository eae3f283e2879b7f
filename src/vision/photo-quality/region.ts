import { uprightHeight, uprightWidth } from "./upright-face.ts";

/** Luma of a rectangle of the upright face, columns `left` up to `right`, as far as there is any. */
export function region(
  luma: Float32Array,
  left: number,
  right: number,
  top: number,
  bottom: number,
): Float32Array {
  const [from, to] = [Math.max(0, Math.round(left)), Math.min(uprightWidth, Math.round(right))];
  const [first, last] = [Math.max(0, Math.round(top)), Math.min(uprightHeight, Math.round(bottom))];
  const width = Math.max(0, to - from);
  const values = new Float32Array(width * Math.max(0, last - first));
  for (let row = first; row < last; row += 1) {
    const start = row * uprightWidth;
    values.set(luma.subarray(start + from, start + to), (row - first) * width);
  }
  return values;
}

/** `share` 0.5 is the middle one. 0 for none. */
export function quantile(values: Float32Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** −1 to 1: how alike two regions are, whatever their light and contrast; 0 where one is even. */
export function likeness(
  one: Float32Array | readonly number[],
  other: Float32Array | readonly number[],
): number {
  const count = Math.min(one.length, other.length);
  let [sumOne, sumOther] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    sumOne += one[index] ?? 0;
    sumOther += other[index] ?? 0;
  }
  let [product, squaresOne, squaresOther] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const a = (one[index] ?? 0) - sumOne / count;
    const b = (other[index] ?? 0) - sumOther / count;
    product += a * b;
    squaresOne += a * a;
    squaresOther += b * b;
  }
  const size = Math.sqrt(squaresOne * squaresOther);
  return size > 1e-3 ? product / size : 0;
}

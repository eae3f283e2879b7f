import { spreadOf } from "../domain/biometric/spread.ts";
import type { Instant } from "../domain/time.ts";
import type { Frame } from "../ports/frame-source.ts";

/** What a frame comes to when only the camera is judged, not who stands before it. */
export interface FrameMeasure {
  readonly at: Instant;
  /** Mean luma of each of 80×45 blocks, 0 to 255, with fractions: noise shows in them. */
  readonly blocks: Float32Array;
  /** Mean luma and its standard deviation over the blocks. */
  readonly mean: number;
  readonly deviation: number;
  /** Steepest step of luma across two pixels, averaged over the strongest twentieth of the blocks. */
  readonly sharpness: number;
  /** Equal for equal pictures; different ones share it by chance once in 2^52. */
  readonly fingerprint: number;
}

export const blockColumns = 80;
export const blockRows = 45;
const strongest = (blockColumns * blockRows) / 20;

/** Every other row is read: half the time, and noise is in all of them. */
const rowStep = 2;

export function measureFrame({ at, width, height, rgb }: Frame): FrameMeasure {
  const sums = new Int32Array(blockColumns * blockRows);
  const steps = new Int32Array(blockColumns * blockRows);
  const counts = new Int32Array(blockColumns * blockRows);
  for (let y = 0; y < height; y += rowStep) {
    const row = y * width * 3;
    const firstBlock = Math.floor((y * blockRows) / height) * blockColumns;
    for (let column = 0; column < blockColumns; column++) {
      const from = Math.floor((column * width) / blockColumns);
      const to = Math.floor(((column + 1) * width) / blockColumns);
      const block = firstBlock + column;
      const run = measureRun(rgb, row, row + from * 3, row + to * 3);
      sums[block] = (sums[block] ?? 0) + run.sum;
      counts[block] = (counts[block] ?? 0) + to - from;
      steps[block] = Math.max(steps[block] ?? 0, run.step);
    }
  }
  const blocks = Float32Array.from(sums, (sum, block) => sum / 256 / Math.max(counts[block] ?? 1, 1));
  return { at, blocks, ...spreadOf(blocks), sharpness: sharpnessOf(steps), fingerprint: fingerprintOf(sums) };
}

/** In 256ths (Rec. 601): whole numbers, so equal pictures have equal sums. */
const lumaAt = (rgb: Uint8Array, byte: number): number =>
  77 * (rgb[byte] ?? 0) + 150 * (rgb[byte + 1] ?? 0) + 29 * (rgb[byte + 2] ?? 0);

/** Sum and steepest step over a few pixels of one row; steps reach back into the two pixels before them. */
function measureRun(rgb: Uint8Array, row: number, start: number, end: number): { sum: number; step: number } {
  let sum = 0;
  let step = 0;
  let before = lumaAt(rgb, Math.max(start - 6, row));
  let last = lumaAt(rgb, Math.max(start - 3, row));
  for (let byte = start; byte < end; byte += 3) {
    const luma = lumaAt(rgb, byte);
    sum += luma;
    const rise = luma > before ? luma - before : before - luma;
    if (rise > step) step = rise;
    before = last;
    last = luma;
  }
  return { sum, step };
}

/** Mean absolute difference of luma, block by block. */
export function differenceOf(one: FrameMeasure, other: FrameMeasure): number {
  let sum = 0;
  for (let block = 0; block < one.blocks.length; block++) {
    sum += Math.abs((one.blocks[block] ?? 0) - (other.blocks[block] ?? 0));
  }
  return sum / one.blocks.length;
}

function sharpnessOf(steps: Int32Array): number {
  const top = steps.sort().subarray(-strongest);
  return top.reduce((sum, step) => sum + step, 0) / strongest / 256;
}

/** Two 32-bit hashes of the blocks' sums, joined as far as a number is exact. */
function fingerprintOf(sums: Int32Array): number {
  let high = 0x811c9dc5;
  let low = 0x9747b28c;
  for (const sum of sums) {
    high = Math.imul(high ^ sum, 0x01000193);
    low = Math.imul(low ^ sum, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * 2 ** 20 + (low >>> 12);
}

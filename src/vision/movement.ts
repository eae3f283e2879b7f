import type { FrameMeasure } from "./frame-measure.ts";

/** A block has to change by at least so much of 255, however quiet the camera. */
const leastChange = 5;
/** And by so many times what this camera's most restless blocks show of a still scene. */
const overNoise = 1.7;
/** Blocks of 3,600 that have to change: the edges of a head that sways. */
const fewestChanged = 12;
/** So few are more restless than what is taken for noise. */
const restlessShare = fewestChanged / 3_600;
/** No sensor's noise is more than this once a block's pixels are averaged: what is, moves. */
const mostNoise = 8;

/** Noise is learned from scenes that are quieter than thought at once, from more restless ones slowly. */
const learningDown = 0.3;
const learningUp = 0.02;

const binsPerGrey = 8;
const bins = 256;

export interface Movement {
  readonly moved: boolean;
  /** What this camera's noise comes to, for the next pair of pictures. */
  readonly noise: number;
}

/**
 * Whether something moved between two pictures of one camera, against the noise it has shown so far. The light
 * changing all over is no movement.
 */
export function movementBetween(
  before: FrameMeasure,
  now: FrameMeasure,
  noise: number | undefined,
): Movement {
  const light = now.mean - before.mean;
  const change = (block: number): number =>
    Math.abs((now.blocks[block] ?? 0) - (before.blocks[block] ?? 0) - light);
  const restless = restlessOf(now.blocks.length, change);
  const usual = Math.min(mostNoise, noise ?? restless);
  const limit = Math.max(leastChange, overNoise * usual);
  let count = 0;
  for (let block = 0; block < now.blocks.length; block++) if (change(block) > limit) count += 1;
  const rate = restless < usual ? learningDown : learningUp;
  return { moved: count >= fewestChanged, noise: usual + rate * (restless - usual) };
}

/** What all but a few blocks change by at the most; to an eighth of a grey level, without sorting. */
function restlessOf(length: number, change: (block: number) => number): number {
  const counts = new Uint16Array(bins);
  for (let block = 0; block < length; block++) {
    const bin = Math.min(bins - 1, Math.floor(change(block) * binsPerGrey));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  let over = 0;
  let bin = bins - 1;
  while (bin > 0 && over + (counts[bin] ?? 0) <= restlessShare * length) over += counts[bin--] ?? 0;
  return (bin + 0.5) / binsPerGrey;
}

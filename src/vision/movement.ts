import type { FrameMeasure } from "./frame-measure.ts";

/** A block whose mean luma changed by more than this shows something else; noise of a small sensor stays under it. */
const changed = 14;
/** Blocks of 3,600 that have to change: a head in the distance covers a hundred. */
const fewestChanged = 24;

/** Whether something moved between two pictures of one camera; the light changing all over is no movement. */
export function hasMoved(before: FrameMeasure, now: FrameMeasure): boolean {
  const light = now.mean - before.mean;
  let count = 0;
  for (let block = 0; block < now.blocks.length; block++) {
    const difference = (now.blocks[block] ?? 0) - (before.blocks[block] ?? 0) - light;
    if (difference > changed || difference < -changed) count += 1;
  }
  return count >= fewestChanged;
}

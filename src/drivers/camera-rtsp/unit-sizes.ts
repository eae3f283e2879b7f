/**
 * How large the units between entrances usually are. Somebody stepping into a quiet picture needs three to six times as
 * much to describe, from the first picture on, where the camera keeps its quality and lets the rate vary; one that keeps
 * its rate shows nothing of it in the sizes, and raises no false alarm either.
 */
export interface UnitSizes {
  /** Of the last units, oldest first. */
  readonly recent: readonly number[];
  /** Units in a row far over what is usual. */
  readonly run: number;
}

export const unknownSizes: UnitSizes = { recent: [], run: 0 };

/** A few seconds: who walks up and down out there is soon usual. */
const remembered = 64;
const fewest = 30;
/** Noise alone stays under 1.5. */
const farOver = 2.5;
/** One may be the parameter sets of a camera, or a flicker. */
const longestRun = 2;

export function observeSize(before: UnitSizes, size: number): UnitSizes {
  const recent = [...before.recent, size].slice(-remembered);
  if (before.recent.length < fewest) return { recent, run: 0 };
  const usual = before.recent.toSorted((one, other) => one - other)[before.recent.length >> 1] ?? size;
  return { recent, run: size > farOver * usual ? before.run + 1 : 0 };
}

/** Whether something may be moving before the camera. */
export const isStirred = ({ run }: UnitSizes): boolean => run >= longestRun;

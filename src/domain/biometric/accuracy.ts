/** How well distances tell people apart: error rates over many comparisons, after ISO/IEC 19795-1. */

/** A share with its 95 % interval (Wilson). Comparisons that share pictures are not independent, so it is narrow. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution: 95 % lie within ± 1.96 deviations. */
const z95 = 1.959964;

export function wilson(hits: number, of: number): Share {
  if (of === 0) return { share: Number.NaN, low: 0, high: 1 };
  const share = hits / of;
  const square = (z95 * z95) / of;
  const centre = (share + square / 2) / (1 + square);
  const half = (z95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  return {
    share,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === of ? 1 : Math.min(1, centre + half),
  };
}

export interface OperatingPoint {
  /** Distances at or under it match. */
  readonly threshold: number;
  /** Share of genuine comparisons refused. */
  readonly fnmr: Share;
  /** Impostor comparisons that match: under about 10 of them the threshold is an unsteady figure. */
  readonly falseMatches: number;
}

/** The largest threshold at which no more than `falseMatchRate` of the impostors match. Both lists ascending. */
export function operatingPoint(
  genuine: Float32Array,
  impostor: Float32Array,
  falseMatchRate: number,
): OperatingPoint {
  const allowed = Math.floor(falseMatchRate * impostor.length);
  const firstTooMany = impostor[allowed];
  // Just under the first impostor that must not match; with none to fear, everything may.
  const threshold = firstTooMany === undefined ? 2 : firstTooMany - 1e-6;
  return {
    threshold,
    fnmr: wilson(genuine.length - countUpTo(genuine, threshold), genuine.length),
    falseMatches: countUpTo(impostor, threshold),
  };
}

/** How many of the ascending `distances` are at or under `threshold`. */
export function countUpTo(distances: Float32Array, threshold: number): number {
  let low = 0;
  let high = distances.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((distances[middle] ?? Number.POSITIVE_INFINITY) <= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { WallTime } from "../time.ts";

/** One time somebody was recognised. */
export interface Recognition {
  readonly at: WallTime;
  /** Cosine distance to the enrolled template. */
  readonly distance: number;
  readonly threshold: number;
}

export interface Ageing {
  /** The face moves away from its templates, and will be refused before long. */
  readonly ageing: boolean;
  /** Growth of the distance in a hundred days, as a share of the threshold. */
  readonly growth: number;
  /** The middle of the last ones, as a share of the threshold. */
  readonly now: number;
}

export const mostRecognitions = 60;
/** Fewer say nothing of a trend, nor do many within days. */
const fewestRecognitions = 12;
const shortestSpan = 30;
const day = 86_400_000;

/** Beyond this share of the threshold bad light is enough to be refused. */
const nearlyRefused = 0.85;
/** How far ahead a trend is believed. */
const daysAhead = 100;
/** Kendall's tau over which a trend is no accident: for 12 or more values under 1 in 100 by chance. */
const trendCertain = 0.53;

/**
 * Whether the templates grow old, from the last times their owner was recognised. Robust: the middle of all slopes
 * (Theil and Sen), which a few bad pictures do not move. Undefined while there is too little to say.
 */
export function ageingOf(recognitions: readonly Recognition[]): Ageing | undefined {
  const points = recognitions
    .map(({ at, distance, threshold }) => ({ day: at / day, share: distance / threshold }))
    .filter(({ day, share }) => Number.isFinite(day) && Number.isFinite(share))
    .toSorted((one, other) => one.day - other.day)
    .slice(-mostRecognitions);
  const span = (points.at(-1)?.day ?? 0) - (points[0]?.day ?? 0);
  if (points.length < fewestRecognitions || span < shortestSpan) return undefined;
  const slopes: number[] = [];
  let rising = 0;
  let pairs = 0;
  for (const [index, later] of points.entries()) {
    for (const earlier of points.slice(0, index)) {
      if (later.day - earlier.day < 1) continue;
      slopes.push((later.share - earlier.share) / (later.day - earlier.day));
      rising += Math.sign(later.share - earlier.share);
      pairs += 1;
    }
  }
  const slope = median(slopes);
  const now = median(points.slice(-Math.ceil(fewestRecognitions / 2)).map(({ share }) => share));
  const tau = pairs === 0 ? 0 : rising / pairs;
  const certain = tau >= trendCertain * Math.sqrt(fewestRecognitions / points.length);
  const ahead = now + slope * daysAhead;
  return { ageing: certain && slope > 0 && ahead >= nearlyRefused, growth: slope * daysAhead, now };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

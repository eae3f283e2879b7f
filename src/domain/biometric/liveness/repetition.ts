import { type Milliseconds, since } from "../../time.ts";
import type { TrackSample } from "./track.ts";

const shadesAcross = 4;
const shadesDown = 4;
/** Shorter movements come again by themselves: somebody nods. */
const shortestPeriod: Milliseconds = 700;
/** So long, and in so many frames, it must have been the same again. */
const shortestOverlap: Milliseconds = 800;
const fewestOverlapping = 5;
/** Of the frames in a period: the longer one is, the more periods are tried, and a few frames fit one of them by chance. */
const leastOverlapping = 1 / 4;
/** Percent by which the shades differ between any two frames; under it nothing happens that could repeat. */
const fewestChange = 0.6;
/**
 * How alike frames a period apart are: by what frames differ in general, and by what they differ from the one just
 * before, noise included. Of living heads the lowest were 0.29 and 0.66, together 0.6; of clips filmed anew nine tenths
 * were under 0.3 and 0.38.
 */
const againShare = 0.35;
const againByStep = 0.45;
/**
 * What came again must be movement: by this share of what frames differ in general, within what came and within what
 * came again. Somebody who turned their head stands before and after as they stand.
 */
const leastWithin = 1 / 3;

export interface Repetition {
  readonly period: Milliseconds;
  /** Difference of frames a period apart, as a share of the difference of any two. */
  readonly share: number;
}

/**
 * After what time the face's light and shade come again, frame for frame, as in a short clip played over and over, be it
 * filmed anew with other noise. Undefined where they do not. The shades are taken row by row relative to the row's mean:
 * the beat of lamps against the sensor's rows comes again, too, before living people.
 */
export function repetitionOf(samples: readonly TrackSample[]): Repetition | undefined {
  const shades = samples.map(shadesOf);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || shades.some((each) => each.length === 0)) return undefined;
  const step = since(first.at, last.at) / Math.max(1, samples.length - 1);
  const change = meanDifference(shades, allPairs(shades.length));
  const byStep = meanDifference(shades, pairsApart(shades.length, 1));
  if (!(change >= fewestChange && step > 0)) return undefined;
  let best: Repetition | undefined;
  for (let lag = Math.ceil(shortestPeriod / step); lag <= shades.length - fewestOverlapping; lag += 1) {
    const overlapping = shades.length - lag;
    if (overlapping * step < shortestOverlap || overlapping < leastOverlapping * lag) break;
    const difference = meanDifference(shades, pairsApart(shades.length, lag));
    const share = difference / change;
    if (
      share < againShare &&
      difference < againByStep * byStep &&
      changeWithin(shades, lag) >= leastWithin * change &&
      !(best !== undefined && best.share <= share)
    )
      best = { period: lag * step, share };
  }
  return best;
}

/** The least that happens in either of two stretches of which one is to be the other, so many frames later. */
function changeWithin(shades: readonly Shades[], lag: number): number {
  const stretches = [shades.slice(0, shades.length - lag), shades.slice(lag)];
  return Math.min(...stretches.map((stretch) => meanDifference(stretch, allPairs(stretch.length))));
}

type Shades = readonly number[];

function shadesOf({ pixels }: TrackSample): Shades {
  const shades: number[] = [];
  for (let row = 0; row < shadesDown; row += 1) {
    const inRow = Array.from(
      { length: shadesAcross },
      (_, column) => pixels[`shade${row * shadesAcross + column}`] ?? Number.NaN,
    );
    const mean = inRow.reduce((sum, shade) => sum + shade, 0) / shadesAcross;
    shades.push(...inRow.map((shade) => (100 * shade) / (mean + 4)));
  }
  return shades.every(Number.isFinite) ? shades : [];
}

type Pair = readonly [one: number, other: number];

const pairsApart = (count: number, lag: number): Pair[] =>
  Array.from({ length: Math.max(0, count - lag) }, (_, index) => [index, index + lag] as const);

const allPairs = (count: number): Pair[] =>
  Array.from({ length: count - 1 }, (_, lag) => pairsApart(count, lag + 1)).flat();

/** Root mean square over the shades, then the mean over the pairs. */
function meanDifference(shades: readonly Shades[], pairs: readonly Pair[]): number {
  let sum = 0;
  for (const [one, other] of pairs) {
    const [from, to] = [shades[one] ?? [], shades[other] ?? []];
    const squares = from.reduce((total, shade, index) => total + (shade - (to[index] ?? 0)) ** 2, 0);
    sum += Math.sqrt(squares / Math.max(1, from.length));
  }
  return sum / Math.max(1, pairs.length);
}

import { type Milliseconds, since } from "../../time.ts";
import { figuresOf, medianOf, quantileOf } from "./face-figures.ts";
import { shapeChanges, shapeOf } from "./head-shape.ts";
import { repetitionOf } from "./repetition.ts";
import type { CueResult, TrackSample } from "./track.ts";

/** The same pixels so many times in a row, or a run of them again: no sensor repeats its noise. */
const repeatsRefused = 3;
const runRefused = 3;
const shortestRepeat: Milliseconds = 500;
/** Nobody alive stands so still for so long: a third of a millimetre. Distances of the eyes. */
const stillUnder = 0.006;
const stillFor: Milliseconds = 2_500;
const fewestStill = 10;
/** A face that has moved by less than this ever since it came may be one: of frozen pictures nine in ten, of people one in forty. */
const stillSoFar = 0.004;
const fewestSoFar = 4;
/** A loop shows its movement again to within this share of how much there is, over this long at least. */
const loopShare = 0.2;
const loopOverlap: Milliseconds = 1_500;
const shortestPeriod: Milliseconds = 800;
/** Movement under this multiple of the landmarks' noise repeats by chance. */
const fewestNoises = 6;
/** What came again must be movement, not rest before and after one: this share of what there is in all. */
const leastWithin = 1 / 3;
const usualEyes = 57;

/** The same pictures again, or one that stands still: of a clip, or of a feed that somebody has cut into. */
export function replayCue(samples: readonly TrackSample[]): CueResult {
  const prints = samples.flatMap(({ at, pixels }) => {
    const print = pixels["fingerprint"];
    return print === undefined ? [] : { at, print };
  });
  const repeats = longestRepeat(prints);
  const run = longestRun(prints.map(({ print }) => print));
  const sway = swayOf(samples);
  const swaySoFar = sway === undefined ? spreadOfPlaces(samples, fewestSoFar) : undefined;
  const loop = loopOf(samples);
  const repetition = repetitionOf(samples);
  const figures = {
    repeats,
    run,
    ...(sway === undefined ? {} : { sway }),
    ...(swaySoFar === undefined ? {} : { swaySoFar }),
    ...(loop === undefined ? {} : { loopPeriod: loop.period, loopDifference: loop.difference }),
    ...(repetition === undefined
      ? {}
      : { repetitionPeriod: repetition.period, repetitionShare: repetition.share }),
  };
  const score = Math.min(
    0,
    repeats >= repeatsRefused ? -0.9 : 0,
    run >= runRefused ? -0.95 : 0,
    sway !== undefined && sway < stillUnder ? -0.7 : 0,
    loop !== undefined && loop.difference < loopShare ? -0.7 : 0,
    repetition === undefined ? 0 : -0.8,
  );
  if (score < 0) return { cue: "replay", says: "attack", score, figures };
  const isStill = swaySoFar !== undefined && swaySoFar < stillSoFar;
  return { cue: "replay", says: "silent", score, figures, ...(isStill ? { suspects: true } : {}) };
}

interface Print {
  readonly at: TrackSample["at"];
  readonly print: number;
}

/** How often the same pixels came again without a break, where that lasted. */
function longestRepeat(prints: readonly Print[]): number {
  let longest = 0;
  let start = 0;
  for (const [index, { at, print }] of prints.entries()) {
    const first = prints[start];
    if (first === undefined || first.print !== print) start = index;
    else if (since(first.at, at) >= shortestRepeat) longest = Math.max(longest, index - start);
  }
  return longest;
}

/** The longest run of pictures, each other than the one before, that had come before at one same distance. */
function longestRun(prints: readonly number[]): number {
  const distinct = prints.filter((print, index) => print !== prints[index - 1]);
  let longest = 0;
  let run = 0;
  let lag = 0;
  for (const [index, print] of distinct.entries()) {
    const earlier = distinct.slice(0, index).lastIndexOf(print);
    const distance = earlier < 0 ? 0 : index - earlier;
    run = distance === 0 ? 0 : distance === lag ? run + 1 : 1;
    lag = distance;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** How far the face wandered over the last while; undefined where it was not seen long enough. */
function swayOf(samples: readonly TrackSample[]): number | undefined {
  const last = samples.at(-1);
  const recent = samples.filter(({ at }) => last !== undefined && since(at, last.at) <= stillFor * 1.2);
  const first = recent[0];
  if (first === undefined || last === undefined || since(first.at, last.at) < stillFor) return undefined;
  return spreadOfPlaces(recent, fewestStill);
}

/** In distances of the eyes; undefined of fewer than `fewest` places. */
function spreadOfPlaces(recent: readonly TrackSample[], fewest: number): number | undefined {
  const places = recent.flatMap(({ landmarks }) => shapeOf(landmarks)?.placement ?? []);
  const size = medianOf(places.map(({ eyeDistance }) => eyeDistance));
  // The smaller the face, the more its landmarks' noise looks like sway: then nothing can be said.
  if (size === undefined || places.length < fewest) return undefined;
  const spread = (values: readonly number[]): number =>
    (quantileOf(values, 0.84) ?? 0) - (quantileOf(values, 0.16) ?? 0);
  return Math.hypot(spread(places.map(({ x }) => x)), spread(places.map(({ y }) => y))) / size / 2;
}

/** What a face does, each in multiples of that figure's noise; nothing of where it is, for a phone moves in a hand. */
function movementOf(samples: readonly TrackSample[]): readonly (readonly number[])[] {
  const shapes = samples.map(({ landmarks }) => shapeOf(landmarks));
  const changes = shapeChanges(shapes.flatMap((shape) => shape ?? []));
  if (changes.length !== samples.length) return [];
  const size = medianOf(shapes.map((shape) => shape?.placement.eyeDistance ?? Number.NaN)) ?? usualEyes;
  const coarseness = Math.max(1, usualEyes / size);
  return changes.map(({ right, down, stretch }, index) => {
    const sample = samples[index];
    const mouth = sample === undefined ? 0 : figuresOf(sample).mouth;
    return [right / 0.008, down / 0.012, stretch / 0.005, mouth / 0.01].map((value) => value / coarseness);
  });
}

interface Loop {
  readonly period: Milliseconds;
  /** Difference to one period ago, by the difference of any two moments. */
  readonly difference: number;
}

/** The period after which the movement comes closest to what it was; undefined without enough of it. */
function loopOf(samples: readonly TrackSample[]): Loop | undefined {
  const movement = movementOf(samples);
  const [first, last] = [samples[0], samples.at(-1)];
  if (movement.length < 2 * fewestStill || first === undefined || last === undefined) return undefined;
  const length = since(first.at, last.at);
  const step = length / (samples.length - 1);
  const usual = meanDifference(movement, Math.max(1, Math.round(movement.length / 2)));
  let best: Loop | undefined;
  for (let lag = Math.ceil(shortestPeriod / step); (samples.length - lag) * step >= loopOverlap; lag += 1) {
    const difference = meanDifference(movement, lag);
    const other = Math.max(meanDifference(movement, Math.round(lag / 2)), usual);
    if (other < fewestNoises) continue;
    if (movementWithin(movement, lag) < leastWithin * other) continue;
    const share = difference / other;
    if (best === undefined || share < best.difference) best = { period: lag * step, difference: share };
  }
  return best;
}

/** The least there is in either of two stretches of which one is to be the other, so many frames later. */
function movementWithin(movement: readonly (readonly number[])[], lag: number): number {
  const stretches = [movement.slice(0, movement.length - lag), movement.slice(lag)];
  return Math.min(
    ...stretches.map((stretch) => meanDifference(stretch, Math.max(1, Math.round(stretch.length / 2)))),
  );
}

function meanDifference(movement: readonly (readonly number[])[], lag: number): number {
  let sum = 0;
  for (let index = lag; index < movement.length; index += 1) {
    const now = movement[index] ?? [];
    const then = movement[index - lag] ?? [];
    sum += Math.hypot(...now.map((value, axis) => value - (then[axis] ?? 0)));
  }
  return sum / Math.max(1, movement.length - lag);
}

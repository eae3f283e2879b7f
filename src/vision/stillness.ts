import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { CameraHealthPolicy } from "./camera-health-policy.ts";
import { differenceOf, type FrameMeasure } from "./frame-measure.ts";

export type FrozenCause = "identical" | "still" | "looping";

/** Whether a camera's pictures still come from the world: those of a living sensor never repeat. */
export interface Stillness {
  readonly cause: FrozenCause | undefined;
  /** Pictures equal to the one before them, in a row, up to now. */
  readonly repeats: number;
  readonly last: FrameMeasure | undefined;
  readonly identicalSince: Instant | undefined;
  readonly differences: readonly { readonly at: Instant; readonly value: number }[];
  /** The difference this camera shows of a quiet scene; undefined until one was seen. */
  readonly usual: number | undefined;
  /** Whether pictures come as at idle pace, a second apart and more. */
  readonly isSparse: boolean;
  /** The usual of the other pace: key pictures differ more from each other than neighbours do. */
  readonly usualElsewhere: number | undefined;
  readonly loop: LoopWatch;
}

interface LoopWatch {
  /** Oldest first; equal neighbours count once. */
  readonly history: readonly { readonly fingerprint: number; readonly at: Instant }[];
  readonly period: Milliseconds;
  /** Pictures in a row equal to the one a period earlier. */
  readonly run: number;
  /** Pictures in a row that were new. */
  readonly fresh: number;
}

export const unknownStillness: Stillness = {
  cause: undefined,
  repeats: 0,
  last: undefined,
  identicalSince: undefined,
  differences: [],
  usual: undefined,
  isSparse: false,
  usualElsewhere: undefined,
  loop: { history: [], period: 0, run: 0, fresh: 0 },
};

/** Bound on the window where a source is faster than any policy foresees. */
const mostDifferences = 500;
const fewestDifferences = 8;
const fewestSparse = 5;
/** So many sparse pictures have to move before one that stood still is believed. */
const fewestThawed = 3;
/** Pictures further apart than this are those of the idle pace. */
const sparseFrom: Milliseconds = 700;
/** Two rounds of a loop take the same time, but for what the network adds. */
const periodTolerance: Milliseconds = 500;
/** The median falls when half the window stands still; that half has to last as long as the policy says. */
const windowOf = (policy: CameraHealthPolicy): Milliseconds => 2 * policy.frozenAfter;
/** A step of the mean luma like a lamp switched on: the noise is another one from now on. */
const lightChange = 15;
/** Per second: what is usual follows within a minute. */
const learningRate = 0.02;

export function observeStillness(
  before: Stillness,
  measure: FrameMeasure,
  policy: CameraHealthPolicy,
): Stillness {
  const { last } = before;
  if (last === undefined)
    return { ...before, last: measure, loop: observeLoop(before.loop, measure, policy) };
  const paced = atPaceOf(before, since(last.at, measure.at) > sparseFrom);
  const isRepeat = measure.fingerprint === last.fingerprint;
  const identicalSince = isRepeat ? (before.identicalSince ?? last.at) : undefined;
  const hasLightChanged = Math.abs(measure.mean - last.mean) > lightChange;
  const differences = windowWith(hasLightChanged ? [] : paced.differences, measure, last, policy);
  const loop = isRepeat ? before.loop : observeLoop(before.loop, measure, policy);
  const usual = hasLightChanged ? undefined : paced.usual;
  const usualElsewhere = hasLightChanged ? undefined : paced.usualElsewhere;
  const next: Stillness = {
    ...paced,
    repeats: isRepeat ? before.repeats + 1 : 0,
    last: measure,
    identicalSince,
    differences,
    usual,
    usualElsewhere,
    loop,
  };
  const spread = spreadOf(next, policy);
  if (before.cause === "identical" && hasThawed(next, policy)) {
    return { ...next, cause: undefined, differences: recent(next, policy) };
  }
  const cause = causeOf(next, spread?.median, policy);
  const share = Math.min(1, (learningRate * since(last.at, measure.at)) / 1000);
  return { ...next, cause, usual: cause === undefined ? learn(usual, spread, share, policy) : usual };
}

/** The two paces have habits of their own, and the differences of one say nothing about the other. */
function atPaceOf(before: Stillness, isSparse: boolean): Stillness {
  if (before.isSparse === isSparse) return before;
  const { usual, usualElsewhere } = before;
  return { ...before, isSparse, differences: [], usual: usualElsewhere, usualElsewhere: usual };
}

/** After a gap, the pictures on both sides of it say nothing about each other. */
export function forgetNeighbours(before: Stillness): Stillness {
  return { ...before, repeats: 0, last: undefined, identicalSince: undefined, differences: [] };
}

function causeOf(
  state: Stillness,
  median: number | undefined,
  policy: CameraHealthPolicy,
): FrozenCause | undefined {
  const { identicalSince, last, loop, cause } = state;
  if (
    identicalSince !== undefined &&
    last !== undefined &&
    since(identicalSince, last.at) >= policy.frozenAfter
  ) {
    return "identical";
  }
  const loopRun = loopRunOf(state.isSparse, policy);
  if (loop.run >= loopRun || (cause === "looping" && loop.fresh < loopRun)) return "looping";
  // Too little seen to tell: what was said before stands.
  if (median === undefined) return cause === "looping" ? undefined : cause;
  const limit = Math.max(policy.stillBelow, policy.stillShare * (state.usual ?? 0));
  if (median >= limit) return undefined;
  return cause === "identical" ? cause : "still"; // the zeros of before are no second fault
}

/**
 * Whether a picture that stood still to the byte has moved again for long enough, and as a living sensor's does. The
 * window still holds all the zeros of before, and would say "still" for another five seconds.
 */
function hasThawed(state: Stillness, policy: CameraHealthPolicy): boolean {
  const moved = recent(state, policy);
  const [first] = moved;
  const fewest = state.isSparse ? fewestThawed : fewestDifferences;
  if (first === undefined || state.last === undefined || moved.length < fewest) return false;
  const limit = Math.max(policy.stillBelow, policy.stillShare * (state.usual ?? 0));
  return (
    since(first.at, state.last.at) >= policy.thawedAfter &&
    state.loop.fresh >= moved.length &&
    moved.every(({ value }) => value >= limit)
  );
}

/** The differences of the last `thawedAfter`, and the one before them; of sparse pictures, as many as it takes. */
function recent(
  { differences, last, isSparse }: Stillness,
  policy: CameraHealthPolicy,
): Stillness["differences"] {
  if (last === undefined) return [];
  const firstInside = differences.findIndex(({ at }) => since(at, last.at) < policy.thawedAfter);
  if (firstInside < 0) return [];
  const start = isSparse ? Math.min(firstInside - 1, differences.length - fewestThawed) : firstInside - 1;
  return differences.slice(Math.max(start, 0));
}

function windowWith(
  differences: Stillness["differences"],
  measure: FrameMeasure,
  last: FrameMeasure,
  policy: CameraHealthPolicy,
): Stillness["differences"] {
  const all = [...differences, { at: measure.at, value: differenceOf(measure, last) }].slice(
    -mostDifferences,
  );
  // One older than the window stays, so that the window is known to be full.
  const firstInside = all.findIndex(({ at }) => since(at, measure.at) < windowOf(policy));
  return all.slice(Math.max(firstInside - 1, 0));
}

interface Spread {
  /** The quietest tenth begins below this. */
  readonly low: number;
  readonly median: number;
}

/** Of a full window; undefined before there is one. */
function spreadOf(
  { differences, last, isSparse }: Stillness,
  policy: CameraHealthPolicy,
): Spread | undefined {
  const [oldest] = differences;
  if (oldest === undefined || last === undefined) return undefined;
  if (differences.length < (isSparse ? fewestSparse : fewestDifferences)) return undefined;
  if (since(oldest.at, last.at) < windowOf(policy)) return undefined;
  const values = differences.map(({ value }) => value).sort((left, right) => left - right);
  const quantile = (share: number) => values[Math.floor(values.length * share)] ?? 0;
  return { low: quantile(0.1), median: quantile(0.5) };
}

/**
 * Only quiet moments teach. Learned from people walking past, the usual would be so high that their leaving
 * looked like a frozen picture.
 */
function learn(
  usual: number | undefined,
  spread: Spread | undefined,
  share: number,
  policy: CameraHealthPolicy,
): number | undefined {
  if (spread === undefined || spread.low > policy.noiseBelow) return usual;
  return usual === undefined ? spread.low : usual + share * (spread.low - usual);
}

function observeLoop(
  before: LoopWatch,
  { fingerprint, at }: FrameMeasure,
  policy: CameraHealthPolicy,
): LoopWatch {
  const history = [...before.history, { fingerprint, at }].slice(-policy.loopMemory);
  const earlier = before.history.findLast((one) => one.fingerprint === fingerprint);
  if (earlier === undefined) return { history, period: 0, run: 0, fresh: before.fresh + 1 };
  // By time: rounds seen at different paces hold different numbers of pictures.
  const period = since(earlier.at, at);
  const goesOn = before.period > 0 && Math.abs(period - before.period) <= periodTolerance;
  return { history, period, run: goesOn ? before.run + 1 : 1, fresh: 0 };
}

/** Of pictures a second and more apart, fewer in a row are no chance either. */
const loopRunOf = (isSparse: boolean, policy: CameraHealthPolicy): number =>
  isSparse ? policy.sparseLoopRun : policy.loopRun;

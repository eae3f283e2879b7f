import {
  countUpTo,
  type Interval,
  operatingPoint,
  overPairsOfPeople,
  overPeople,
  wilson,
} from "../domain/biometric/accuracy.ts";
import { SeededRandom } from "../simulation/seeded-random.ts";
import type { Comparisons } from "./face-bench-comparisons.ts";

/** Both ascending. */
export interface Distances {
  readonly genuine: Float32Array;
  readonly impostor: Float32Array;
}

export interface Rate {
  readonly fnmr: number;
  readonly low: number;
  readonly high: number;
  /** 95 % interval with people drawn anew; null where nobody's name is known. */
  readonly overPeople: Interval | null;
  readonly threshold: number;
  readonly falseMatches: number;
}

const falseMatchRates = { "1e-2": 1e-2, "1e-3": 1e-3, "1e-4": 1e-4, "1e-5": 1e-5 } as const;
export type RateName = keyof typeof falseMatchRates;
export const rateNames = Object.keys(falseMatchRates) as readonly RateName[];

export function distancesOf({ each }: Comparisons): Distances {
  const counts = [0, 0];
  each((_, one, other) => {
    counts[one === other ? 0 : 1] = (counts[one === other ? 0 : 1] ?? 0) + 1;
  });
  const [genuine, impostor] = counts.map((count) => new Float32Array(count));
  if (genuine === undefined || impostor === undefined) throw new RangeError("there are two kinds");
  let [nextGenuine, nextImpostor] = [0, 0];
  each((distance, one, other) => {
    if (one === other) genuine[nextGenuine++] = distance;
    else impostor[nextImpostor++] = distance;
  });
  return { genuine: genuine.sort(), impostor: impostor.sort() };
}

export function rates(comparisons: Comparisons, distances: Distances): Record<RateName, Rate> {
  const at = (name: RateName): Rate => {
    const { genuine, impostor } = distances;
    const { threshold, fnmr, falseMatches } = operatingPoint(genuine, impostor, falseMatchRates[name]);
    return {
      fnmr: fnmr.share,
      low: fnmr.low,
      high: fnmr.high,
      overPeople: refusedOverPeople(comparisons, threshold),
      threshold: round(threshold),
      falseMatches,
    };
  };
  return { "1e-2": at("1e-2"), "1e-3": at("1e-3"), "1e-4": at("1e-4"), "1e-5": at("1e-5") };
}

/** Towards zero, so that the printed threshold accepts nobody the exact one refuses. */
const round = (threshold: number): number => Math.floor(threshold * 1e5) / 1e5;

export type ShippedRate = ReturnType<typeof shippedRates>;

export function shippedRates(comparisons: Comparisons, { genuine, impostor }: Distances, threshold: number) {
  const refused = wilson(genuine.length - countUpTo(genuine, threshold), genuine.length);
  const accepted = wilson(countUpTo(impostor, threshold), impostor.length);
  return {
    threshold,
    fmr: accepted.share,
    fmrLow: accepted.low,
    fmrHigh: accepted.high,
    fnmr: refused.share,
    fnmrLow: refused.low,
    fnmrHigh: refused.high,
    overPeople:
      comparisons.people === undefined
        ? null
        : {
            fmr: acceptedOverPeople(comparisons, threshold),
            fnmr: refusedOverPeople(comparisons, threshold),
          },
  };
}

const steps = 2 ** 24;
/** The same people are drawn whenever the same pictures are measured. */
function drawing(): () => number {
  const numbers = new SeededRandom(1);
  return () => numbers.between(0, steps - 1) / steps;
}

function refusedOverPeople({ people, each }: Comparisons, threshold: number): Interval | null {
  if (people === undefined) return null;
  const counts = people.enrolled.map(() => ({ hits: 0, of: 0 }));
  each((distance, person) => {
    const count = counts[person];
    if (count === undefined) return;
    count.of += 1;
    if (distance > threshold) count.hits += 1;
  }, "genuine");
  return overPeople(
    counts.filter(({ of }) => of > 0),
    drawing(),
  );
}

function acceptedOverPeople({ people, each }: Comparisons, threshold: number): Interval | null {
  if (people === undefined) return null;
  const matches: [number, number][] = [];
  const bothWays = people.enrolled === people.probes;
  each((distance, one, other) => {
    if (one === other || distance > threshold || matches.length >= mostMatches) return;
    matches.push([one, other]);
    // All with all counts a pair once and the people on its sides twice.
    if (bothWays) matches.push([other, one]);
  });
  return matches.length >= mostMatches ? null : overPairsOfPeople(matches, people, drawing());
}

/** More false matches than this say by themselves what is to be known, and would take minutes. */
const mostMatches = 200_000;

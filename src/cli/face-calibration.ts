import { countUpTo, type Interval, operatingPoint, wilson } from "../domain/biometric/accuracy.ts";
import {
  euclideanOf,
  type FalseMatchRate,
  type RecogniserManifest,
} from "../drivers/face-nets/recogniser/recogniser-manifest.ts";
import { type Descriptors, fusedComparisons, singleComparisons } from "./face-bench-comparisons.ts";
import { type Distances, distancesOf } from "./face-bench-figures.ts";
import type { BenchInput } from "./face-bench-input.ts";

const rates: Readonly<Record<FalseMatchRate, number>> = { "1e-3": 1e-3, "1e-4": 1e-4, "1e-5": 1e-5 };
const rateNames = Object.keys(rates) as readonly FalseMatchRate[];

/** Fewer false matches than this make a threshold of chance: another few strangers would move it. */
const leastFalseMatches = 10;

/** Pictures enrolled against frames: the strictest of these counts, whatever a cardholder has. */
const fusions = [
  [2, 2],
  [3, 2],
  [3, 3],
] as const;

/** A threshold as cosine distance, and the false match rate it has on the set, 95 % (Wilson). */
export interface Calibrated {
  readonly threshold: number;
  readonly falseMatchRate: Interval;
  /** Of the genuine comparisons, 95 %. */
  readonly refused: { readonly share: number } & Interval;
}

export interface SetCalibration {
  readonly set: string;
  readonly pictures: number;
  readonly people: number | null;
  readonly failureToAcquire: number;
  readonly single: KindCalibration;
  readonly fused: KindCalibration;
}

export interface KindCalibration {
  readonly genuine: number;
  readonly impostor: number;
  readonly at: Partial<Readonly<Record<FalseMatchRate, Calibrated>>>;
  /** How many impostor comparisons each rate would have needed. */
  readonly notCarried: Partial<Readonly<Record<FalseMatchRate, number>>>;
}

export function calibrateSet(set: string, input: BenchInput, descriptors: Descriptors): SetCalibration {
  const single = distancesOf(singleComparisons(input, descriptors));
  const fused = fusions.flatMap(([enrolled, probes]) => {
    const comparisons = fusedComparisons(input, descriptors, enrolled, probes);
    return comparisons === undefined ? [] : [distancesOf(comparisons)];
  });
  return {
    set,
    pictures: input.files.length,
    people: input.people === undefined ? null : new Set(input.people).size,
    failureToAcquire: descriptors.filter((one) => one === undefined).length / descriptors.length,
    single: calibrateKind([single]),
    fused: calibrateKind(fused),
  };
}

/** The strictest of several ways to compare; a rate that one of them cannot carry is taken from those that can. */
export function calibrateKind(all: readonly Distances[]): KindCalibration {
  const at: Partial<Record<FalseMatchRate, Calibrated>> = {};
  const notCarried: Partial<Record<FalseMatchRate, number>> = {};
  for (const rate of rateNames) {
    const strictest = all
      .flatMap((distances) => calibratedAt(distances, rates[rate]) ?? [])
      .toSorted((one, other) => one.threshold - other.threshold)[0];
    if (strictest === undefined) notCarried[rate] = Math.ceil(leastFalseMatches / rates[rate]);
    else at[rate] = strictest;
  }
  return {
    genuine: Math.max(0, ...all.map(({ genuine }) => genuine.length)),
    impostor: Math.max(0, ...all.map(({ impostor }) => impostor.length)),
    at,
    notCarried,
  };
}

function calibratedAt({ genuine, impostor }: Distances, rate: number): Calibrated | undefined {
  // A share of a whole number that is not quite one must not lose the last comparison to rounding.
  if (impostor.length * rate < leastFalseMatches - 1e-9) return undefined;
  const { threshold, fnmr } = operatingPoint(genuine, impostor, rate);
  const { low, high } = wilson(countUpTo(impostor, threshold), impostor.length);
  return { threshold, falseMatchRate: { low, high }, refused: fnmr };
}

/** What goes into the manifest: of several sets the strictest threshold, in the manifest's own unit. */
export function thresholdsOf(
  sets: readonly SetCalibration[],
  distance: RecogniserManifest["distance"],
  fingerprint: string,
  on: string,
): NonNullable<RecogniserManifest["thresholds"]> {
  const strictest = (kind: "single" | "fused") =>
    Object.fromEntries(
      rateNames.flatMap((rate) => {
        const all = sets.flatMap((set) => set[kind].at[rate]?.threshold ?? []);
        return all.length === 0 ? [] : [[rate, inUnit(Math.min(...all), distance)]];
      }),
    );
  const calibratedOn = sets.map(({ set, pictures, people, failureToAcquire, single, fused }) => ({
    set,
    on,
    pictures,
    people,
    genuine: single.genuine,
    impostor: single.impostor,
    fusedGenuine: fused.genuine,
    fusedImpostor: fused.impostor,
    failureToAcquire,
    falseMatches: Object.fromEntries(
      (["single", "fused"] as const).flatMap((kind) =>
        rateNames.flatMap((rate) => {
          const interval = (kind === "single" ? single : fused).at[rate]?.falseMatchRate;
          return interval === undefined ? [] : [[`${kind} ${rate}`, interval] as const];
        }),
      ),
    ),
    fingerprint,
  }));
  return { single: strictest("single"), fused: strictest("fused"), calibratedOn };
}

/** Towards zero, so that the written threshold accepts nobody the exact one refuses. */
function inUnit(cosine: number, distance: RecogniserManifest["distance"]): number {
  const value = distance === "cosine" ? cosine : euclideanOf(cosine);
  return Math.floor(value * 1e5) / 1e5;
}

import type { JsonObject, JsonValue } from "../../ports/journal.ts";
import type { FigureOrder, ScoreDistribution } from "../../ports/services/figure-services.ts";
import { textOf } from "../ended-passages.ts";
import { type Folding, isAsked, lies, type Period } from "./folding.ts";
import { count } from "./passage-counts.ts";

const bins = 40;

interface OfModel {
  readonly granted: number[];
  readonly faceMismatch: number[];
  /** By similarity, in the order in which they were first seen. */
  readonly thresholds: Map<number, number>;
}

/**
 * How like their cards' owners people looked, of whom the face decided: let in, and refused for it. Thresholds are on
 * record as distances, that is 1 − similarity.
 */
export function scoreDistributions(
  order: Pick<FigureOrder, "vestibule" | "door">,
  period: Period,
): Folding<readonly ScoreDistribution[]> {
  const models = new Map<string, OfModel>();
  return {
    types: new Set(["AccessGranted", "AccessDenied"]),
    take(record) {
      const { type, wall, payload } = record;
      if (type === "AccessDenied" && payload["reason"] !== "faceMismatch") return;
      if (!lies(wall, period) || !isAsked(order, record)) return;
      const { score, threshold, model } = faceOf(payload);
      if (typeof score !== "number" || typeof threshold !== "number") return;
      const known = models.get(textOf(model));
      const of: OfModel = known ?? { granted: [], faceMismatch: [], thresholds: new Map() };
      if (known === undefined) models.set(textOf(model), of);
      of[type === "AccessGranted" ? "granted" : "faceMismatch"].push(score);
      const similarity = rounded(1 - threshold);
      of.thresholds.set(similarity, (of.thresholds.get(similarity) ?? 0) + 1);
    },
    figure: () => [...models].map(([model, of]) => distribution(model, of)),
  };
}

function distribution(model: string, { granted, faceMismatch, thresholds }: OfModel): ScoreDistribution {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const list of [granted, faceMismatch, thresholds.keys()]) {
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  // Whole figures at the edges, and the highest value within the last bin.
  const binWidth = niceAtLeast((high - low) / (bins - 1));
  const edge = rounded(Math.floor(low / binWidth) * binWidth);
  const counted = (values: readonly number[]): readonly number[] => {
    const counts = Array.from({ length: bins }, () => 0);
    for (const value of values) {
      count(counts, Math.max(0, Math.min(bins - 1, Math.floor((value - edge) / binWidth + 1e-9))));
    }
    return counts;
  };
  return {
    model,
    low: edge,
    binWidth,
    granted: counted(granted),
    faceMismatch: counted(faceMismatch),
    thresholds: [...thresholds].map(([similarity, comparisons]) => ({ similarity, comparisons })),
  };
}

/** 1, 2 or 5 times a power of ten. */
function niceAtLeast(width: number): number {
  const least = Math.max(width, 1e-4);
  const power = 10 ** Math.floor(Math.log10(least));
  return rounded(power * ([1, 2, 5, 10].find((step) => step * power >= least) ?? 10));
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function faceOf(payload: JsonObject): Readonly<Record<string, JsonValue | undefined>> {
  const face = payload["face"];
  return isObject(face) ? face : {};
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !(value instanceof Array);

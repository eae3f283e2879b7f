import { SeededRandom } from "../../src/simulation/seeded-random.ts";
import { type Distances, dimensions, product } from "./comparing.ts";

/** Pictures of one person taken together, by their rows. */
interface Group {
  readonly person: number;
  readonly rows: readonly number[];
}

export interface Fusable {
  /** Of unit length. */
  readonly values: Float32Array;
  readonly people: readonly number[];
  /** What each picture counts for in a weighted mean. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** How the pictures on both sides become one distance. */
export const fusings = [
  "mean descriptor",
  "weighted by length",
  "weighted by mirror",
  "mean distance",
  "smallest distance",
  "largest distance",
] as const;
export type Fusing = (typeof fusings)[number];

/** How often people's pictures are dealt anew. */
const deals = 4;

/**
 * Disjoint groups of everybody's pictures, dealt at random: one of `enrolled` and all that `probes` leaves, of people
 * who have enough; of the others a group of the one or the other kind, for strangers' comparisons.
 */
export function fusedDistances(set: Fusable, enrolled: number, probes: number, fusing: Fusing): Distances {
  const genuine: number[] = [];
  const impostor: number[] = [];
  const random = new SeededRandom(enrolled * 100 + probes);
  for (let deal = 0; deal < deals; deal += 1) {
    const { templates, groups } = dealt(set, enrolled, probes, random);
    const distance = distanceOf(set, fusing, [...templates, ...groups]);
    for (const template of templates) {
      for (const group of groups)
        (template.person === group.person ? genuine : impostor).push(distance(template, group));
    }
  }
  return { genuine: Float32Array.from(genuine).sort(), impostor: Float32Array.from(impostor).sort() };
}

function dealt({ people }: Fusable, enrolled: number, probes: number, random: SeededRandom) {
  const templates: Group[] = [];
  const groups: Group[] = [];
  for (const [person, rows] of Map.groupBy(people.keys(), (row) => people[row] ?? 0)) {
    const left = shuffled(rows, random);
    const both = left.length >= enrolled + probes;
    const asTemplate =
      both || (left.length >= enrolled && (left.length < probes || random.between(0, 1) === 0));
    if (asTemplate) templates.push({ person, rows: left.splice(0, enrolled) });
    if (asTemplate && !both) continue;
    while (left.length >= probes) groups.push({ person, rows: left.splice(0, probes) });
  }
  return { templates, groups };
}

function shuffled(rows: readonly number[], random: SeededRandom): number[] {
  const out = [...rows];
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [out[last], out[other]] = [out[other] ?? 0, out[last] ?? 0];
  }
  return out;
}

function distanceOf(
  set: Fusable,
  fusing: Fusing,
  all: readonly Group[],
): (one: Group, other: Group) => number {
  if (fusing === "mean distance" || fusing === "smallest distance" || fusing === "largest distance") {
    return (one, other) => {
      const each = one.rows.flatMap((row) =>
        other.rows.map((probe) => 1 - product(set.values, row, set.values, probe)),
      );
      if (fusing === "smallest distance") return Math.min(...each);
      if (fusing === "largest distance") return Math.max(...each);
      return each.reduce((sum, value) => sum + value, 0) / each.length;
    };
  }
  const weights = fusing === "mean descriptor" ? undefined : set.weights.get(fusing);
  const means = new Map(all.map((group) => [group, meanOf(set.values, group.rows, weights)]));
  const none = new Float32Array(dimensions);
  return (one, other) => 1 - product(means.get(one) ?? none, 0, means.get(other) ?? none, 0);
}

function meanOf(
  values: Float32Array,
  rows: readonly number[],
  weights: Float32Array | undefined,
): Float32Array {
  const mean = new Float32Array(dimensions);
  for (const row of rows) {
    const weight = weights?.[row] ?? 1;
    for (let index = 0; index < dimensions; index += 1)
      mean[index] = (mean[index] ?? 0) + weight * (values[row * dimensions + index] ?? 0);
  }
  const length = Math.hypot(...mean);
  return mean.map((value) => value / length);
}

import { operatingPoint } from "../../src/domain/biometric/accuracy.ts";
import type { FaceEngine } from "../../src/ports/face-engine.ts";
import { SeededRandom } from "../../src/simulation/seeded-random.ts";
import {
  cosine,
  type Described,
  dimensions,
  distancesBetween,
  type Figures,
  figuresOf,
  numbered,
  product,
  rowsOf,
  sumOf,
  unit,
} from "./comparing.ts";
import type { DescribedSet } from "./described.ts";
import { describedSmaller, type Smaller } from "./distance-to-camera.ts";
import { type Learner, learners } from "./distances.ts";
import { type Fusable, fusedDistances, fusings } from "./fusing.ts";
import { percent, table } from "./tables.ts";
import { extrapolated } from "./tail.ts";
import { cuts, shakenNames } from "./variants.ts";

export interface StudySet extends DescribedSet {
  readonly numbers: readonly number[];
}

export const studySet = (set: DescribedSet): StudySet => ({ ...set, numbers: numbered(set.people) });

/** What is shipped: two cuts and their mirror images. */
const shipped = ["room 15", "room 30"] as const;

/** Averages of several cuts, each with its mirror image but where it says otherwise. */
const averages: ReadonlyMap<string, readonly string[]> = new Map([
  ["rooms 20 and 30", ["room 20", "room 30"]],
  ["rooms 15 and 30 (shipped)", shipped],
  ["rooms 15, 25 and 30", ["room 15", "room 25", "room 30"]],
  ["rooms 15 to 35", ["room 15", "room 20", "room 25", "room 30", "room 35"]],
  ["shaken, all twelve", shakenNames],
  ["shaken, and rooms 20 and 30", [...shakenNames, "room 20", "room 30"]],
  ["rooms 15 and 30, and tinted", ["room 15", "room 30", "tinted"]],
]);

const rowsIn = (lists: readonly (Float32Array | undefined)[]): Float32Array =>
  unit(sumOf(lists.flatMap((list) => list ?? [])));

const averaged = ({ plain, mirror }: DescribedSet, names: readonly string[]): Float32Array =>
  rowsIn(names.flatMap((name) => [plain.get(name), mirror.get(name)]));

const shown = ({ genuine, at3, at4, mean }: Figures): readonly string[] =>
  genuine === 0 ? ["–", "–", "–"] : [percent(at3), percent(at4), percent(mean)];

/** Share of the right people refused: at a false match rate of 1e-3, of 1e-4, and mean from 3e-5 to 1e-3. */
const header = (sets: readonly StudySet[]): readonly string[] =>
  sets.flatMap(({ name }) => [`${name}: 1e-3`, "1e-4", "mean"]);

export function cutTable(all: readonly StudySet[]): string {
  const sets = all.slice(0, 2);
  const row = (name: string, of: (set: StudySet) => Float32Array): readonly string[] => [
    name,
    ...sets.flatMap((set) => shown(figuresOf(distancesBetween(set.numbers, cosine(of(set)))))),
  ];
  return table(
    ["cut", ...header(sets)],
    [
      row("room 25, not mirrored", (set) => rowsIn([set.plain.get("room 25")])),
      ...[...cuts.keys()].map((name) => row(name, (set) => averaged(set, [name]))),
      ...[...averages].map(([name, names]) => row(name, (set) => averaged(set, names))),
    ],
  );
}

const splits = 4;

/** Learnt on half of the first set's people and judged on the others; on the second set what all of the first taught. */
export function distanceTable(all: readonly StudySet[]): string {
  const [first, second] = all.map((set) => ({ values: averaged(set, shipped), people: set.numbers }));
  if (first === undefined || second === undefined) return "";
  const judged = (learner: Learner, learnt: Described, others: Described): Figures =>
    figuresOf(distancesBetween(others.people, learner(learnt)(others.values)));
  const rows = [...learners].map(([name, learner]) => {
    const halves = Array.from({ length: splits }, (_, split) => halvesOf(first, split)).flat();
    const each = halves.map(({ learnt, others }) => judged(learner, learnt, others));
    const mean = (pick: (one: Figures) => number): string =>
      percent(each.reduce((sum, one) => sum + pick(one), 0) / each.length);
    const other = judged(learner, first, second);
    return [name, mean((one) => one.at3), mean((one) => one.at4), mean((one) => one.mean), ...shown(other)];
  });
  return table(["distance", ...header(all.slice(0, 2))], rows);
}

function halvesOf(set: Described, split: number) {
  const random = new SeededRandom(split + 1);
  const people = [...new Set(set.people)];
  for (let last = people.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    [people[last], people[other]] = [people[other] ?? 0, people[last] ?? 0];
  }
  const half = new Set(people.slice(0, Math.floor(people.length / 2)));
  const [some, others] = [
    rowsOf(set, (person) => half.has(person)),
    rowsOf(set, (person) => !half.has(person)),
  ];
  return [
    { learnt: some, others },
    { learnt: others, others: some },
  ];
}

const groupSizes = [
  [1, 1],
  [1, 2],
  [3, 1],
  [2, 2],
  [3, 3],
] as const;

export function fusingTable(all: readonly StudySet[]): string {
  const rows = all.slice(0, 2).flatMap((set) => {
    const fusable = fusableOf(set);
    return groupSizes.flatMap(([enrolled, probes]) =>
      fusings.flatMap((fusing, index) => {
        if (enrolled + probes === 2 && index > 0) return [];
        const figures = figuresOf(fusedDistances(fusable, enrolled, probes, fusing));
        if (figures.genuine === 0) return [];
        const counts = `${figures.genuine} / ${figures.impostor}`;
        return [[set.name, `${enrolled} against ${probes}`, fusing, counts, ...shown(figures)]];
      }),
    );
  });
  return table(["set", "pictures", "how", "genuine / impostor", "1e-3", "1e-4", "mean"], rows);
}

/** Weights: how long the raw descriptor is, and how well picture and mirror image agree. */
function fusableOf(set: StudySet): Fusable {
  const [plain, mirror] = [set.plain, set.mirror].map((kind) => kind.get("room 30") ?? new Float32Array());
  if (plain === undefined || mirror === undefined) throw new RangeError("there are two kinds");
  const [one, other] = [unit(plain), unit(mirror)];
  const rows = set.people.length;
  const lengths = Float32Array.from({ length: rows }, (_, row) =>
    Math.hypot(...plain.subarray(row * dimensions, (row + 1) * dimensions)),
  );
  const agreement = Float32Array.from(
    { length: rows },
    (_, row) => 1 / (0.003 + 1 - product(one, row, other, row)),
  );
  return {
    values: averaged(set, shipped),
    people: set.numbers,
    weights: new Map([
      ["weighted by length", lengths],
      ["weighted by mirror", agreement],
    ]),
  };
}

/** Where thresholds come to lie, counted and from the fitted tail. */
export function thresholdTable(all: readonly StudySet[]): string {
  const rows = all.flatMap((set) =>
    groupSizes.flatMap(([enrolled, probes]) => {
      const { impostor } = fusedDistances(fusableOf(set), enrolled, probes, "mean descriptor");
      if (impostor.length < 1000) return [];
      const counted = [1e-3, 1e-4, 1e-5].map((rate) =>
        rate * impostor.length < 1 ? "–" : operatingPoint(impostor, impostor, rate).threshold.toFixed(4),
      );
      const fitted = [1e-4, 1e-5].map((rate) => extrapolated(impostor, rate).toFixed(4));
      return [[set.name, `${enrolled} against ${probes}`, `${impostor.length}`, ...counted, ...fitted]];
    }),
  );
  return table(
    ["set", "pictures", "impostor", "1e-3", "1e-4", "1e-5", "fitted tail: 1e-4", "fitted tail: 1e-5"],
    rows,
  );
}

const scales = [1, 0.5, 0.35, 0.25] as const;

/** People further from the camera: smaller probes against pictures of full size. */
export async function farTable(engine: FaceEngine, folder: string): Promise<string> {
  const rows: string[][] = [];
  let full: Smaller | undefined;
  for (const scale of scales) {
    const quick = await describedSmaller(engine, folder, scale, "quick");
    const thorough = await describedSmaller(engine, folder, scale, "thorough");
    full ??= thorough;
    rows.push([
      `${(full.eyes * scale).toFixed(0)} px`,
      percent(quick.notFound),
      percent(thorough.notFound),
      `${thorough.pictures}`,
      ...shown(
        figuresOf(distancesBetween(thorough.described.people, cosine(unit(thorough.described.values)))),
      ),
    ]);
  }
  return table(
    ["between the eyes", "not found: quick", "not found: thorough", "pictures", "1e-3", "1e-4", "mean"],
    rows,
  );
}

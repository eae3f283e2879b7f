import { cosine, type Described, type Distance, dimensions, euclidean, product, unit } from "./comparing.ts";
import { changed, type Matrix, meanRow, scatter, transformed } from "./matrices.ts";

/** Learns from some people's descriptors how others' are compared. */
export type Learner = (learnt: Described) => (values: Float32Array) => Distance;

const size = dimensions;
const nowhere = new Float64Array(size);
const same: Matrix = Float64Array.from({ length: size * size }, (_, index) =>
  index % (size + 1) === 0 ? 1 : 0,
);

const totalScatter = ({ values }: Described): Matrix => {
  const mean = meanRow(values, size);
  return scatter(values, size, () => mean);
};

/** About each person's own mean, over people with several pictures; a share of its trace is added to the diagonal. */
function withinScatter({ values, people }: Described, shrinkage: number): Matrix {
  const rows = Map.groupBy(people.keys(), (row) => people[row] ?? 0);
  const several = [...rows.values()].filter((own) => own.length > 1);
  const picked = new Float32Array(several.flat().length * size);
  const centres: Float64Array[] = [];
  let next = 0;
  for (const own of several) {
    const start = next;
    for (const row of own) picked.set(values.subarray(row * size, (row + 1) * size), next++ * size);
    const centre = meanRow(picked.subarray(start * size, next * size), size);
    for (let row = start; row < next; row += 1) centres.push(centre);
  }
  const found = scatter(picked, size, (row) => centres[row] ?? nowhere);
  let trace = 0;
  for (let index = 0; index < size; index += 1) trace += found[index * (size + 1)] ?? 0;
  return found.map((value, index) => value + (index % (size + 1) === 0 ? (shrinkage * trace) / size : 0));
}

/** Rows of unit length, less the mean of people in general. */
const centred: Learner = (learnt) => {
  const mean = meanRow(learnt.values, size);
  return (values) => cosine(unit(transformed(values, same, mean, size)));
};

/** Directions in which people differ much count less: their variance to the power of −power. */
const whitened = (power: number): Learner => {
  return (learnt) => {
    const matrix = changed(totalScatter(learnt), size, (value) => Math.max(value, 1e-5) ** (-power / 2));
    return (values) => cosine(unit(transformed(values, matrix, nowhere, size)));
  };
};

/** Directions in which pictures of one person differ count less (as in LDA). */
const within = (shrinkage: number): Learner => {
  return (learnt) => {
    const matrix = changed(withinScatter(learnt, shrinkage), size, (value) => value ** -0.5);
    return (values) => euclidean(transformed(values, matrix, nowhere, size));
  };
};

/** Each similarity against what both faces have with the `nearest` of a cohort of other people. */
const cohort = (nearest: number): Learner => {
  return (learnt) => (values) => {
    const rows = values.length / size;
    const others = learnt.values.length / size;
    const levels = Array.from({ length: rows }, (_, row) => {
      const found = Float64Array.from({ length: others }, (__, other) =>
        product(values, row, learnt.values, other),
      );
      const top = found.sort().slice(-nearest);
      const mean = top.reduce((sum, value) => sum + value, 0) / top.length;
      const variance = top.reduce((sum, value) => sum + (value - mean) ** 2, 0) / top.length;
      return { mean, deviation: Math.sqrt(variance) };
    });
    return (one, other) => {
      const found = product(values, one, values, other);
      const scored = [one, other].map((row) => {
        const { mean, deviation } = levels[row] ?? { mean: 0, deviation: 1 };
        return (found - mean) / deviation;
      });
      return -((scored[0] ?? 0) + (scored[1] ?? 0)) / 2;
    };
  };
};

/** What is tried; all get rows of unit length. */
export const learners: ReadonlyMap<string, Learner> = new Map([
  ["cosine", () => cosine],
  ["cosine, mean of people subtracted", centred],
  ["whitened, power 0.1", whitened(0.1)],
  ["whitened, power 0.2", whitened(0.2)],
  ["whitened, power 0.5", whitened(0.5)],
  ["whitened, power 1", whitened(1)],
  ["within-person, shrinkage 0.1", within(0.1)],
  ["within-person, shrinkage 1", within(1)],
  ["within-person, shrinkage 3", within(3)],
  ["S-norm, nearest 20 of a cohort", cohort(20)],
  ["S-norm, nearest 200 of a cohort", cohort(200)],
]);

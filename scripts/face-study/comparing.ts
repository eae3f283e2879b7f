import { countUpTo, operatingPoint } from "../../src/domain/biometric/accuracy.ts";

export const dimensions = 128;

/** Descriptors one after the other, each with its person's number. */
export interface Described {
  readonly values: Float32Array;
  readonly people: readonly number[];
}

export interface Figures {
  readonly genuine: number;
  readonly impostor: number;
  /** Share of genuine comparisons refused. */
  readonly at3: number;
  readonly at4: number;
  readonly threshold4: number;
  /** Mean over false match rates from 3e-5 to 1e-3, evenly by their logarithm: steadier than any one of them. */
  readonly mean: number;
}

/** All distances of one kind, ascending. */
export interface Distances {
  readonly genuine: Float32Array;
  readonly impostor: Float32Array;
}

/** Smaller for the same person; `one` and `other` are positions. */
export type Distance = (one: number, other: number) => number;

export function distancesBetween(people: readonly number[], distance: Distance): Distances {
  const count = people.length;
  const all = new Float32Array((count * (count - 1)) / 2);
  const genuine: number[] = [];
  let next = 0;
  for (let one = 0; one < count; one += 1) {
    for (let other = one + 1; other < count; other += 1) {
      const found = distance(one, other);
      if (people[one] === people[other]) genuine.push(found);
      else all[next++] = found;
    }
  }
  return { genuine: Float32Array.from(genuine).sort(), impostor: all.slice(0, next).sort() };
}

const steps = Array.from({ length: 12 }, (_, index) => 3e-5 * (1e-3 / 3e-5) ** (index / 11));

export function figuresOf({ genuine, impostor }: Distances): Figures {
  const fnmr = (rate: number): number => {
    const { threshold } = operatingPoint(genuine, impostor, rate);
    return 1 - countUpTo(genuine, threshold) / genuine.length;
  };
  return {
    genuine: genuine.length,
    impostor: impostor.length,
    at3: fnmr(1e-3),
    at4: fnmr(1e-4),
    threshold4: operatingPoint(genuine, impostor, 1e-4).threshold,
    mean: steps.reduce((sum, rate) => sum + fnmr(rate), 0) / steps.length,
  };
}

/** Every row divided by its length. */
export function unit(values: Float32Array): Float32Array {
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += dimensions) {
    let squares = 0;
    for (let index = from; index < from + dimensions; index += 1) squares += (values[index] ?? 0) ** 2;
    const length = Math.sqrt(squares);
    for (let index = from; index < from + dimensions; index += 1) out[index] = (values[index] ?? 0) / length;
  }
  return out;
}

/** The sum of several lists of descriptors, row by row. */
export function sumOf(lists: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(lists[0]?.length ?? 0);
  for (const list of lists) {
    for (const [index, value] of list.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  return sum;
}

/** 1 − the product of unit rows. */
export function cosine(values: Float32Array): Distance {
  return (one, other) => 1 - product(values, one, values, other);
}

/** Half the squared distance: for unit rows the same as `cosine`. */
export function euclidean(values: Float32Array): Distance {
  const squares = Array.from({ length: values.length / dimensions }, (_, row) =>
    product(values, row, values, row),
  );
  return (one, other) =>
    ((squares[one] ?? 0) + (squares[other] ?? 0)) / 2 - product(values, one, values, other);
}

export function product(some: Float32Array, one: number, others: Float32Array, other: number): number {
  const [from, to] = [one * dimensions, other * dimensions];
  let sum = 0;
  for (let index = 0; index < dimensions; index += 1)
    sum += (some[from + index] ?? 0) * (others[to + index] ?? 0);
  return sum;
}

export function rowsOf({ values, people }: Described, keep: (person: number) => boolean): Described {
  const rows = people.flatMap((person, row) => (keep(person) ? [row] : []));
  const kept = new Float32Array(rows.length * dimensions);
  for (const [index, row] of rows.entries())
    kept.set(values.subarray(row * dimensions, (row + 1) * dimensions), index * dimensions);
  return { values: kept, people: rows.map((row) => people[row] ?? 0) };
}

/** Persons' names as numbers. */
export function numbered(names: readonly string[]): readonly number[] {
  const numbers = new Map<string, number>();
  return names.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}

import { type Descriptor, fuse, isUsable } from "../domain/biometric/descriptor.ts";
import type { BenchInput } from "./face-bench-input.ts";

/** Each picture's descriptor, in the order of the input's files; undefined where no face was found. */
export type Descriptors = readonly (Descriptor | undefined)[];

/** One comparison: its distance and the people on either side, the same number for a genuine one. */
export type Visit = (distance: number, one: number, other: number) => void;

/** All comparisons of one kind, as often as they are asked for: listing millions would take more than making them. */
export interface Comparisons {
  readonly each: (visit: Visit, which?: "genuine") => void;
  /** How many people there are, and how often each is on either side; undefined where nobody's name is known. */
  readonly people?: { readonly enrolled: readonly number[]; readonly probes: readonly number[] };
}

/** Unit vectors behind one another, so that a comparison is one product. */
interface Vectors {
  readonly values: Float32Array;
  readonly size: number;
}

/** All pictures with all, or the listed pairs; pictures without a face take part in none. */
export function singleComparisons(input: BenchInput, descriptors: Descriptors): Comparisons {
  const usable = descriptors.map((descriptor) =>
    descriptor && isUsable(descriptor.values) ? descriptor : undefined,
  );
  const vectors = unitVectors(usable);
  if (input.pairs !== undefined) {
    const { pairs } = input;
    return {
      each: (visit, which) => {
        for (const { one, other, genuine } of pairs) {
          if (usable[one] && usable[other] && (genuine || which === undefined))
            visit(distance(vectors, one, vectors, other), 0, genuine ? 0 : 1);
        }
      },
    };
  }
  const owners = ownersOf(input);
  const shown = usable.flatMap((descriptor, index) => (descriptor ? [index] : []));
  const counts = countsOf(
    peopleIn(owners),
    shown.map((index) => owners[index] ?? 0),
  );
  return {
    people: { enrolled: counts, probes: counts },
    each: (visit, which) => {
      for (const [position, one] of shown.entries()) {
        const person = owners[one] ?? 0;
        for (let next = position + 1; next < shown.length; next += 1) {
          const [other, another] = [shown[next] ?? 0, owners[shown[next] ?? 0] ?? 0];
          if (which === undefined || person === another)
            visit(distance(vectors, one, vectors, other), person, another);
        }
      }
    },
  };
}

/**
 * Several enrolled pictures fused against several probe pictures fused. Everybody's pictures are cut into templates of
 * `enrolled` pictures one after another; each is compared with groups of `probes` pictures: of the others all, of the
 * person those that share no picture with it. Undefined without names.
 */
export function fusedComparisons(
  input: BenchInput,
  descriptors: Descriptors,
  enrolled: number,
  probes: number,
): Comparisons | undefined {
  if (input.people === undefined) return undefined;
  const all = byPerson(input, descriptors);
  const templates = all.flatMap((pictures, person) => groupsOf(pictures, enrolled, person));
  const others = all.flatMap((pictures, person) => groupsOf(pictures.toReversed(), probes, person));
  const own = templates.flatMap(({ person, from }) =>
    groupsOf((all[person] ?? []).toSpliced(from, enrolled), probes, person),
  );
  const [templateVectors, otherVectors] = [templates, others].map((groups) =>
    unitVectors(groups.map(({ descriptor }) => descriptor)),
  );
  const ownPerTemplate = templates.map(({ person }) =>
    Math.floor(((all[person]?.length ?? 0) - enrolled) / probes),
  );
  const ownVectors = unitVectors(own.map(({ descriptor }) => descriptor));
  const count = (groups: readonly Group[]): number[] =>
    countsOf(
      all.length,
      groups.map(({ person }) => person),
    );
  return {
    people: { enrolled: count(templates), probes: count(others) },
    each: (visit, which) => {
      if (templateVectors === undefined || otherVectors === undefined) return;
      let nextOwn = 0;
      for (const [index, template] of templates.entries()) {
        const first = nextOwn;
        nextOwn += Math.max(0, ownPerTemplate[index] ?? 0);
        for (let probe = first; probe < nextOwn; probe += 1)
          visit(distance(templateVectors, index, ownVectors, probe), template.person, template.person);
        if (which !== undefined) continue;
        for (const [probe, { person }] of others.entries()) {
          if (person !== template.person)
            visit(distance(templateVectors, index, otherVectors, probe), template.person, person);
        }
      }
    },
  };
}

interface Group {
  readonly person: number;
  /** Of the first picture among the person's. */
  readonly from: number;
  readonly descriptor: Descriptor | undefined;
}

function groupsOf(pictures: readonly Descriptor[], size: number, person: number): readonly Group[] {
  const groups: Group[] = [];
  for (let from = 0; from + size <= pictures.length; from += size)
    groups.push({ person, from, descriptor: fuse(pictures.slice(from, from + size)) });
  return groups;
}

function byPerson(input: BenchInput, descriptors: Descriptors): readonly (readonly Descriptor[])[] {
  const owners = ownersOf(input);
  const all: Descriptor[][] = Array.from({ length: peopleIn(owners) }, () => []);
  for (const [index, descriptor] of descriptors.entries()) {
    if (descriptor !== undefined && isUsable(descriptor.values)) all[owners[index] ?? 0]?.push(descriptor);
  }
  return all;
}

/** The number of each picture's person. */
function ownersOf({ people = [] }: BenchInput): readonly number[] {
  const numbers = new Map<string, number>();
  return people.map((person) => {
    const number = numbers.get(person) ?? numbers.size;
    numbers.set(person, number);
    return number;
  });
}

const peopleIn = (owners: readonly number[]): number => Math.max(-1, ...owners) + 1;

function countsOf(people: number, owners: readonly number[]): number[] {
  const counts = Array.from({ length: people }, () => 0);
  for (const owner of owners) counts[owner] = (counts[owner] ?? 0) + 1;
  return counts;
}

function unitVectors(descriptors: Descriptors): Vectors {
  const size = descriptors.find((one) => one !== undefined)?.values.length ?? 0;
  const values = new Float32Array(descriptors.length * size).fill(Number.NaN);
  for (const [index, descriptor] of descriptors.entries()) {
    if (descriptor === undefined || descriptor.values.length !== size) continue;
    const length = Math.hypot(...descriptor.values);
    values.set(
      descriptor.values.map((value) => value / length),
      index * size,
    );
  }
  return { values, size };
}

/** 1 − cos, as `cosineDistance`, without asking each time whether they can be compared; rounded as it will be kept. */
function distance(some: Vectors, one: number, others: Vectors, other: number): number {
  const { size } = some;
  const [from, to] = [one * size, other * size];
  let product = 0;
  for (let index = 0; index < size; index += 1)
    product += (some.values[from + index] ?? 0) * (others.values[to + index] ?? 0);
  return Math.fround(Math.max(0, 1 - product));
}

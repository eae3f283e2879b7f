import { countUpTo, operatingPoint, wilson } from "../domain/biometric/accuracy.ts";
import { cosineDistance, type Descriptor, fuse } from "../domain/biometric/descriptor.ts";
import type { BenchInput } from "./face-bench-input.ts";

/** Each picture's descriptor, in the order of the input's files; undefined where no face was found. */
export type Descriptors = readonly (Descriptor | undefined)[];

export interface Distances {
  readonly genuine: Float32Array;
  readonly impostor: Float32Array;
}

export interface Rate {
  readonly fnmr: number;
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  readonly falseMatches: number;
}

const falseMatchRates = { "1e-2": 1e-2, "1e-3": 1e-3, "1e-4": 1e-4 } as const;
export type RateName = keyof typeof falseMatchRates;

/** All comparisons of a folder, or the listed pairs; pictures without a face take part in none. */
export function compareAll(input: BenchInput, descriptors: Descriptors): Distances {
  const genuine: number[] = [];
  const impostor: number[] = [];
  const compare = (one: number, other: number, same: boolean): void => {
    const [first, second] = [descriptors[one], descriptors[other]];
    const distance = first && second && cosineDistance(first, second);
    if (distance !== undefined) (same ? genuine : impostor).push(distance);
  };
  if (input.pairs !== undefined) {
    for (const { one, other, genuine: same } of input.pairs) compare(one, other, same);
  } else {
    for (let one = 0; one < input.files.length; one += 1) {
      for (let other = one + 1; other < input.files.length; other += 1) {
        compare(one, other, input.people?.[one] === input.people?.[other]);
      }
    }
  }
  return sorted(genuine, impostor);
}

const sorted = (genuine: number[], impostor: number[]): Distances => ({
  genuine: Float32Array.from(genuine).toSorted(),
  impostor: Float32Array.from(impostor).toSorted(),
});

export function rates({ genuine, impostor }: Distances): Record<RateName, Rate> {
  const at = (falseMatchRate: number): Rate => {
    const { threshold, fnmr, falseMatches } = operatingPoint(genuine, impostor, falseMatchRate);
    return { fnmr: fnmr.share, low: fnmr.low, high: fnmr.high, threshold: round(threshold), falseMatches };
  };
  return {
    "1e-2": at(falseMatchRates["1e-2"]),
    "1e-3": at(falseMatchRates["1e-3"]),
    "1e-4": at(falseMatchRates["1e-4"]),
  };
}

/** Towards zero, so that the printed threshold accepts nobody the exact one refuses. */
const round = (threshold: number): number => Math.floor(threshold * 1e5) / 1e5;

export function shippedRates({ genuine, impostor }: Distances, threshold: number) {
  const refused = wilson(genuine.length - countUpTo(genuine, threshold), genuine.length);
  const accepted = wilson(countUpTo(impostor, threshold), impostor.length);
  return {
    threshold,
    fmr: accepted.share,
    fmrHigh: accepted.high,
    fnmr: refused.share,
    fnmrLow: refused.low,
    fnmrHigh: refused.high,
  };
}

/**
 * Several enrolled pictures fused against several probe pictures fused. Templates: the first `enrolled` pictures
 * of everybody who has that many. Probes: disjoint groups of `probes` pictures, counted from the last one back;
 * genuine ones never share a picture with the template.
 */
export function compareFused(
  input: BenchInput,
  descriptors: Descriptors,
  enrolled: number,
  probes: number,
): { people: number; distances: Distances } {
  const genuine: number[] = [];
  const impostor: number[] = [];
  const people = [...byPerson(input, descriptors)];
  const groups = people.map(([person, all]) => ({ person, probes: probeGroups(all, probes) }));
  let count = 0;
  for (const [person, all] of people) {
    const template = all.length >= enrolled ? fuse(all.slice(0, enrolled)) : undefined;
    if (template === undefined) continue;
    if (all.length >= enrolled + probes) count += 1;
    for (const other of groups) {
      const same = other.person === person;
      const usable = same ? probeGroups(all.slice(enrolled), probes) : other.probes;
      for (const probe of usable) {
        const distance = cosineDistance(template, probe);
        if (distance !== undefined) (same ? genuine : impostor).push(distance);
      }
    }
  }
  return { people: count, distances: sorted(genuine, impostor) };
}

function probeGroups(all: readonly Descriptor[], size: number): readonly Descriptor[] {
  const groups: Descriptor[] = [];
  for (let end = all.length; end >= size; end -= size) {
    const group = fuse(all.slice(end - size, end));
    if (group !== undefined) groups.push(group);
  }
  return groups;
}

function byPerson(input: BenchInput, descriptors: Descriptors): Map<string, Descriptor[]> {
  const people = new Map<string, Descriptor[]>();
  for (const [index, person] of (input.people ?? []).entries()) {
    const descriptor = descriptors[index];
    if (descriptor === undefined) continue;
    const all = people.get(person) ?? [];
    all.push(descriptor);
    people.set(person, all);
  }
  return people;
}

import { describe, expect, test } from "vitest";
import { cosineDistance, type Descriptor, fuse } from "../domain/biometric/descriptor.ts";
import { type Comparisons, fusedComparisons, singleComparisons } from "./face-bench-comparisons.ts";
import { distancesOf, rates, shippedRates } from "./face-bench-figures.ts";

const towards = (...values: number[]): Descriptor => ({ model: "m", values: Float32Array.from(values) });

/** Three pictures of each: pictures of one person point nearly the same way. */
const people = ["anna", "emma", "lucy"];
const input = {
  files: people.flatMap((person) => [1, 2, 3].map((number) => `${person}_000${number}.jpg`)),
  people: people.flatMap((person) => [person, person, person]),
};
const descriptors = people.flatMap((_, person) =>
  [0, 1, 2].map((picture) =>
    towards(...[0, 1, 2].map((axis) => (axis === person ? 3 : 0.2 * picture + 0.1 * axis))),
  ),
);

const listed = (comparisons: Comparisons | undefined) => {
  const all: (readonly [number, number, number])[] = [];
  comparisons?.each((distance, one, other) => all.push([distance, one, other]));
  return all;
};

describe("one against one", () => {
  test("all with all, each pair once, as the doors compare", () => {
    const all = listed(singleComparisons(input, descriptors));
    expect(all).toHaveLength(36);
    expect(all.filter(([, one, other]) => one === other)).toHaveLength(9);
    const [first] = all;
    expect(first?.[0]).toBeCloseTo(
      cosineDistance(descriptors[0] as Descriptor, descriptors[1] as Descriptor) ?? 9,
      5,
    );
  });

  test("a picture without a face, or with a descriptor of no direction, takes part in none", () => {
    const some = descriptors.with(0, undefined as never).with(4, towards(0, 0, 0));
    expect(listed(singleComparisons(input, some))).toHaveLength(21);
    expect(singleComparisons(input, some).people?.enrolled).toEqual([2, 2, 3]);
  });

  test("listed pairs alone, without anybody's name", () => {
    const pairs = [
      { one: 0, other: 1, genuine: true },
      { one: 0, other: 3, genuine: false },
    ];
    const comparisons = singleComparisons({ files: input.files, pairs }, descriptors);
    expect(listed(comparisons).map(([, one, other]) => one === other)).toEqual([true, false]);
    expect(comparisons.people).toBeUndefined();
    expect(rates(comparisons, distancesOf(comparisons))["1e-4"]).toMatchObject({ fnmr: 0, overPeople: null });
  });
});

describe("several against several", () => {
  test("no picture is on both sides of a genuine comparison", () => {
    const [anna] = listed(fusedComparisons(input, descriptors, 2, 1));
    const template = fuse(descriptors.slice(0, 2)) as Descriptor;
    expect(anna?.[0]).toBeCloseTo(cosineDistance(template, descriptors[2] as Descriptor) ?? 9, 5);
  });

  test("everybody's templates with everybody else's probes", () => {
    const all = listed(fusedComparisons(input, descriptors, 1, 2));
    // Three templates each; one pair is left of the own pictures, and one of everybody else's.
    expect(all.filter(([, one, other]) => one === other)).toHaveLength(9);
    expect(all.filter(([, one, other]) => one !== other)).toHaveLength(18);
  });

  test("with too few pictures there is no genuine one, and without names none at all", () => {
    const all = listed(fusedComparisons(input, descriptors, 3, 3));
    expect(all).toHaveLength(6);
    expect(all.every(([, one, other]) => one !== other)).toBe(true);
    expect(fusedComparisons({ files: input.files, pairs: [] }, descriptors, 1, 1)).toBeUndefined();
  });
});

test("genuine ones alone are the same as among all", () => {
  for (const comparisons of [
    singleComparisons(input, descriptors),
    fusedComparisons(input, descriptors, 1, 2),
    singleComparisons(
      {
        files: input.files,
        pairs: [
          { one: 0, other: 1, genuine: true },
          { one: 0, other: 3, genuine: false },
        ],
      },
      descriptors,
    ),
  ]) {
    const alone: number[] = [];
    comparisons?.each((distance) => alone.push(distance), "genuine");
    expect(alone).toEqual(
      listed(comparisons).flatMap(([distance, one, other]) => (one === other ? [distance] : [])),
    );
    expect(alone.length).toBeGreaterThan(0);
  }
});

test("what a threshold does is counted over comparisons and over people", () => {
  const comparisons = singleComparisons(input, descriptors);
  const distances = distancesOf(comparisons);
  const [nearest = 0] = distances.impostor;
  const shipped = shippedRates(comparisons, distances, nearest);
  expect(shipped).toMatchObject({ fmr: 1 / 27, fnmr: 0, overPeople: { fnmr: { low: 0, high: 0 } } });
  expect(shipped.overPeople?.fmr?.high).toBeGreaterThan(1 / 27);
  // The same pictures give the same figures.
  expect(shippedRates(comparisons, distances, nearest)).toEqual(shipped);
});

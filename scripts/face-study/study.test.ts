import { expect, test } from "vitest";
import { cosine, dimensions, distancesBetween, euclidean, figuresOf, sumOf, unit } from "./comparing.ts";
import { fusedDistances } from "./fusing.ts";
import { changed, scatter } from "./matrices.ts";
import { extrapolated } from "./tail.ts";

test("a matrix whose eigenvalues are left alone stays what it is; the square root squared too", () => {
  const values = Float32Array.from({ length: 60 }, (_, index) => Math.sin(index * 7.3) * (1 + (index % 5)));
  const size = 5;
  const found = scatter(values, size, () => new Float64Array(size));
  const same = changed(found, size, (value) => value);
  const root = changed(found, size, (value) => Math.sqrt(Math.max(value, 0)));
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < size; other += 1) {
      const at = one * size + other;
      expect(same[at]).toBeCloseTo(found[at] ?? Number.NaN, 9);
      let squared = 0;
      for (let k = 0; k < size; k += 1)
        squared += (root[one * size + k] ?? 0) * (root[k * size + other] ?? 0);
      expect(squared).toBeCloseTo(found[at] ?? Number.NaN, 9);
    }
  }
});

test("a tail that goes on as it began is met where it goes", () => {
  // log10 of the rate is 40 x − 6: a rate of 1e-2 at 0.1, 1e-4 at 0.05, 1e-5 at 0.025.
  const count = 200_000;
  const impostor = Float32Array.from(
    { length: count },
    (_, index) => (Math.log10((index + 1) / count) + 6) / 40,
  );
  expect(extrapolated(impostor, 1e-4)).toBeCloseTo(0.05, 3);
  expect(extrapolated(impostor, 1e-5)).toBeCloseTo(0.025, 2);
});

const pictures = 12;
const rows = unit(
  Float32Array.from({ length: pictures * dimensions }, (_, index) => {
    const person = Math.floor(index / dimensions / 4);
    return (index % dimensions === person ? 2 : 0) + 0.1 * Math.sin(index * 1.7);
  }),
);
const people = Array.from({ length: pictures }, (_, index) => Math.floor(index / 4));

test("unit rows: cosine and half the squared distance are one", () => {
  const [one, other] = [cosine(rows), euclidean(rows)];
  expect(other(0, 5)).toBeCloseTo(one(0, 5), 6);
  const found = figuresOf(distancesBetween(people, one));
  expect(found).toMatchObject({ genuine: 18, impostor: 48, at3: 0, mean: 0 });
  expect(sumOf([rows, rows])[3]).toBeCloseTo(2 * (rows[3] ?? 0), 6);
});

test("fused groups share no picture, and each way of fusing tells these people apart", () => {
  const set = {
    values: rows,
    people,
    weights: new Map([["weighted by length", new Float32Array(12).fill(1)]]),
  };
  for (const fusing of [
    "mean descriptor",
    "weighted by length",
    "mean distance",
    "largest distance",
  ] as const) {
    const { genuine, impostor } = fusedDistances(set, 2, 2, fusing);
    // Dealt four times: a template and a probe of each of three people.
    expect([genuine.length, impostor.length]).toEqual([12, 24]);
    // The same pictures on both sides would be at distance 0.
    expect(genuine[0]).toBeGreaterThan(0.001);
    expect(genuine.at(-1)).toBeLessThan(impostor[0] ?? 0);
  }
});

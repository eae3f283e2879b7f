import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosineDistance, type Descriptor, fuse } from "./descriptor.ts";

const of = (...values: number[]): Descriptor => ({ model: "m", values: Float32Array.from(values) });
const ordinary = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 })
  .filter((values) => Math.hypot(...values) > 0.01)
  .map((values) => of(...values));

describe("cosine distance", () => {
  test("is 0 for one direction, 1 for a right angle, 2 for opposite ones, whatever the lengths", () => {
    expect(cosineDistance(of(1, 0), of(5, 0))).toBeCloseTo(0, 6);
    expect(cosineDistance(of(1, 0), of(0, 2))).toBeCloseTo(1, 6);
    expect(cosineDistance(of(1, 0), of(-3, 0))).toBeCloseTo(2, 6);
  });

  test.each([
    ["a NaN", of(1, Number.NaN)],
    ["an infinity", of(1, Number.POSITIVE_INFINITY)],
    ["length zero", of(0, 0)],
    ["another size", of(1, 0, 0)],
    ["nothing", of()],
    ["another model", { model: "other", values: Float32Array.of(1, 0) }],
  ])("does not exist for %s, either way round", (_, broken) => {
    expect(cosineDistance(of(1, 0), broken)).toBeUndefined();
    expect(cosineDistance(broken, of(1, 0))).toBeUndefined();
  });

  test("is the same both ways and between 0 and 2", () => {
    fc.assert(
      fc.property(ordinary, ordinary, (one, other) => {
        const there = cosineDistance(one, other);
        expect(there).toBe(cosineDistance(other, one));
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("fusing", () => {
  test("gives unit length, or nothing where directions cancel out", () => {
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 1, maxLength: 8 }), (several) => {
        const fused = fuse(several);
        if (fused !== undefined) expect(Math.hypot(...fused.values)).toBeCloseTo(1, 5);
      }),
    );
    expect(fuse([of(1, 0), of(-1, 0)])).toBeUndefined();
  });

  test("lies between the two it was made of, however different their lengths", () => {
    const fused = fuse([of(10, 0), of(0, 0.1)]);
    expect(fused?.values[0]).toBeCloseTo(Math.SQRT1_2, 5);
    expect(fused?.values[1]).toBeCloseTo(Math.SQRT1_2, 5);
  });

  test("refuses nothing at all, another model among them, and an unusable one among them", () => {
    expect(fuse([])).toBeUndefined();
    expect(fuse([of(1, 0), { model: "other", values: Float32Array.of(1, 0) }])).toBeUndefined();
    expect(fuse([of(1, 0), of(Number.NaN, 0)])).toBeUndefined();
    expect(fuse([of(1, 0), of(0, 0)])).toBeUndefined();
  });
});

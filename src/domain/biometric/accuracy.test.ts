import fc from "fast-check";
import { expect, test } from "vitest";
import { countUpTo, operatingPoint, wilson } from "./accuracy.ts";

const ascending = (...values: number[]): Float32Array => Float32Array.from(values).toSorted();

test("Wilson's interval agrees with published figures", () => {
  // Newcombe 1998, table I, method 3: 81 of 263 and 15 of 148, 95 %.
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4);
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4);
  expect(wilson(15, 148).low).toBeCloseTo(0.0624, 4);
  expect(wilson(15, 148).high).toBeCloseTo(0.1605, 4);
  expect(wilson(0, 20)).toMatchObject({ share: 0, low: 0 });
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4);
});

test("the operating point lets in no more impostors than the rate allows, and could not be higher", () => {
  const impostor = ascending(...Array.from({ length: 1000 }, (_, index) => 0.1 + index / 1000));
  const point = operatingPoint(ascending(0.05, 0.11, 0.5), impostor, 1e-2);
  expect(point.falseMatches).toBe(10);
  expect(point.threshold).toBeLessThan(0.11);
  expect(point.threshold).toBeGreaterThan(0.109);
  expect(point.fnmr.share).toBeCloseTo(2 / 3);
});

test("equal impostor distances never push the rate over what was asked for", () => {
  const distances = fc.array(fc.constantFrom(0.1, 0.2, 0.3, 0.4), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(distances, fc.constantFrom(0.1, 0.01, 0.5), (values, rate) => {
      const { falseMatches } = operatingPoint(ascending(0.1), ascending(...values), rate);
      expect(falseMatches).toBeLessThanOrEqual(rate * values.length);
    }),
  );
});

test("counting takes in the threshold itself", () => {
  expect(countUpTo(ascending(0.25, 0.5, 0.5, 0.75), 0.5)).toBe(3);
  expect(countUpTo(ascending(), 0.5)).toBe(0);
});

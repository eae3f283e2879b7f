import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countUpTo, operatingPoint, overPairsOfPeople, overPeople, wilson } from "./accuracy.ts";

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

/** Numbers that look random and are the same each time (a linear congruence). */
function rolling(): () => number {
  let bits = 1;
  return () => {
    bits = (Math.imul(bits, 1_664_525) + 1_013_904_223) >>> 0;
    return bits / 2 ** 32;
  };
}

describe("intervals over people", () => {
  test("errors of one person make it wider than Wilson's, errors spread over all do not", () => {
    const people = 40;
    const together = Array.from({ length: people }, (_, person) => ({ hits: person < 4 ? 50 : 0, of: 50 }));
    const spread = Array.from({ length: people }, () => ({ hits: 5, of: 50 }));
    const { low, high } = wilson(200, people * 50);
    const overFew = overPeople(together, rolling());
    expect(overFew.low).toBeLessThan(low);
    expect(overFew.high).toBeGreaterThan(high);
    expect(overPeople(spread, rolling())).toEqual({ low: 0.1, high: 0.1 });
  });

  test("nobody, or nothing compared, is no number", () => {
    expect(overPeople([], rolling()).low).toBeNaN();
    expect(overPeople([{ hits: 0, of: 0 }], rolling()).high).toBeNaN();
  });

  test("false matches of one pair of people count as often as both are drawn", () => {
    const sides = { enrolled: [2, 2, 2, 2], probes: [2, 2, 2, 2] };
    // Everybody once: 2 of 4·2·4·2 − 4·2·2 = 48 comparisons.
    const once = [0, 0.25, 0.5, 0.75];
    let next = 0;
    const everybody = (): number => once[next++ % once.length] ?? 0;
    const matches = [
      [0, 1],
      [1, 0],
    ] as const;
    expect(overPairsOfPeople(matches, sides, everybody)).toEqual({ low: 2 / 48, high: 2 / 48 });
    expect(overPairsOfPeople([], sides, rolling())).toEqual({ low: 0, high: 0 });
    const { low, high } = overPairsOfPeople(matches, sides, rolling());
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(2 / 48);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wallTime } from "../time.ts";
import { ageingOf, mostRecognitions, type Recognition } from "./ageing.ts";

const threshold = 0.05;
const start = 1_793_000_000_000;
/** Every `every` days, at these shares of the threshold. */
const seen = (every: number, shares: readonly number[]): readonly Recognition[] =>
  shares.map((share, index) => ({
    at: wallTime(start + index * every * 86_400_000),
    distance: share * threshold,
    threshold,
  }));
/** Noise that any face has from day to day, the same in every run. */
const wobble = (index: number): number => 0.12 * Math.sin(index * 2.399) + 0.06 * Math.sin(index * 7.13);
const growing = (count: number, from: number, by: number) =>
  Array.from({ length: count }, (_, index) => from + by * index + wobble(index));

describe("templates that grow old", () => {
  test("a face that moves away steadily is told before it is refused", () => {
    expect(ageingOf(seen(4, growing(40, 0.4, 0.01)))).toMatchObject({ ageing: true });
  });

  test("one that stays as it is, near or far, is not", () => {
    expect(ageingOf(seen(4, growing(40, 0.4, 0)))?.ageing).toBe(false);
    expect(ageingOf(seen(4, growing(40, 0.8, 0)))?.ageing).toBe(false);
  });

  test("one that grows slowly and is far from the limit has time", () => {
    expect(ageingOf(seen(4, growing(40, 0.2, 0.002)))?.ageing).toBe(false);
  });

  test("a rise that may be an accident is none, however near the limit it would come", () => {
    const shares = [0.7, 0.5, 0.8, 0.6, 0.75, 0.55, 0.85, 0.6, 0.8, 0.65, 0.7, 0.8];
    const { ageing, growth = 0, now = 0 } = ageingOf(seen(4, shares)) ?? {};
    expect(now + growth).toBeGreaterThan(0.85);
    expect(ageing).toBe(false);
  });

  test("a few bad pictures at the end move nothing", () => {
    const shares = [...growing(36, 0.4, 0), 0.97, 0.99, 0.95];
    expect(ageingOf(seen(4, shares))?.ageing).toBe(false);
  });

  test("one that comes nearer, as after a new photo, is not old", () => {
    expect(ageingOf(seen(4, growing(40, 0.9, -0.01)))?.ageing).toBe(false);
  });

  test("too few, or all within a month, say nothing", () => {
    expect(ageingOf([])).toBeUndefined();
    expect(ageingOf(seen(10, growing(11, 0.4, 0.05)))).toBeUndefined();
    expect(ageingOf(seen(0.5, growing(50, 0.4, 0.01)))).toBeUndefined();
  });

  test("only the last count, and their order does not", () => {
    const long = [...seen(4, growing(60, 0.4, 0.01)), ...seen(4, growing(60, 0.9, 0)).map(later(240))];
    expect(ageingOf(long.toReversed())).toEqual(ageingOf(long.slice(-mostRecognitions)));
  });

  test("whatever the figures, an answer or none, and never NaN", () => {
    const any = fc.record({
      at: fc.double().map(wallTime),
      distance: fc.double(),
      threshold: fc.double(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 80 }), (recognitions) => {
        const ageing = ageingOf(recognitions);
        expect(typeof (ageing?.ageing ?? false)).toBe("boolean");
      }),
    );
  });
});

const later =
  (days: number) =>
  (one: Recognition): Recognition => ({ ...one, at: wallTime(one.at + days * 86_400_000) });

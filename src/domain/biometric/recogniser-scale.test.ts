import { expect, test } from "vitest";
import { clearMismatchAt } from "./recogniser-scale.ts";

test("a net with a small threshold keeps the usual share; one with a large threshold still refuses strangers early", () => {
  expect(clearMismatchAt(0.045, 1.5)).toBe(1.5);
  const limit = 0.7 * clearMismatchAt(0.7, 1.5);
  expect(limit).toBeCloseTo(0.85, 9);
  for (const threshold of [0.01, 0.3, 0.6, 0.9, 0.99]) {
    const clear = threshold * clearMismatchAt(threshold, 1.5);
    expect(clear).toBeGreaterThan(threshold);
    expect(clear).toBeLessThan(1);
  }
});

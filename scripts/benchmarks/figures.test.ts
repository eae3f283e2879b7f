import { expect, test } from "vitest";
import { figure, quantile, table } from "./figures.ts";

test("a quantile is one of the values, never beyond them", () => {
  const values = [5, 1, 4, 2, 3];
  expect(quantile(values, 0.5)).toBe(3);
  expect(quantile(values, 0.99)).toBe(5);
  expect(quantile([7], 0.5)).toBe(7);
  expect(quantile([1, 2], 0.5)).toBe(1);
});

test("a missed target shows, and a figure without a run is no figure", () => {
  expect(table([figure("slow", [2_000], "ms", 1_000)])).toContain("MISSED");
  expect(table([figure("quick", [900], "ms", 1_000)])).toContain("met");
  expect(table([figure("never ran", [], "ms", 1_000)])).toMatch(/– .*MISSED/);
});

test("a figure is held against what was promised of it, and only that", () => {
  const values = Array.from({ length: 100 }, (_, index) => (index < 98 ? 5 : 50));
  const verdict = (...of: readonly ("median" | "p99" | "largest")[]): string =>
    table([figure("edge", values, "ms", 10, ...of)]).split("\n")[2] ?? "";
  expect(verdict()).toMatch(/\| 10 \| met \|$/);
  expect(verdict("p99")).toMatch(/\| 10 \(p99\) \| MISSED \|$/);
  expect(verdict("largest")).toMatch(/\| 10 \(largest\) \| MISSED \|$/);
});

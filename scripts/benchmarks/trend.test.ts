import { expect, test } from "vitest";
import { trendOf } from "./trend.ts";

const wave = (period: number) => (x: number) => Math.sin((x * 2 * Math.PI) / period);
const line = (slope: number, noise: (x: number) => number) =>
  Array.from({ length: 240 }, (_, x) => [x, slope * x + noise(x)] as const);

test("a slope is found beneath what goes up and down", () => {
  const { slope, within } = trendOf(line(0.05, wave(2.3)));
  expect(Math.abs(slope - 0.05)).toBeLessThanOrEqual(within);
  expect(within).toBeLessThan(0.005);
});

test("what goes up and down without a slope has none, also where it does so slowly", () => {
  for (const period of [2.3, 17, 80]) {
    const { slope, within } = trendOf(line(0, wave(period)));
    expect(Math.abs(slope)).toBeLessThanOrEqual(within);
  }
});

test("samples that follow each other say less than independent ones", () => {
  expect(trendOf(line(0, wave(80))).within).toBeGreaterThan(4 * trendOf(line(0, wave(2.3))).within);
});

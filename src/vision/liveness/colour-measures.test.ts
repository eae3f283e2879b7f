import { expect, test } from "vitest";
import { colourMeasures } from "./colour-measures.ts";
import { chipAt, frameOf } from "./frames-for-tests.ts";

const measure = (paint: Parameters<typeof frameOf>[0]) => {
  const frame = frameOf(paint);
  return colourMeasures(frame, chipAt(frame, 320, 150, 60));
};

test("skin is redder than grey, and a grey camera has no colours", () => {
  const skin = measure(() => [190, 140, 120]);
  expect(skin["skinRed"]).toBeCloseTo(190 / 450, 2);
  expect(skin["chroma"]).toBeCloseTo(70, 0);
  const grey = measure(() => 140);
  expect(grey["skinRed"]).toBeCloseTo(1 / 3, 2);
  expect(grey["chroma"]).toBeLessThan(1);
  expect(grey["chromaSpread"]).toBeLessThan(0.01);
});

test("a blown-out spot counts by its share, and dark pupils by the 2nd percentile", () => {
  expect(measure(() => 120)["highlights"]).toBe(0);
  const glare = measure((x, y) => (Math.hypot(x - 320, y - 170) < 25 ? 255 : 120));
  expect(glare["highlights"]).toBeGreaterThan(0.05);
  expect(measure(() => 120)["darkest"]).toBeGreaterThan(0.9);
  expect(measure((x) => (x % 12 < 1 ? 20 : 120))["darkest"]).toBeLessThan(0.3);
});

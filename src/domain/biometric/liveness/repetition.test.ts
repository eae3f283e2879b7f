import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../time.ts";
import { repetitionOf } from "./repetition.ts";
import { replayCue } from "./replay.ts";
import type { TrackSample } from "./track.ts";

/** A track at eight frames a second whose 4×4 shades are `shadeAt(index, row, column)`. */
function track(
  count: number,
  shadeAt: (index: number, row: number, column: number) => number,
): TrackSample[] {
  return Array.from({ length: count }, (_, index) => ({
    at: instant(index * 125),
    frameWidth: 640,
    frameHeight: 360,
    box: { x: 250, y: 100, width: 140, height: 160 },
    landmarks: [],
    quality: { eyeDistance: 60, sharpness: 60, brightness: 120, contrast: 40, yaw: 0, roll: 0 },
    pixels: Object.fromEntries(
      Array.from({ length: 16 }, (_each, shade) => [
        `shade${shade}`,
        shadeAt(index, Math.floor(shade / 4), shade % 4),
      ]),
    ),
  }));
}

/** Numbers that look random and are always the same. */
const jumble = (...parts: readonly number[]): number => {
  const value =
    Math.sin(parts.reduce((sum, part, index) => sum + part * (12.9898 + 65.1 * index), 0)) * 43_758.5453;
  return value - Math.floor(value) - 0.5;
};
const noise = 0.15;
/** A head that turns and tilts, never quite the same way again. */
const living = (index: number, row: number, column: number): number =>
  120 +
  8 * Math.sin(index * 0.31 + column) +
  6 * Math.sin(index * 0.173 + row * 2 + column * 1.7) +
  noise * jumble(index, row, column);

describe("T18: repetition", () => {
  test("a clip of one second, again and again, each time with new noise, is found with its period", () => {
    const looped = track(
      24,
      (index, row, column) => living(index % 8, row, column) + noise * jumble(index, row, column, 1),
    );
    const found = repetitionOf(looped);
    expect(found?.period).toBe(1000);
    expect(replayCue(looped)).toMatchObject({ says: "attack" });
    expect(replayCue(looped).score).toBeLessThanOrEqual(-0.8);
  });

  test("a living head does not come again, and one that stands still has nothing to repeat", () => {
    expect(repetitionOf(track(40, living))).toBeUndefined();
    expect(
      repetitionOf(track(40, (index, row, column) => 120 + noise * jumble(index, row, column))),
    ).toBeUndefined();
  });

  test("lamps that beat against the sensor's rows repeat, and are no loop", () => {
    const beating = track(32, (index, row, column) => {
      const band = 1 + 0.06 * Math.sin((2 * Math.PI * index) / 8 + row);
      return (120 + 3 * column) * band + noise * jumble(index, row, column);
    });
    expect(repetitionOf(beating)).toBeUndefined();
  });

  test("somebody who turned their head, and stands there as before, does not come again", () => {
    const turned = track(40, (index, row, column) => {
      const aside = index >= 16 && index < 26 ? 60 * Math.sin(column + row) : 0;
      return 120 + aside + 0.7 * Math.sin(index * 0.31 + column) + noise * jumble(index, row, column);
    });
    expect(repetitionOf(turned)).toBeUndefined();
  });

  test("somebody who waits before a busy machine is as they were seconds ago for a look or two, and does not come again", () => {
    const shades = track(40, (index, row, column) => living(index >= 35 ? index - 35 : index, row, column));
    const waiting = shades.map((sample, index) => ({ ...sample, at: instant(index * 500) }));
    expect(repetitionOf(waiting)).toBeUndefined();
    expect(repetitionOf(track(40, (index, row, column) => living(index % 31, row, column)))?.period).toBe(
      31 * 125,
    );
  });

  test("once is no repetition: the clip has to come again for most of a second", () => {
    const once = (index: number, row: number, column: number) =>
      living(index >= 16 ? index - 16 : index, row, column);
    expect(repetitionOf(track(20, once))).toBeUndefined();
    expect(repetitionOf(track(26, once))?.period).toBe(2000);
  });

  test("T22: whatever was measured, or not, it neither throws nor finds one in noise", () => {
    const values = fc.array(fc.double({ min: 0, max: 255, noNaN: true }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(fc.array(values, { maxLength: 14 }), (all) => {
        const samples = track(all.length, (index, row, column) => all[index]?.[row * 4 + column] ?? 0);
        repetitionOf(samples);
      }),
      { numRuns: 50 },
    );
    expect(
      repetitionOf(track(30, (index, row, column) => 120 + 60 * jumble(index, row, column))),
    ).toBeUndefined();
    expect(repetitionOf(track(12, () => Number.NaN))).toBeUndefined();
    expect(repetitionOf([])).toBeUndefined();
  });
});

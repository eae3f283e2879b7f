import { describe, expect, test } from "vitest";
import type { Chip } from "./chip.ts";
import { measureQuality } from "./quality.ts";

const still = { a: 1, b: 0, shiftX: 0, shiftY: 0 };

/** Eyes at (−30, 0) and (30, 0), the nose's tip `shift` to the right of the middle; then turned by `degrees`. */
function landmarks(shift: number, degrees = 0) {
  const turn = (degrees * Math.PI) / 180;
  return Array.from({ length: 68 }, (_, index) => {
    const [x, y] =
      index >= 36 && index <= 41
        ? [-30, 0]
        : index >= 42 && index <= 47
          ? [30, 0]
          : index === 30
            ? [shift, 35]
            : [0, 60];
    return { x: x * Math.cos(turn) - y * Math.sin(turn), y: x * Math.sin(turn) + y * Math.cos(turn) };
  });
}

function chipOf(value: (column: number, row: number) => number): Chip {
  const size = 150;
  const pixels = new Float32Array(size * size * 3);
  for (let at = 0; at < size * size; at += 1)
    pixels.fill(value(at % size, Math.floor(at / size)), at * 3, at * 3 + 3);
  return { size, pixels };
}
const grey = chipOf(() => 90);

describe("a face's figures", () => {
  test("the eyes' distance is in pixels of the picture", () => {
    expect(measureQuality(landmarks(0), grey, still).eyeDistance).toBeCloseTo(60);
  });

  test("yaw is 0 straight on, has the side's sign, and does not change with the head's tilt", () => {
    expect(measureQuality(landmarks(0), grey, still).yaw).toBeCloseTo(0);
    const right = measureQuality(landmarks(10), grey, still).yaw;
    expect(right).toBeGreaterThan(10);
    expect(right).toBeLessThan(25);
    expect(measureQuality(landmarks(-10), grey, still).yaw).toBeCloseTo(-right);
    expect(measureQuality(landmarks(10, 20), grey, still).yaw).toBeCloseTo(right);
  });

  test("brightness and contrast are mean and deviation of the luma", () => {
    const halves = measureQuality(
      landmarks(0),
      chipOf((column) => (column < 75 ? 60 : 120)),
      still,
    );
    expect(halves.brightness).toBeCloseTo(90, 0);
    expect(halves.contrast).toBeCloseTo(30, 0);
  });

  test("a fine pattern is sharp, the same pattern out of focus is not, an even face is 0", () => {
    const wave = (period: number) =>
      measureQuality(
        landmarks(0),
        chipOf((x) => 128 + 60 * Math.sin((x / period) * 2 * Math.PI)),
        still,
      );
    expect(measureQuality(landmarks(0), grey, still).sharpness).toBeCloseTo(0);
    expect(wave(4).sharpness).toBeGreaterThan(20 * wave(24).sharpness);
  });

  test("roll is the turn of the chip in the picture", () => {
    expect(
      measureQuality(landmarks(0), grey, { a: Math.cos(0.2), b: Math.sin(0.2), shiftX: 0, shiftY: 0 }).roll,
    ).toBeCloseTo(11.46, 1);
  });
});

import { describe, expect, test } from "vitest";
import type { Picture } from "../../../ports/face-engine.ts";
import { type Chip, cutAround, cutChip, mirrored, shrinkBy, squareAround } from "./chip.ts";

/** Every pixel's red is 10 · column, green 10 · row, blue 7. */
function ramp(width: number, height: number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1)
    rgb.set([10 * (at % width), 10 * Math.floor(at / width), 7], at * 3);
  return { width, height, rgb };
}

const pixel = ({ size, pixels }: Chip, column: number, row: number): number[] => [
  ...pixels.subarray((row * size + column) * 3, (row * size + column) * 3 + 3),
];
const still = { a: 1, b: 0, shiftX: 0, shiftY: 0 };

describe("cutting a chip", () => {
  test("with nothing moved copies the picture", () => {
    const chip = cutChip(ramp(8, 8), still, 8);
    expect([...chip.pixels]).toEqual([...ramp(8, 8).rgb]);
  });

  test("half a pixel to the right lies half-way between neighbours", () => {
    const chip = cutChip(ramp(8, 8), { ...still, shiftX: 0.5 }, 4);
    expect(pixel(chip, 2, 1)).toEqual([25, 10, 7]);
  });

  test("a quarter turn puts the picture's columns into the chip's rows", () => {
    // Chip (x, y) → picture (8 − y, x).
    const chip = cutChip(ramp(8, 8), { a: 0, b: 1, shiftX: 8, shiftY: 0 }, 8);
    expect(pixel(chip, 0, 0)).toEqual([70, 0, 7]);
    expect(pixel(chip, 3, 1)).toEqual([60, 30, 7]);
  });

  test("outside the picture its border repeats, on every side", () => {
    const chip = cutChip(ramp(4, 4), { ...still, shiftX: -4, shiftY: -4 }, 12);
    expect(pixel(chip, 0, 0)).toEqual([0, 0, 7]);
    expect(pixel(chip, 11, 5)).toEqual([30, 10, 7]);
    expect(pixel(chip, 5, 11)).toEqual([10, 30, 7]);
    expect(pixel(chip, 11, 11)).toEqual([30, 30, 7]);
  });

  test("shrinking averages instead of picking: fine stripes become grey", () => {
    const width = 64;
    const rgb = new Uint8Array(width * width * 3);
    for (let at = 0; at < width * width; at += 1) if (at % 2 === 0) rgb.fill(200, at * 3, at * 3 + 3);
    const chip = cutChip({ width, height: width, rgb }, { a: 4, b: 0, shiftX: 0, shiftY: 0 }, 16);
    for (const value of chip.pixels.subarray(3, 15 * 3)) expect(value).toBeCloseTo(100, 0);
  });
});

test("the square around a box is concentric and as wide as its longer side", () => {
  const map = squareAround({ x: 10, y: 20, width: 30, height: 60 }, 112);
  expect(map.a * 112).toBeCloseTo(60);
  expect([map.shiftX, map.shiftY]).toEqual([-5, 20]);
});

test("the part around a box is cut with room on every side, and ends where the picture does", () => {
  const { part, left, top } = cutAround(ramp(20, 20), { x: 8, y: 6, width: 2, height: 4 }, 2);
  expect([left, top, part.width, part.height]).toEqual([5, 4, 8, 8]);
  expect([...part.rgb.subarray(0, 3)]).toEqual([50, 40, 7]);
  expect([...part.rgb.subarray(-3)]).toEqual([120, 110, 7]);
  const corner = cutAround(ramp(20, 20), { x: -1, y: 17, width: 4, height: 4 }, 2);
  expect([corner.left, corner.top, corner.part.width, corner.part.height]).toEqual([0, 15, 5, 5]);
  const beyond = cutAround(ramp(20, 20), { x: 90, y: 90, width: 4, height: 4 }, 2);
  expect([beyond.part.width, beyond.part.height]).toEqual([0, 0]);
  const nowhere = cutAround(ramp(20, 20), { x: Number.NaN, y: 0, width: 4, height: 4 }, 2);
  expect(nowhere.part.rgb).toHaveLength(0);
});

test("mirroring swaps left and right, and twice is once", () => {
  const chip = cutChip(ramp(6, 6), still, 6);
  expect(pixel(mirrored(chip), 0, 2)).toEqual(pixel(chip, 5, 2));
  expect(mirrored(mirrored(chip)).pixels).toEqual(chip.pixels);
});

test("shrinking by a whole number averages blocks and drops what is left over", () => {
  const small = shrinkBy(ramp(7, 5), 2);
  expect([small.width, small.height]).toEqual([3, 2]);
  expect([...small.rgb.subarray(0, 6)]).toEqual([5, 5, 7, 25, 5, 7]);
});

test.each([2, 3, 5])("shrinking by %i rounds each block's mean to the nearest, halves upwards", (factor) => {
  const [width, height] = [23, 17];
  const rgb = Uint8Array.from(
    { length: width * height * 3 },
    (_, index) => (index * index * 7 + index) % 251,
  );
  const small = shrinkBy({ width, height, rgb }, factor);
  for (const [index, value] of small.rgb.entries()) {
    const channel = index % 3;
    const column = Math.floor(index / 3) % small.width;
    const row = Math.floor(index / 3 / small.width);
    let sum = 0;
    for (let sub = 0; sub < factor * factor; sub += 1) {
      const x = column * factor + (sub % factor);
      const y = row * factor + Math.floor(sub / factor);
      sum += rgb[(y * width + x) * 3 + channel] ?? Number.NaN;
    }
    expect(value).toBe(Math.floor(sum / factor ** 2 + 0.5));
  }
});

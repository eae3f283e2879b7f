import { describe, expect, test } from "vitest";
import { meanPoints, mirroredLandmarks } from "./mean-face.ts";

const numbered = Array.from({ length: 68 }, (_, index) => ({ x: index, y: 1000 + index }));

describe("landmarks seen in a mirror", () => {
  test("swap sides: jaw, brows, eyes, nostrils, lips; the midline stays", () => {
    const seen = mirroredLandmarks(numbered, 150).map(({ y }) => y - 1000);
    const swapped: readonly (readonly [number, number])[] = [
      [0, 16],
      [7, 9],
      [17, 26],
      [21, 22],
      [31, 35],
      [36, 45],
      [37, 44],
      [38, 43],
      [39, 42],
      [40, 47],
      [41, 46],
      [48, 54],
      [50, 52],
      [55, 59],
      [56, 58],
      [60, 64],
      [61, 63],
      [65, 67],
    ];
    for (const [one, other] of swapped) expect([seen[one], seen[other]]).toEqual([other, one]);
    for (const middle of [8, 27, 28, 29, 30, 33, 51, 57, 62, 66]) expect(seen[middle]).toBe(middle);
  });

  test("every landmark once, and twice mirrored is as it was", () => {
    const seen = mirroredLandmarks(numbered, 150);
    expect(new Set(seen.map(({ y }) => y)).size).toBe(68);
    expect(mirroredLandmarks(seen, 150)).toEqual(numbered);
  });

  test("x is counted from the other side", () => {
    expect(mirroredLandmarks(numbered, 150)[30]).toEqual({ x: 120, y: 1030 });
  });
});

test("the mean of two sets of points lies half-way", () => {
  expect(meanPoints([{ x: 0, y: 2 }], [{ x: 4, y: 4 }])).toEqual([{ x: 2, y: 3 }]);
});

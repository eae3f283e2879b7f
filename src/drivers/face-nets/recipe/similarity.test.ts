import fc from "fast-check";
import { expect, test } from "vitest";
import type { Point } from "../../../ports/face-engine.ts";
import { chipToPicture } from "./mean-face.ts";
import { apply, fitSimilarity, rotationOf, type Similarity, scaleOf } from "./similarity.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const somewhere = fc.record({ x: number(-500, 500), y: number(-500, 500) });
const similarity = fc
  .record({
    scale: number(0.05, 20),
    turn: number(-Math.PI, Math.PI),
    shiftX: number(-900, 900),
    shiftY: number(-900, 900),
  })
  .map(({ scale, turn, shiftX, shiftY }) => ({
    a: scale * Math.cos(turn),
    b: scale * Math.sin(turn),
    shiftX,
    shiftY,
  }));

test("recovers any rotation, scale and shift from the points it moved", () => {
  const spread = ([first, ...others]: readonly Point[]): number =>
    Math.max(0, ...others.map((other) => Math.hypot(other.x - (first?.x ?? 0), other.y - (first?.y ?? 0))));
  const several = fc
    .array(somewhere, { minLength: 2, maxLength: 40 })
    .filter((points) => spread(points) > 10);
  fc.assert(
    fc.property(similarity, several, (map, points) => {
      const fitted = fitSimilarity(
        points,
        points.map((point) => apply(map, point)),
      );
      expect(fitted).toBeDefined();
      for (const key of ["a", "b", "shiftX", "shiftY"] as const)
        expect(fitted?.[key]).toBeCloseTo(map[key], 4);
    }),
  );
});

test("errors that cancel out do not move it", () => {
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  const bulged = [
    { x: -1, y: 1 },
    { x: 11, y: 1 },
    { x: 11, y: 9 },
    { x: -1, y: 9 },
  ];
  expect(fitSimilarity(square, bulged)).toEqual({ a: 1, b: 0, shiftX: 0, shiftY: 0 });
});

test("a quarter turn clockwise and double size read back as such", () => {
  const fitted = fitSimilarity(
    [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ],
    [
      { x: 5, y: 5 },
      { x: 5, y: 7 },
    ],
  );
  expect(fitted && scaleOf(fitted)).toBeCloseTo(2);
  expect(fitted && rotationOf(fitted)).toBeCloseTo(90);
});

test.each([
  ["one point", [{ x: 1, y: 1 }], [{ x: 2, y: 2 }]],
  [
    "points all in one place",
    [
      { x: 1, y: 1 },
      { x: 1, y: 1 },
    ],
    [
      { x: 2, y: 2 },
      { x: 3, y: 2 },
    ],
  ],
  [
    "a target all in one place",
    [
      { x: 1, y: 1 },
      { x: 2, y: 1 },
    ],
    [
      { x: 2, y: 2 },
      { x: 2, y: 2 },
    ],
  ],
  [
    "a point that is no number",
    [
      { x: 1, y: 1 },
      { x: 2, y: 1 },
    ],
    [
      { x: Number.NaN, y: 2 },
      { x: 3, y: 2 },
    ],
  ],
])("there is none for %s", (_, from, to) => expect(fitSimilarity(from, to)).toBeUndefined());

test("lists of different length are a bug", () => {
  expect(() => fitSimilarity([{ x: 0, y: 0 }], [])).toThrow(RangeError);
});

test("a face moved about in the picture takes its chip along", () => {
  fc.assert(
    fc.property(similarity, (map: Similarity) => {
      const face = Array.from({ length: 68 }, (_, index) => ({ x: index, y: index * index }));
      const first = chipToPicture(face, 150, 0.25);
      const moved = chipToPicture(
        face.map((point) => apply(map, point)),
        150,
        0.25,
      );
      expect(first && moved).toBeDefined();
      if (first === undefined || moved === undefined) return;
      const corner = { x: 150, y: 0 };
      const expected = apply(map, apply(first, corner));
      expect(apply(moved, corner).x).toBeCloseTo(expected.x, 3);
      expect(apply(moved, corner).y).toBeCloseTo(expected.y, 3);
    }),
  );
});

test("more padding takes in more of the picture, about the same centre", () => {
  const face = Array.from({ length: 68 }, (_, index) => ({
    x: 100 + ((index * 37) % 68),
    y: 50 + ((index * 53) % 68),
  }));
  const tight = chipToPicture(face, 150, 0.25);
  const loose = chipToPicture(face, 150, 0.35);
  if (tight === undefined || loose === undefined) throw new Error("these landmarks do make a face");
  expect(scaleOf(loose) / scaleOf(tight)).toBeCloseTo(1.7 / 1.5, 6);
  expect(apply(loose, { x: 75, y: 75 }).x).toBeCloseTo(apply(tight, { x: 75, y: 75 }).x, 6);
});

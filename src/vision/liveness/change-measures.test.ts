import { expect, test } from "vitest";
import { changeMeasures } from "./change-measures.ts";
import { drawnFace, faceAt, frameOf, patternedWall } from "./frames-for-tests.ts";
import { lookAt } from "./look.ts";

const face = drawnFace(300, 150, 50, patternedWall);
const lookOf = (paint: (x: number, y: number) => number, seed: number) => {
  const frame = frameOf(paint, 2, seed);
  return lookAt(frame, faceAt(frame, 300, 150, 50));
};

test("T18: the same pixels have the same fingerprint, new noise has another", () => {
  const [first, same, noisy] = [lookOf(face, 1), lookOf(face, 1), lookOf(face, 2)].map((look) =>
    changeMeasures(look, undefined),
  );
  expect(same?.["fingerprint"]).toBe(first?.["fingerprint"]);
  expect(noisy?.["fingerprint"]).not.toBe(first?.["fingerprint"]);
});

test("what changes in the face is told from what changes around it", () => {
  const before = lookOf(face, 1);
  const inside = changeMeasures(
    lookOf((x, y) => face(x, y) + (Math.abs(x - 300) < 40 && Math.abs(y - 165) < 40 ? 30 : 0), 2),
    before,
  );
  const outside = changeMeasures(
    lookOf((x, y) => face(x, y) + (Math.abs(x - 300) > 150 ? 30 : 0), 2),
    before,
  );
  expect(inside["faceDifference"]).toBeGreaterThan(2 * (inside["surroundDifference"] ?? 0));
  expect(outside["surroundDifference"]).toBeGreaterThan(2 * (outside["faceDifference"] ?? 0));
  expect(outside["chipDifference"]).toBeLessThan(inside["chipDifference"] ?? 0);
});

test("light and shades follow the picture", () => {
  const bright = changeMeasures(
    lookOf((x, y) => face(x, y) + 20, 3),
    undefined,
  );
  const plain = changeMeasures(lookOf(face, 3), undefined);
  for (const name of ["faceLight", "surroundLight", "shade5", "shade10"])
    expect((bright[name] ?? 0) - (plain[name] ?? 0)).toBeCloseTo(20, 0);
});

import { describe, expect, test } from "vitest";
import { drawnFace, faceAt, frameOf, patternedWall } from "./frames-for-tests.ts";
import { type Look, lookAt } from "./look.ts";
import { measurePixels } from "./measure.ts";
import { surroundMeasures } from "./surround-measures.ts";

const unit = 45;
type Luma = (px: number, py: number) => number;

/** A face that steps 3 pixels to the right a frame; the surround is painted anew for each shift. */
function walk(aroundAt: (shift: number) => Luma, frames = 5): readonly ReturnType<typeof surroundMeasures>[] {
  let previous: Look | undefined;
  return Array.from({ length: frames }, (_, index) => {
    const shift = 3 * index;
    const frame = frameOf(drawnFace(280 + shift, 170, unit, aroundAt(shift)), 2, index + 1);
    const look = lookAt(frame, faceAt(frame, 280 + shift, 170, unit), previous);
    previous = look;
    return surroundMeasures(look);
  });
}
const totals = (all: readonly ReturnType<typeof surroundMeasures>[]) => ({
  carried: all.reduce((sum, { carriedBlocks = 0 }) => sum + carriedBlocks, 0),
  still: all.reduce((sum, { stillBlocks = 0 }) => sum + stillBlocks, 0),
});

describe("T15: what surrounds the face", () => {
  test("a wall stands still behind a moving head", () => {
    const { carried, still } = totals(walk(() => patternedWall));
    expect(carried).toBe(0);
    expect(still).toBeGreaterThan(20);
  });

  test("a sheet's picture moves with the face on it, on every side", () => {
    const all = walk((shift) => (px, py) => patternedWall(px - shift, py));
    const { carried, still } = totals(all);
    expect(carried).toBeGreaterThan(20);
    expect(still).toBe(0);
    expect(Math.max(...all.map(({ carriedSides = 0 }) => carriedSides))).toBeGreaterThanOrEqual(2);
  });

  test("a phone's edges move with the face before a wall that does not", () => {
    const phone = (shift: number) => (px: number, py: number) =>
      Math.abs(px - 280 - shift) > 2.3 * unit || Math.abs(py - 180) > 3.5 * unit
        ? patternedWall(px, py)
        : Math.abs(px - 280 - shift) > 2 * unit
          ? 15
          : 190;
    const { carried, still } = totals(walk(phone));
    expect(carried).toBeGreaterThan(8);
    expect(still).toBeGreaterThan(0);
  });

  test("before a bare wall, and while the face stays, nothing is said", () => {
    expect(totals(walk(() => () => 140))).toEqual({ carried: 0, still: 0 });
    const frame = frameOf(drawnFace(280, 170, unit, patternedWall));
    const look = lookAt(frame, faceAt(frame, 280, 170, unit));
    const again = lookAt(frame, faceAt(frame, 281, 170, unit), look);
    expect(surroundMeasures(again)).toEqual({});
  });
});

test("of a track two looks are kept at the most, however long it is", () => {
  let look: Look | undefined;
  for (let index = 0; index < 6; index += 1) {
    const frame = frameOf(drawnFace(280 + 3 * index, 170, unit, patternedWall), 1, index);
    look = measurePixels(frame, faceAt(frame, 280 + 3 * index, 170, unit), look).look;
    expect(look.anchor?.anchor).toBeUndefined();
  }
  expect(look?.anchor).toBeDefined();
});

test("a frame of another size begins anew", () => {
  const frame = frameOf(() => 100);
  const look = lookAt(frame, faceAt(frame, 280, 170, unit));
  const smaller = { width: 320, height: 180, rgb: new Uint8Array(320 * 180 * 3) };
  const { pixels } = measurePixels(smaller, faceAt(frame, 140, 85, 22), look);
  expect(pixels["faceDifference"]).toBeUndefined();
  expect(pixels["faceMoved"]).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import { drawnFace, faceAt, frameOf, patternedWall, seeded } from "./frames-for-tests.ts";
import { lookAt } from "./look.ts";
import { rasterMeasures } from "./raster-measures.ts";

const [x, y, unit] = [320, 150, 60];
/** Decibels at which the cue begins to notice a peak found in four blocks. */
const noticed = 8;
const face = drawnFace(x, y, unit, patternedWall);
type Luma = (px: number, py: number) => number;

const measure = (paint: Luma, before?: Luma) => {
  const frame = frameOf(paint, 2, 5);
  const earlier = before && frameOf(before, 2, 6);
  const previous = earlier && lookAt(earlier, faceAt(earlier, x, y, unit));
  return rasterMeasures(lookAt(frame, faceAt(frame, x, y, unit), previous), previous);
};
const raster =
  (strength: number, phase = 0): Luma =>
  (px, py) =>
    face(px, py) + strength * Math.cos(2 * Math.PI * (0.21 * px + 0.13 * py) + phase);

describe("T16: raster", () => {
  test("a face before noise has none; a screen's of two grey levels stands out, at its frequency", () => {
    const plain = measure(face);
    const screen = measure(raster(2));
    expect(plain["rasterBlocks"]).toBe(4);
    expect(plain["raster"]).toBeLessThan(noticed);
    expect(screen["raster"]).toBeGreaterThan(14);
    expect(screen["rasterAcross"]).toBeCloseTo(0.21, 1);
    expect(screen["rasterDown"]).toBeCloseTo(0.13, 1);
  });

  test("straight edges and the squares of video compression are no raster", () => {
    const edges = measure((px, py) => face(px, py) + (px % 64 < 32 ? 30 : 0) + (py > 160 ? 20 : 0));
    expect(edges["raster"]).toBeLessThan(noticed);
    const random = seeded(8);
    const squares = Float32Array.from({ length: 80 * 45 }, () => random() * 8);
    const coded = measure(
      (px, py) => face(px, py) + (squares[Math.floor(py / 8) * 80 + Math.floor(px / 8)] ?? 0),
    );
    expect(coded["raster"]).toBeLessThan(noticed);
    const ringing = (px: number, py: number): number =>
      4 * Math.cos((2 * Math.PI * px) / 8) * Math.cos((2 * Math.PI * py) / 8);
    expect(measure((px, py) => face(px, py) + ringing(px, py))["raster"]).toBeLessThan(noticed);
  });

  test("moiré that wanders over the face shows in what changed; a raster that stays does not", () => {
    expect(measure(face, face)["drift"]).toBeLessThan(8);
    expect(measure(raster(3), raster(3, 1.5))["drift"]).toBeGreaterThan(11);
    expect(measure(raster(3), raster(3))["drift"]).toBeLessThan(8);
  });

  test("rolling bands beat from row to row and not from column to column", () => {
    const banded = (px: number, py: number): number => face(px, py) * (1 + 0.04 * Math.sin(py / 9));
    const { rowBeat = 0, columnBeat = 0 } = measure(banded, face);
    expect(rowBeat).toBeGreaterThan(0.02);
    expect(columnBeat).toBeLessThan(0.01);
    const darker = measure((px, py) => face(px, py) * 0.8, face);
    expect(darker["rowBeat"]).toBeLessThan(0.01);
  });
});

test("a picture smaller than a block has no spectrum, and does not throw", () => {
  const small = { width: 48, height: 40, rgb: new Uint8Array(48 * 40 * 3).fill(90) };
  const landmarks = faceAt(
    frameOf(() => 90),
    20,
    15,
    12,
  ).landmarks;
  const chip = { size: 150, pixels: new Float32Array(150 * 150 * 3).fill(90) };
  expect(rasterMeasures(lookAt(small, { landmarks, chip }), undefined)["raster"]).toBe(0);
});

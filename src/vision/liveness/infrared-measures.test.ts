import { expect, test } from "vitest";
import { drawnFace, frameOf, height, landmarksAt, patternedWall, width } from "./frames-for-tests.ts";
import { infraredMeasures } from "./infrared-measures.ts";

const seen = { width, height, landmarks: landmarksAt(320, 150, 60) };
const measure = (paint: (x: number, y: number) => number) => infraredMeasures(frameOf(paint), seen);

test("a person's eyes are darker than the cheeks, and the face is not even", () => {
  const person = measure(drawnFace(320, 150, 60, patternedWall));
  expect(person["infraredEyes"]).toBeGreaterThan(0.15);
  expect(person["infraredContrast"]).toBeGreaterThan(0.1);
});

test("T16: a screen is a dark hole in a lit room", () => {
  const screen = measure((x, y) => (Math.abs(x - 320) < 130 && y < 330 ? 8 : 120));
  expect((screen["infraredLight"] ?? 0) / (screen["infraredScene"] ?? 1)).toBeLessThan(0.2);
});

test("T15: paper is even where inks let infrared through", () => {
  const paper = measure((x, y) => (Math.abs(x - 320) < 200 ? 180 - 0.02 * y : patternedWall(x, y)));
  expect(paper["infraredContrast"]).toBeLessThan(0.03);
});

test("places are taken over in proportion, and shifted by what lies between the cameras", () => {
  const wide = { width: width * 2, height: height * 2, landmarks: landmarksAt(640 - 40, 300, 120) };
  const shifted = infraredMeasures(frameOf(drawnFace(320, 150, 60, patternedWall)), wide, { x: 20, y: 0 });
  const straight = measure(drawnFace(320, 150, 60, patternedWall));
  expect(shifted["infraredEyes"]).toBeCloseTo(straight["infraredEyes"] ?? 0, 6);
});

test("a face outside the infrared picture is not measured", () => {
  const gone = { ...seen, landmarks: landmarksAt(5000, 150, 60) };
  expect(infraredMeasures(frameOf(patternedWall), gone)).toEqual({});
});

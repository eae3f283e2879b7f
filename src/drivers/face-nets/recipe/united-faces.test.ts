import { expect, test } from "vitest";
import type { DetectedFace } from "../../../ports/face-engine.ts";
import { united } from "./united-faces.ts";

const face = (x: number, y: number, side: number, confidence = 0.9): DetectedFace => ({
  box: { x, y, width: side, height: side },
  confidence,
});

test("a face that only the second detector sees is added", () => {
  expect(united([face(0, 0, 100)], [face(150, 0, 100)])).toEqual([face(0, 0, 100), face(150, 0, 100)]);
});

test("a face that both see stays one, with the first detector's box", () => {
  expect(united([face(0, 0, 100)], [face(10, 15, 120)])).toEqual([face(0, 0, 100)]);
});

test("two faces side by side that touch are two", () => {
  expect(united([face(0, 0, 100)], [face(90, 0, 100)])).toHaveLength(2);
});

test("nothing seen and nothing to add is nothing", () => {
  expect(united([], [])).toEqual([]);
  expect(united([], [face(1, 2, 3)])).toEqual([face(1, 2, 3)]);
});

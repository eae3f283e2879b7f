import { expect, test } from "vitest";
import { mainFace } from "./face-pictures.ts";

const picture = { width: 200, height: 200 };
const face = (centreX: number, side: number) => ({
  confidence: 0.9,
  box: { x: centreX - side / 2, y: 100 - side / 2, width: side, height: side },
});

test("the main face is the one in the middle, unless another is much larger", () => {
  expect(mainFace(picture, [face(180, 60), face(100, 50)])).toEqual(face(100, 50));
  expect(mainFace(picture, [face(100, 20), face(150, 90)])).toEqual(face(150, 90));
});

test("a face alone is the main one wherever it is; nobody is nobody", () => {
  expect(mainFace(picture, [face(199, 30)])).toEqual(face(199, 30));
  expect(mainFace(picture, [])).toBeUndefined();
});

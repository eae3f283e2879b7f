import { expect, test } from "vitest";
import type { Picture } from "../../ports/face-engine.ts";
import { eyeMeasures } from "./eye-measures.ts";

const width = 160;
const height = 90;

/** Two eyes 30 pixels wide on skin of grey 150: white with an iris, and a lid over the upper `lids` of each. */
function face(lids: number, shift = 0): Picture {
  const rgb = new Uint8Array(width * height * 3).fill(150);
  const set = (x: number, y: number, value: number) =>
    rgb.fill(value, (y * width + x) * 3, (y * width + x) * 3 + 3);
  for (const middle of [45 + shift, 115 + shift]) {
    for (let x = -15; x <= 15; x += 1) {
      const opening = Math.round(7 * (1 - (x / 15) ** 2));
      for (let y = -opening; y <= opening; y += 1) {
        const isLid = y < -opening + 2 * opening * lids;
        const isIris = Math.hypot(x, y) < 6;
        set(middle + x, 45 + y, isLid ? 150 : isIris ? 40 : 200);
      }
      if (opening > 0) set(middle + x, Math.round(45 - opening + 2 * opening * lids), 60);
    }
  }
  return { width, height, rgb };
}

const landmarks = (shift = 0) =>
  Array.from({ length: 68 }, (_, index) => {
    const corners: Record<number, number> = { 36: 30, 39: 60, 42: 100, 45: 130 };
    return { x: (corners[index] ?? 0) + shift, y: 45 };
  });
const opennessAt = (lids: number, shift = 0): number =>
  eyeMeasures(face(lids, shift), landmarks(shift))["eyeOpenness"] ?? Number.NaN;

test("the figure falls with the lids, and stays where a face only moves", () => {
  const open = opennessAt(0);
  expect(opennessAt(0, 3) / open).toBeCloseTo(1, 1);
  expect(opennessAt(0.5)).toBeLessThan(0.9 * open);
  expect(opennessAt(1)).toBeLessThan(0.6 * open);
});

test("nothing is said of eyes that are too small, out of the picture, or not there", () => {
  const narrow = landmarks().map(({ x, y }) => ({ x: x / 4, y }));
  expect(eyeMeasures(face(0), narrow)).toEqual({});
  expect(eyeMeasures(face(0), landmarks(-40))).toEqual({});
  expect(eyeMeasures(face(0), [])).toEqual({});
  expect(eyeMeasures({ width, height, rgb: new Uint8Array(width * height * 3) }, landmarks())).toEqual({});
});

import { describe, expect, test } from "vitest";
import { drawnFace, type Patch } from "../../../test/support/drawn-face.ts";
import { posedLandmarks } from "../../../test/support/posed-landmarks.ts";
import { goodQuality } from "../../../test/support/vision-in-one-process.ts";
import { photoFaults } from "../../domain/biometric/photo-quality.ts";
import { photoLimits } from "../../domain/biometric/verification-policy.ts";
import type { Picture, Point } from "../../ports/face-engine.ts";
import { measurePhoto } from "./measure-photo.ts";

const measured = (picture: Picture, landmarks: readonly Point[] = posedLandmarks()) => {
  const quality = measurePhoto(picture, landmarks, goodQuality);
  if (quality === undefined) throw new Error("there are eyes");
  return quality;
};
const advice = (...over: readonly Patch[]): readonly string[] =>
  photoFaults(measured(drawnFace(...over)), photoLimits).map((fault) => fault.advice);

/** The same turned by `degrees` about the middle and made `scale` times as large, landmarks with it. */
function turned(picture: Picture, degrees: number, scale: number) {
  const size = Math.round(picture.width * scale);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const rgb = new Uint8Array(size * size * 3);
  for (let index = 0; index < size * size; index += 1) {
    const [x, y] = [(index % size) - size / 2, Math.floor(index / size) - size / 2];
    const column = Math.round((cos * x + sin * y) / scale + picture.width / 2);
    const row = Math.round((-sin * x + cos * y) / scale + picture.height / 2);
    const clamped = (value: number) => Math.min(picture.width - 1, Math.max(0, value));
    const at = (clamped(row) * picture.width + clamped(column)) * 3;
    rgb.set(picture.rgb.subarray(at, at + 3), index * 3);
  }
  const landmarks = posedLandmarks().map(({ x, y }) => {
    const [dx, dy] = [(x - picture.width / 2) * scale, (y - picture.height / 2) * scale];
    return { x: cos * dx - sin * dy + size / 2, y: sin * dx + cos * dy + size / 2 };
  });
  return { picture: { width: size, height: size, rgb }, landmarks };
}

describe("what covers a face", () => {
  test.each<[string, readonly Patch[], readonly string[]]>([
    ["nothing", [], []],
    [
      "dark glasses",
      [
        [26, 46, 33, 47, 25],
        [54, 74, 33, 47, 25],
      ],
      ["showEyes"],
    ],
    ["hair over one eye", [[54, 76, 20, 62, 40]], ["showEyes"]],
    [
      "glasses that shine",
      [
        [30, 42, 36, 44, 252],
        [58, 70, 36, 44, 252],
      ],
      ["noGlare"],
    ],
    ["a bright mask", [[28, 72, 50, 90, 225]], ["showMouth"]],
    ["a dark mask", [[28, 72, 45, 90, 60]], ["showMouth"]],
  ])("%s", (_, over, expected) => {
    expect(advice(...over)).toEqual(expected);
  });

  test("a hand over one eye, as bright as the cheek, makes it unlike the other", () => {
    const fingers: Patch[] = [54, 58, 62, 66, 70].map((left) => [left, left + 2, 26, 54, 145]);
    expect(advice([54, 74, 26, 54, 168], ...fingers)).toEqual(["showEyes"]);
  });

  test("the same is seen of a larger face and of one that is tilted", () => {
    const upright = measured(drawnFace());
    for (const [degrees, scale] of [
      [0, 3],
      [20, 1.5],
      [-20, 2],
    ] as const) {
      const { picture, landmarks } = turned(drawnFace(), degrees, scale);
      const { eyes, mouth, pitch, glare } = measured(picture, landmarks);
      expect(eyes).toBeCloseTo(upright.eyes, 0);
      expect(photoFaults({ ...upright, eyes, mouth, pitch, glare }, photoLimits)).toEqual([]);
    }
  });

  test("a frame of glasses is told from a bare nose", () => {
    expect(measured(drawnFace()).glasses).toBe(0);
    expect(measured(drawnFace([26, 74, 40, 42, 40])).glasses).toBeGreaterThan(0.5);
  });
});

test("light from one side, and too much or too little of it, is told by its clipped share", () => {
  const { brightness } = goodQuality;
  const clipped = { ...measured(drawnFace([50, 100, 0, 100, 255])), eyes: 1, mouth: 1, glare: 0 };
  expect(clipped.clipped).toBeGreaterThan(0.3);
  const advised = (more: number) =>
    photoFaults({ ...clipped, brightness: more }, photoLimits).map(({ advice: what }) => what);
  expect(advised(brightness)).toEqual(["evenLight"]);
  expect(advised(200)).toEqual(["lessLight"]);
  expect(advised(60)).toEqual(["moreLight"]);
});

test("a chin that is up or down moves the nose's tip between eyes and mouth", () => {
  const nodding = (tip: number) =>
    measured(
      drawnFace(),
      posedLandmarks().map((point, index) => (index === 30 ? { x: 50, y: tip } : point)),
    ).pitch;
  expect(nodding(50)).toBeCloseTo(0, 0);
  expect(nodding(46)).toBeGreaterThan(15);
  expect(nodding(54)).toBeLessThan(-15);
});

test("of landmarks that are nobody's nothing is measured; figures that are no numbers are faults", () => {
  const nowhere = Array.from({ length: 68 }, () => ({ x: 5, y: 5 }));
  expect(measurePhoto(drawnFace(), nowhere, goodQuality)).toBeUndefined();
  expect(measurePhoto(drawnFace(), [], goodQuality)).toBeUndefined();
  const broken = { ...measured(drawnFace()), eyes: Number.NaN };
  expect(photoFaults(broken, photoLimits)).toMatchObject([{ figure: "eyes", advice: "tryAgain" }]);
});

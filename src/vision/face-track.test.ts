import { expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import { beginTrack, continueTrack, type FaceInFrame, type TrackLimits } from "./face-track.ts";

const limits: TrackLimits = {
  longestBreak: 600,
  longestGap: 1_500,
  leastOverlap: 0.25,
  mostSamples: 40,
  sameFaceLimit: 0.1,
};

/** A direction so many degrees beside the first one's. */
const descriptor = (degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return { model: "m", values: Float32Array.of(Math.cos(angle), Math.sin(angle)) };
};

const face = (changes: Partial<FaceInFrame> = {}): FaceInFrame => ({
  at: instant(1_000),
  box: { x: 100, y: 100, width: 80, height: 100 },
  frame: { width: 640, height: 360 },
  descriptor: descriptor(0),
  yaw: 0,
  wasMissed: false,
  ...changes,
});

const track = beginTrack(7, face());
const next = (changes: Partial<FaceInFrame>) =>
  continueTrack(track, face({ at: instant(1_200), ...changes }), limits);

test("the same face in the same place a moment later is the same track", () => {
  expect(next({})).toMatchObject({ number: 7, since: 1_000, seenAt: 1_200 });
  expect(next({ box: { x: 120, y: 110, width: 85, height: 104 }, descriptor: descriptor(15) })).toMatchObject(
    {
      number: 7,
    },
  );
});

test("with a slow engine a face is the same as long as nothing speaks against it", () => {
  expect(next({ at: instant(2_400) })).toMatchObject({ number: 7 });
  expect(next({ at: instant(1_500), wasMissed: true })).toMatchObject({ number: 7 });
});

test.each([
  ["that was looked for and not seen for too long", { at: instant(1_601), wasMissed: true }, "break"],
  ["not looked for too long", { at: instant(2_501) }, "break"],
  ["of a time that is no number", { at: instant(Number.NaN) }, "break"],
  ["in a picture of another size", { frame: { width: 1280, height: 720 } }, "break"],
  ["beside its place", { box: { x: 190, y: 100, width: 80, height: 100 } }, "jump"],
  ["twice as large", { box: { x: 40, y: 40, width: 170, height: 230 } }, "jump"],
  ["without a size", { box: { x: 100, y: 100, width: 0, height: 0 } }, "jump"],
  ["of a size that is no number", { box: { x: 100, y: 100, width: Number.NaN, height: 100 } }, "jump"],
  ["that looks otherwise", { descriptor: descriptor(40) }, "otherFace"],
  ["of another model", { descriptor: { model: "n", values: Float32Array.of(1, 0) } }, "otherFace"],
  ["of no number", { descriptor: { model: "m", values: Float32Array.of(Number.NaN, 0) } }, "otherFace"],
] as const)("T19: a face %s is not the same", (_, changes, expected) => {
  expect(next(changes)).toBe(expected);
});

test("T19: turned aside nobody looks alike; turned back it has to be who turned away", () => {
  const aside = next({ yaw: 30, descriptor: descriptor(60) });
  if (typeof aside === "string") throw new Error(aside);
  const back = (degrees: number) =>
    continueTrack(aside, face({ at: instant(1_400), descriptor: descriptor(degrees) }), limits);
  expect(back(10)).toMatchObject({ number: 7 });
  expect(back(60)).toBe("otherFace");
});

test("T19: asked to turn, a head looks otherwise aside of its rest only, and back there has to be the same", () => {
  const turned = (yaw: number, degrees: number, turningFrom?: number) =>
    continueTrack(
      track,
      face({ at: instant(1_200), yaw, descriptor: descriptor(degrees) }),
      limits,
      turningFrom,
    );
  expect(turned(3, 60)).toBe("otherFace");
  const aside = turned(3, 60, -9);
  if (typeof aside === "string") throw new Error(aside);
  expect(aside.descriptor).toEqual(track.descriptor);
  expect(turned(-2, 60, -9)).toBe("otherFace");
  expect(turned(Number.NaN, 0, -9)).toMatchObject({ number: 7, descriptor: track.descriptor });
  const back = (degrees: number, turningFrom?: number) =>
    continueTrack(
      aside,
      face({ at: instant(1_400), yaw: -7, descriptor: descriptor(degrees) }),
      limits,
      turningFrom,
    );
  expect(back(10, -9)).toMatchObject({ number: 7 });
  expect(back(60, -9)).toBe("otherFace");
  expect(back(60)).toBe("otherFace");
});

test("a track keeps a descriptor of its own", () => {
  const seen = face();
  const begun = beginTrack(1, seen);
  seen.descriptor.values.fill(0);
  expect(begun.descriptor.values[0]).toBe(1);
});

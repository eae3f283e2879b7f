import { expect, test } from "vitest";
import { drawnFace } from "../../test/support/drawn-face.ts";
import { posedLandmarks } from "../../test/support/posed-landmarks.ts";
import { goodQuality, ScriptedSense } from "../../test/support/vision-in-one-process.ts";
import { after, instant } from "../domain/time.ts";
import type { DescribedFace } from "../ports/face-engine.ts";
import type { Frame } from "../ports/frame-source.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { withInfrared } from "./infrared-sense.ts";

const face: DescribedFace = {
  box: { x: 20, y: 20, width: 60, height: 70 },
  confidence: 1,
  landmarks: posedLandmarks(),
  quality: goodQuality,
  descriptor: Float32Array.of(1),
  chip: { size: 0, pixels: new Float32Array() },
};
const clock = new VirtualClock(instant(10_000));
const infraredAt = (at: number): Frame =>
  ({ ...drawnFace(), at: instant(at), damaged: false }) as unknown as Frame; // a picture with its time

const measured = (newest: Frame | undefined) =>
  withInfrared(new ScriptedSense(), () => newest, clock).measure(drawnFace(), face, undefined).pixels;

test("what the camera beside sees at this moment is added to what the first one sees", () => {
  const pixels = measured(infraredAt(clock.now()));
  expect(pixels).toMatchObject({ eyeOpenness: 1 });
  expect(pixels.infraredLight).toBeGreaterThan(100);
  expect(pixels.infraredEyes).toBeGreaterThan(0);
});

test("no picture, or one of another moment, says nothing", () => {
  for (const newest of [undefined, infraredAt(after(clock.now(), -401))])
    expect(measured(newest)).toEqual({ eyeOpenness: 1 });
});

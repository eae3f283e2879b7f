import { describe, expect, test } from "vitest";
import {
  annasFace,
  faceOf,
  goodQuality,
  VisionInOneProcess,
} from "../../test/support/vision-in-one-process.ts";

async function seeing() {
  const vision = new VisionInOneProcess();
  await vision.passes(1_000);
  return vision;
}

describe("a photo to be enrolled", () => {
  test("of one good face is described and kept in the form that is stored", async () => {
    const vision = await seeing();
    expect(await vision.photo("photo")).toMatchObject({
      usable: true,
      model: "test/model",
      descriptor: annasFace,
      jpeg: Uint8Array.of(0xff, 0xd8, 100, 100),
    });
  });

  test.each([
    ["nobody", "photo", { faces: [] }, "noFace"],
    ["two people", "photo", { faces: [faceOf(50), faceOf(40)] }, "multipleFaces"],
    ["a blurred face", "photo", { quality: { ...goodQuality, sharpness: 1 } }, "poorQuality"],
    [
      "a face nets make nothing of",
      "photo",
      { descriptor: new Float32Array(4).fill(Number.NaN) },
      "poorQuality",
    ],
    ["no picture", "text", {}, "notAPicture"],
    ["a picture too large", "huge", {}, "tooLarge"],
    ["anybody, by an engine that fails", "photo", { failure: new Error("out of memory") }, "engineFault"],
  ])("of %s is refused, and why is said", async (_, upload, engine, reason) => {
    const vision = await seeing();
    Object.assign(vision.engine, engine);
    const outcome = await vision.photo(upload);
    expect(outcome).toMatchObject({ usable: false, reason });
    expect(outcome?.usable === false && outcome.detail).toMatch(/\w/);
  });

  test.each([
    ["nobody", { faces: [] }, ["faceCamera"]],
    ["two people", { faces: [faceOf(50), faceOf(40)] }, ["onePerson"]],
    ["a blurred face", { quality: { ...goodQuality, sharpness: 1 } }, ["holdStill"]],
    [
      "a small, dark one",
      { quality: { ...goodQuality, eyeDistance: 20, brightness: 20 } },
      ["stepCloser", "moreLight"],
    ],
    ["one turned away", { quality: { ...goodQuality, yaw: -60 } }, ["faceCamera"]],
    ["one that cannot be found its eyes in", { landmarks: [] }, ["tryAgain"]],
  ])("of %s is answered with what to do", async (_, engine, advice) => {
    const vision = await seeing();
    Object.assign(vision.engine, engine);
    expect(await vision.photo("photo")).toMatchObject({ usable: false, advice });
  });
});

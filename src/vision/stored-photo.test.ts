import { expect, test } from "vitest";
import type { DescribedFace, DetectedFace, FaceEngine } from "../ports/face-engine.ts";
import { type PictureCodec, PictureError } from "../ports/picture-codec.ts";
import { describeStored } from "./stored-photo.ts";

const picture = { width: 4, height: 4, rgb: new Uint8Array(48) };
const codec: PictureCodec = {
  decode: async (bytes) => {
    if (bytes.length === 0) throw new PictureError("damaged", "no picture");
    return picture;
  },
  encodeJpeg: async () => new Uint8Array(),
};
/** So blurred, dark and turned that nobody would enrol it today. */
const poor = { eyeDistance: 9, sharpness: 0.1, brightness: 3, contrast: 0.4, yaw: 61, roll: 70 };
const box = (height: number) => ({ x: 0, y: 0, width: height, height });
const face = (height: number): DetectedFace => ({ box: box(height), confidence: 0.9 });

function engineSeeing(
  faces: readonly DetectedFace[],
  changes: Partial<DescribedFace> | null = {},
): FaceEngine {
  return {
    model: { id: "model-b", hash: "bb", dimensions: 2 },
    backend: "scripted",
    detect: async () => faces,
    describe: async (_, found) =>
      changes === null
        ? undefined
        : {
            ...found,
            landmarks: [],
            quality: poor,
            descriptor: Float32Array.of(0.6, 0.8),
            chip: { size: 0, pixels: new Float32Array() },
            ...changes,
          },
    timings: () => ({ detect: 0, landmarks: 0, embed: 0 }),
    [Symbol.asyncDispose]: async () => undefined,
  };
}
const stored = (engine: FaceEngine, bytes = Uint8Array.of(1)) => describeStored(bytes, engine, codec);

test("a photo once good enough is not judged again", async () => {
  expect(await stored(engineSeeing([face(100), face(20)]))).toEqual({
    usable: true,
    templates: [{ model: "model-b", descriptor: Float32Array.of(0.6, 0.8) }],
  });
});

test("two recognisers give two templates", async () => {
  const second = { model: "model-c", values: Float32Array.of(1, 0, 0) };
  expect(await stored(engineSeeing([face(100)], { second }))).toMatchObject({
    usable: true,
    templates: [{ model: "model-b" }, { model: "model-c", descriptor: second.values }],
  });
});

test.each([
  ["noFace", engineSeeing([])],
  ["multipleFaces", engineSeeing([face(100), face(80)])],
  ["poorQuality", engineSeeing([face(100)], null)],
  ["poorQuality", engineSeeing([face(100)], { descriptor: Float32Array.of(Number.NaN, 1) })],
])("what gives no template says why: %s", async (reason, engine) => {
  expect(await stored(engine)).toMatchObject({ usable: false, reason });
});

test("what is no picture any more is told so; an engine that fails is another matter", async () => {
  expect(await stored(engineSeeing([]), new Uint8Array())).toMatchObject({
    usable: false,
    reason: "notAPicture",
  });
  const broken = { ...engineSeeing([]), detect: () => Promise.reject(new Error("out of memory")) };
  await expect(stored(broken)).rejects.toThrow("out of memory");
});

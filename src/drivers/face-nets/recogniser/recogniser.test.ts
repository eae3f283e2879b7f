import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Picture, Point } from "../../../ports/face-engine.ts";
import { apply } from "../recipe/similarity.ts";
import { cropToPicture } from "./crop.ts";
import { openEmbedder } from "./embedder.ts";
import { netBytes, putRecogniser } from "./net-for-tests.ts";
import { requireSelfContained } from "./onnx-file.ts";
import { Recogniser } from "./recogniser.ts";
import { cosineOf, cosineThreshold, euclideanOf, readRecogniserManifest } from "./recogniser-manifest.ts";

const landmarkModel = { id: "landmarks/1", hash: "aa", dimensions: 128 };
const put: AsyncDisposable[] = [];
const given = async (...args: Parameters<typeof putRecogniser>) => {
  const one = await putRecogniser(...args);
  put.push(one);
  return one;
};
afterEach(async () => {
  for (const one of put.splice(0)) await one[Symbol.asyncDispose]();
});
const open = (path: string) => Recogniser.open(path, landmarkModel);

/** Upright, eyes 40 px apart. */
const landmarks: readonly Point[] = Array.from({ length: 68 }, (_, index): Point => {
  if (index >= 36 && index < 42) return { x: 80, y: 90 };
  if (index >= 42 && index < 48) return { x: 120, y: 90 };
  if (index === 30) return { x: 100, y: 113 };
  if (index === 48) return { x: 84, y: 136 };
  if (index === 54) return { x: 117, y: 136 };
  return { x: 100, y: 110 };
});
const scene = (seed: number): Picture => {
  const rgb = Uint8Array.from({ length: 200 * 200 * 3 }, (_, index) => (index * seed * 7919) % 251);
  return { width: 200, height: 200, rgb };
};

const mirrorOf = ({ width, height, rgb }: Picture): Picture => {
  const across = new Uint8Array(rgb.length);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const column = pixel % width;
    const source = (pixel - column + width - 1 - column) * 3;
    across.set(rgb.subarray(source, source + 3), pixel * 3);
  }
  return { width, height, rgb: across };
};

describe("a recogniser put in by manifest", () => {
  test("describes a face: unit length, the manifest's size, the same for the same", async () => {
    const { path } = await given();
    await using recogniser = await open(path);
    const one = await recogniser.describe(scene(1), landmarks);
    expect(one).toHaveLength(16);
    expect(Math.hypot(...(one ?? []))).toBeCloseTo(1, 5);
    expect(await recogniser.describe(scene(1), landmarks)).toEqual(one);
    expect(await recogniser.describe(scene(3), landmarks)).not.toEqual(one);
    expect(
      await recogniser.describe(
        scene(1),
        landmarks.map(() => ({ x: Number.NaN, y: 0 })),
      ),
    ).toBeUndefined();
  });

  test("its model's id changes with whatever changes descriptors, and with nothing else", async () => {
    const ids: string[] = [];
    for (const changes of [
      {},
      { licence: { name: "Other", url: "https://example.org/l", commercial: false } },
      { mirror: true },
      { crop: "dlib-150" },
      { input: { size: 32, colour: "bgr", layout: "nchw", mean: 127.5, std: 127.5 } },
    ]) {
      const { path } = await given(undefined, changes);
      await using recogniser = await open(path);
      ids.push(recogniser.model.id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(4);
    const { path } = await given();
    await using other = await Recogniser.open(path, { ...landmarkModel, hash: "bb" });
    expect(ids).not.toContain(other.model.id);
  });

  test.each([
    [{ colour: "rgb", layout: "nchw" }, [10, 40, 40, 20, 30]],
    [{ colour: "bgr", layout: "nchw" }, [30, 60, 60, 20, 10]],
    [{ colour: "rgb", layout: "nhwc" }, [10, 20, 30, 50, 60]],
    [{ colour: "bgr", layout: "nhwc" }, [30, 20, 10, 50, 40]],
  ])("what the net is given: %j", async (order, expected) => {
    // Each output is one place of the input: the first three of the row, and where the second and third plane begin.
    const places = [0, 1, 2, 1024, 2048];
    const weight = (index: number): number => (places[index % 16] === Math.floor(index / 16) ? 1 : 0);
    const shape = order.layout === "nchw" ? [1, 3, 32, 32] : [1, 32, 32, 3];
    const { path, file } = await given(
      { size: 32, dimensions: 16, weight, inputShape: shape },
      { input: { size: 32, ...order, mean: 5, std: 2 } },
    );
    const manifest = await readRecogniserManifest(path);
    const embedder = await openEmbedder(file, await readFile(file), manifest);
    const pixels = Float32Array.from({ length: 32 * 32 * 3 }, (_, index) => [40, 50, 60][index % 3] ?? 0);
    pixels.set([10, 20, 30]);
    const seen = await embedder.embed({ size: 32, pixels });
    await embedder.dispose();
    expect([...seen.slice(0, 5)]).toEqual(expected.map((value) => (value - 5) / 2));
  });

  test("a net for grey pictures is given luma", async () => {
    const weight = (index: number): number => (index % 16 === Math.floor(index / 16) ? 1 : 0);
    const { path, file } = await given(
      { size: 32, channels: 1, dimensions: 16, weight },
      { input: { size: 32, colour: "grey", layout: "nchw", mean: 0, std: 1 } },
    );
    const embedder = await openEmbedder(file, await readFile(file), await readRecogniserManifest(path));
    const pixels = new Float32Array(32 * 32 * 3);
    pixels.set([100, 0, 0, 0, 100, 0, 0, 0, 100]);
    const seen = await embedder.embed({ size: 32, pixels });
    await embedder.dispose();
    for (const [index, value] of [29.9, 58.7, 11.4].entries()) expect(seen[index]).toBeCloseTo(value, 3);
  });

  test("averaged with its mirror image a face and its mirror image are one", async () => {
    const even = {
      size: 112,
      leftEye: [38, 52],
      rightEye: [74, 52],
      noseTip: [56, 72],
      leftMouthCorner: [42, 92],
      rightMouthCorner: [70, 92],
    };
    const straight = landmarks.map((point, index) => (index === 54 ? { x: 116, y: 136 } : point));
    const flipped = (index: number): number => (index === 48 ? 54 : index === 54 ? 48 : index);
    const across = straight.map((_, index) => {
      const eye = index >= 36 && index < 42 ? 42 : index >= 42 && index < 48 ? 36 : flipped(index);
      const { x, y } = straight[eye] ?? { x: 0, y: 0 };
      return { x: 200 - x, y };
    });
    const distances: number[] = [];
    for (const mirror of [true, false]) {
      const { path } = await given(undefined, { crop: even, mirror });
      await using recogniser = await open(path);
      const one = await recogniser.describe(scene(3), straight);
      const other = await recogniser.describe(mirrorOf(scene(3)), across);
      distances.push(
        1 - [...(one ?? [])].reduce((sum, value, index) => sum + value * (other?.[index] ?? 0), 0),
      );
    }
    expect(distances[0]).toBeLessThan(1e-4);
    expect(distances[1]).toBeGreaterThan(0.01);
  });

  test.each([
    ["sha256", "ab", /sha256: must be 64 hexadecimal digits/],
    ["file", "../net.onnx", /file: the bare name/],
    ["crop", "arcface-113", /crop: /],
    ["licence", { name: "x", commercial: true }, /licence: text or url is needed/],
    ["licence", { name: "x", text: "y" }, /licence\.commercial/],
    ["input", { size: 32, colour: "rgb", layout: "nchw", mean: 0, std: 0 }, /input\.std: 0 cannot/],
    ["extra", 1, /Unrecognized key.*extra/],
  ])("a manifest with a wrong %s says so, with its path", async (field, value, message) => {
    const { path } = await given(undefined, { [field]: value });
    await expect(readRecogniserManifest(path)).rejects.toThrow(message);
    await expect(readRecogniserManifest(path)).rejects.toThrow(path);
  });

  test("a file that is not the one of its hash is refused, with both hashes", async () => {
    const { path, file } = await given();
    await appendFile(file, Uint8Array.of(0));
    await expect(open(path)).rejects.toThrow(/expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}/);
    await truncate(file, 100);
    await expect(open(path)).rejects.toThrow(/expected SHA-256/);
    await writeFile(join(file, "..", "net.onnx"), "");
    await expect(open(path)).rejects.toThrow(/expected SHA-256/);
  });

  test("T38: a file nobody could load is refused before it is read", async () => {
    const { path, file } = await given();
    await truncate(file, 600 * 1024 * 1024);
    await expect(open(path)).rejects.toThrow(/629145600 bytes, more than 536870912/);
  });

  test.each([
    ["weights in another file", { externalData: true }, /weights lie in another file/],
    [
      "an operator of somebody's own",
      { operator: { domain: "com.evil", type: "MatMul" } },
      /operator "MatMul" of "com.evil"/,
    ],
    [
      "an operator nobody knows",
      { operator: { domain: "", type: "Conjure" } },
      /ONNX Runtime refuses the net/,
    ],
    ["a run that fails", { channels: 1, inputShape: [1, 3, 32, 32] }, /self-test: /],
    ["open sizes", { inputShape: [1, 3, "h", "w"] }, /shape \[1, 3, \?, \?\].*export it with fixed sizes/],
    ["another size", { inputShape: [1, 3, 64, 48] }, /\[1, 3, 64, 48\], the manifest says \[1, 3, 32, 32\]/],
    ["numbers that are not finite", { weight: () => Number.NaN }, /self-test: .*not finite/],
    ["nought for everything", { weight: () => 0 }, /self-test: .*nought/],
    [
      "one answer to everything",
      { weight: (index: number) => (index % 16 === 0 ? 1 : 0) },
      /two unlike pictures have the same descriptor/,
    ],
  ])("a net with %s is refused", async (_, net, message) => {
    const { path } = await given({ size: 32, dimensions: 16, ...net });
    await expect(open(path)).rejects.toThrow(message);
  });

  test("a batch left open is good; an output that is not there, or of another size, is not", async () => {
    const open32 = { size: 32, dimensions: 16, inputShape: ["n", 3, 32, 32], outputShape: ["n", 16] };
    await using recogniser = await open((await given(open32)).path);
    expect(recogniser.model.dimensions).toBe(16);
    const missing = await given(open32, { output: { name: "fc1", dimensions: 16 } });
    await expect(open(missing.path)).rejects.toThrow(/no output fc1; the net has: descriptor/);
    const wrong = await given(open32, { output: { name: "descriptor", dimensions: 128 } });
    await expect(open(wrong.path)).rejects.toThrow(/manifest says 128 numbers/);
  });

  test("what is no ONNX model at all is refused, however it is cut", async () => {
    const bytes = netBytes({ size: 32, dimensions: 16 });
    for (const length of [0, 1, 7, 40, 200]) {
      expect(() => requireSelfContained("x", bytes.subarray(0, length))).toThrow(
        /x: this is not an ONNX model/,
      );
    }
    expect(() => requireSelfContained("x", bytes)).not.toThrow();
  });

  test("the manifest's thresholds may be Euclidean; they are compared as cosine", async () => {
    const { path } = await given();
    const manifest = await readRecogniserManifest(path);
    expect(cosineThreshold(manifest, "fused", "1e-4")).toBeUndefined();
    expect(cosineOf(euclideanOf(0.07))).toBeCloseTo(0.07, 12);
    expect(cosineOf(Math.SQRT2)).toBeCloseTo(1, 12);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ distance: "cosine" });
  });
});

test("the ArcFace crop puts the eyes where ArcFace expects them", () => {
  const toPicture = cropToPicture(landmarks, "arcface-112", 112);
  if (toPicture === undefined) throw new Error("these landmarks make a face");
  const left = apply(toPicture, { x: 38.29, y: 51.7 });
  const right = apply(toPicture, { x: 73.53, y: 51.5 });
  expect(Math.abs(left.x - 80) + Math.abs(left.y - 90)).toBeLessThan(2);
  expect(Math.abs(right.x - 120) + Math.abs(right.y - 90)).toBeLessThan(2);
  const double = cropToPicture(landmarks, "arcface-112", 224);
  expect(double?.a).toBeCloseTo((toPicture.a ?? 0) / 2, 6);
});

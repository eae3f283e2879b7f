import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  convertedModels,
  type ModelManifest,
  packagedModels,
  readConverted,
  readManifest,
  verifyModels,
} from "../../src/drivers/face-nets/model-manifest.ts";
import { loadOnnxNets } from "../../src/drivers/face-nets/onnx/onnx-nets.ts";
import { type Chip, cutChip, squareAround } from "../../src/drivers/face-nets/recipe/chip.ts";
import type { Nets } from "../../src/drivers/face-nets/recipe/nets.ts";
import { RecipeEngine } from "../../src/drivers/face-nets/recipe/recipe-engine.ts";
import { selfTestValues } from "../../src/drivers/face-nets/self-test.ts";
import { loadRuntime } from "../../src/drivers/face-nets/tensorflow/tensorflow.ts";
import { loadTensorflowNets } from "../../src/drivers/face-nets/tensorflow/tensorflow-nets.ts";
import type { DetectedFace, Picture, Point } from "../../src/ports/face-engine.ts";
import { libraryNets } from "./library-nets.ts";

/** What two engines may differ by. Beside each: the most that was found on these pictures, on x86-64. */
const allowed = {
  /** Of a detector, 0 to 1 (found: 0.000001). */
  confidence: 1e-4,
  /** Edges of a box, in pixels of the picture (0.00008). */
  box: 0.05,
  /** In pixels of the chip or the picture (0.00003). */
  landmark: 0.05,
  /** Each of a descriptor's 128 numbers, whose length is about 1.4 (0.0000005). */
  descriptor: 1e-5,
  /** Cosine distance (1e-12). */
  distance: 1e-8,
};

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
const names = [1, 2, 3, 4, 5, 6].map((number) => `sample${number}.jpg`);

let manifest: ModelManifest;
let pictures: readonly Picture[];
/** The library as it is, its nets folded by us, and the same on ONNX Runtime. */
let library: Nets;
let folded: Nets;
let onnx: Nets;
beforeAll(async () => {
  manifest = await readManifest();
  pictures = await Promise.all(names.map((name) => pictureOf(name)));
  const models = await verifyModels(manifest, packagedModels());
  const runtime = await loadRuntime("wasm");
  library = remembering(libraryNets(runtime, models));
  folded = loadTensorflowNets(runtime, models);
  onnx = await loadOnnxNets(await readConverted(manifest, convertedModels));
});
afterAll(() => {
  for (const nets of [library, folded, onnx]) nets.dispose();
});

/** As wide as a camera's picture; also one of an odd width, and some upright. */
async function pictureOf(name: string): Promise<Picture> {
  const { data, info } = await sharp(join(samples, name))
    .resize(639, 640, { fit: "inside" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

/** It takes a second for each picture, and is asked twice. */
function remembering(nets: Nets): Nets {
  const known = new Map<string, ReturnType<Nets["findThoroughly"]>>();
  return {
    ...nets,
    findThoroughly: (picture, minConfidence) => {
      const key = `${pictures.indexOf(picture)} ${minConfidence}`;
      const found = known.get(key) ?? nets.findThoroughly(picture, minConfidence);
      if (pictures.includes(picture)) known.set(key, found);
      return found;
    },
  };
}

function expectSameFaces(found: readonly DetectedFace[], expected: readonly DetectedFace[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, { box, confidence }] of expected.entries()) {
    const other = found[index];
    if (other === undefined) throw new Error("as many were expected");
    expect(farthest([other.confidence], [confidence])).toBeLessThan(allowed.confidence);
    expect(farthest(edgesOf(other), edgesOf({ box, confidence }))).toBeLessThan(allowed.box);
  }
}

const edgesOf = ({ box }: DetectedFace): number[] => [box.x, box.y, box.x + box.width, box.y + box.height];
const flat = (points: readonly Point[]): number[] => points.flatMap(({ x, y }) => [x, y]);

/** NaN where there is one: that is less than nothing. */
function farthest(some: ArrayLike<number>, others: ArrayLike<number>): number {
  expect(some.length).toBe(others.length);
  return Array.from(some).reduce((most, value, index) => {
    const difference = Math.abs(value - (others[index] ?? Number.NaN));
    return Number.isNaN(most) || difference <= most ? most : difference;
  }, 0);
}

function cosineDistance(one: Float32Array, other: Float32Array): number {
  const dot = one.reduce((sum, value, index) => sum + value * (other[index] ?? Number.NaN), 0);
  return 1 - dot / (Math.hypot(...one) * Math.hypot(...other));
}

/** The surest faces of every picture, as the library finds them, cut out roughly. */
async function chips(size: number): Promise<Chip[]> {
  const all: Chip[] = [];
  for (const picture of pictures) {
    const faces = await onnx.findThoroughly(picture, 0.5);
    all.push(...faces.slice(0, 2).map(({ box }) => cutChip(picture, squareAround(box, size), size)));
  }
  return all;
}

describe.each([
  ["ONNX Runtime", () => onnx],
  ["the folded nets", () => folded],
])("%s gives what the library's own nets give", (_, nets) => {
  test("SSD: the same faces, in the same places", async () => {
    let count = 0;
    for (const picture of pictures) {
      const expected = await library.findThoroughly(picture, 0.3);
      expectSameFaces(await nets().findThoroughly(picture, 0.3), expected);
      count += expected.length;
    }
    expect(count).toBeGreaterThanOrEqual(6); // there is something to compare
  });

  test.each([224, 320, 416])("tiny detector at %i: the same faces, in the same places", async (size) => {
    let count = 0;
    for (const picture of pictures) {
      const expected = await library.findQuickly(picture, size, 0.3);
      expectSameFaces(await nets().findQuickly(picture, size, 0.3), expected);
      count += expected.length;
    }
    expect(count).toBeGreaterThanOrEqual(3);
  });

  test.each([112, 150])("landmarks on chips of %i pixels", async (size) => {
    const faces = await chips(size);
    expect(faces.length).toBeGreaterThanOrEqual(6);
    const found = await nets().landmarks(faces);
    for (const [index, expected] of (await library.landmarks(faces)).entries()) {
      expect(expected).toHaveLength(68);
      expect(farthest(flat(found[index] ?? []), flat(expected))).toBeLessThan(allowed.landmark);
    }
  });

  test("descriptors, one by one and many at once", async () => {
    const faces = await chips(150);
    const found = await nets().describe(faces);
    for (const [index, expected] of (await library.describe(faces)).entries()) {
      const descriptor = found[index] ?? new Float32Array(0);
      const [alone = new Float32Array(0)] = await nets().describe(faces.slice(index, index + 1));
      expect(expected).toHaveLength(128);
      for (const one of [descriptor, alone]) {
        expect(farthest(one, expected)).toBeLessThan(allowed.descriptor);
        expect(cosineDistance(one, expected)).toBeLessThan(allowed.distance);
      }
    }
  });

  test("what is written in the manifest for the self-test", async () => {
    const [found, expected] = [await selfTestValues(nets()), await selfTestValues(library)];
    for (const net of ["ssdMobilenetv1", "tinyFaceDetector", "faceLandmark68", "faceRecognition"] as const) {
      expect(farthest(found[net], expected[net])).toBeLessThan(1e-4);
      expect(farthest(manifest.selfTest[net], expected[net])).toBeLessThan(1e-5);
    }
  });
});

test("the whole way, both engines give the same faces, landmarks, figures and descriptors", async () => {
  const model = { id: "m", hash: "h", dimensions: 128 };
  const one = await RecipeEngine.start(model, "onnx", onnx);
  const other = await RecipeEngine.start(model, "wasm", folded);
  for (const picture of pictures) {
    for (const effort of ["glance", "quick", "thorough"] as const) {
      const faces = await other.detect(picture, effort);
      expectSameFaces(await one.detect(picture, effort), faces);
      for (const face of faces.slice(0, 2)) {
        const [found, expected] = [await one.describe(picture, face), await other.describe(picture, face)];
        expect(found === undefined).toBe(expected === undefined);
        if (found === undefined || expected === undefined) continue;
        expect(farthest(flat(found.landmarks), flat(expected.landmarks))).toBeLessThan(allowed.landmark);
        expect(cosineDistance(found.descriptor, expected.descriptor)).toBeLessThan(allowed.distance);
        const figures = [found, expected].map(({ quality }) =>
          Object.values(quality).filter(Number.isFinite),
        );
        expect(farthest(figures[0] ?? [], figures[1] ?? [])).toBeLessThan(0.5);
      }
    }
  }
});

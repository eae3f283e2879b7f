/** One way of computing faces in a process of its own, asked by `faces.ts`: node face-engine-process.ts ENGINE */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import type * as Tensors from "@tensorflow/tfjs";
import sharp from "sharp";
import {
  convertedModels,
  packagedModels,
  readConverted,
  readManifest,
  verifyModels,
} from "../../src/drivers/face-nets/model-manifest.ts";
import { loadOnnxNets } from "../../src/drivers/face-nets/onnx/onnx-nets.ts";
import { type Chip, cutChip, squareAround } from "../../src/drivers/face-nets/recipe/chip.ts";
import type { Nets } from "../../src/drivers/face-nets/recipe/nets.ts";
import { RecipeEngine } from "../../src/drivers/face-nets/recipe/recipe-engine.ts";
import { selfTest } from "../../src/drivers/face-nets/self-test.ts";
import { loadRuntime } from "../../src/drivers/face-nets/tensorflow/tensorflow.ts";
import { loadTensorflowNets } from "../../src/drivers/face-nets/tensorflow/tensorflow-nets.ts";
import type { Picture } from "../../src/ports/face-engine.ts";

export type EngineName = "library" | "wasm" | "onnx";

/** Parent → this process. */
export interface Order {
  /** One of the steps that `ready` named. */
  readonly step: string;
  readonly times: number;
}

/** This process → parent. */
export type Answer =
  | {
      readonly type: "ready";
      readonly steps: readonly string[];
      readonly loadMs: number;
      readonly pssMb: number;
    }
  | { readonly type: "done"; readonly ms: readonly number[]; readonly pssMb: number };

const packageFolder = dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json"));

/** Somebody before a camera: a sample of the package, as large as cameras give it. */
async function frame(width: number, height: number): Promise<Picture> {
  const { data } = await sharp(join(packageFolder, "demo", "sample1.jpg"))
    .resize(width, height, { fit: "cover", position: "attention" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, rgb: new Uint8Array(data) };
}

type Steps = Readonly<Record<string, () => Promise<void>>>;

const small = await frame(640, 360);
const large = await frame(1280, 720);

/** What its README shows: SSD, landmarks and descriptor of each frame, nothing put together or left out. */
async function library(): Promise<Steps> {
  const require = createRequire(import.meta.url);
  const { tf } = await loadRuntime("wasm");
  interface Detection {
    withFaceLandmarks(): { withFaceDescriptor(): Promise<{ descriptor: Float32Array } | undefined> };
  }
  const faceApi = require("@vladmandic/face-api/dist/face-api.node-wasm.js") as {
    readonly nets: Readonly<Record<string, { loadFromDisk(folder: string): Promise<void> }>>;
    detectSingleFace(input: Tensors.Tensor3D): Detection;
  };
  for (const net of ["ssdMobilenetv1", "faceLandmark68Net", "faceRecognitionNet"])
    await faceApi.nets[net]?.loadFromDisk(join(packageFolder, "model"));
  const loop = (picture: Picture) => async (): Promise<void> => {
    const input = tf.tensor3d(picture.rgb, [picture.height, picture.width, 3], "int32");
    const found = await faceApi.detectSingleFace(input).withFaceLandmarks().withFaceDescriptor();
    input.dispose();
    if (found?.descriptor.length !== 128) throw new Error("the library finds this face");
  };
  return { "frame 640×360": loop(small), "frame 1280×720": loop(large) };
}

/** What a door's camera costs for each frame that is verified, and each net alone. */
async function ours(backend: "wasm" | "onnx"): Promise<Steps> {
  const manifest = await readManifest();
  const models = await verifyModels(manifest, packagedModels());
  const nets: Nets =
    backend === "onnx"
      ? await loadOnnxNets(await readConverted(manifest, convertedModels))
      : loadTensorflowNets(await loadRuntime("wasm"), models);
  const fault = await selfTest(nets, manifest.selfTest);
  if (fault !== undefined) throw new Error(fault);
  const model = { id: manifest.descriptor.id, hash: models.hash, dimensions: manifest.descriptor.dimensions };
  const engine = await RecipeEngine.start(model, backend, nets);
  const verified = (picture: Picture, effort: "quick" | "thorough") => async (): Promise<void> => {
    const [face] = await engine.detect(picture, effort);
    if (face === undefined || (await engine.describe(picture, face)) === undefined)
      throw new Error("there is a face in this frame");
  };
  const [face] = await engine.detect(small, "quick");
  if (face === undefined) throw new Error("there is a face in this frame");
  const chip = (size: number): Chip => cutChip(small, squareAround(face.box, size), size);
  const [landmarkChip, descriptorChip] = [chip(112), chip(150)];
  const nobody: Picture = { width: 640, height: 360, rgb: new Uint8Array(640 * 360 * 3).fill(90) };
  return {
    "frame 640×360": verified(small, "quick"),
    "frame 1280×720": verified(large, "quick"),
    "frame 640×360, found by the SSD": verified(small, "thorough"),
    "nobody there: a glance": async () => void (await engine.detect(nobody, "glance")),
    "nobody there: a quick look": async () => void (await engine.detect(nobody, "quick")),
    "SSD, 512": async () => void (await nets.findThoroughly(small, 0.5)),
    "tiny detector, 224": async () => void (await nets.findQuickly(small, 224, 0.5)),
    "tiny detector, 416": async () => void (await nets.findQuickly(small, 416, 0.5)),
    "landmarks, one chip": async () => void (await nets.landmarks([landmarkChip])),
    "descriptor, one chip": async () => void (await nets.describe([descriptorChip])),
  };
}

function pssMb(): number {
  globalThis.gc?.();
  const text = readFileSync("/proc/self/smaps_rollup", "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
}

const started = performance.now();
const name = process.argv[2] as EngineName; // given by faces.ts
const steps = name === "library" ? await library() : await ours(name);
const tell = (answer: Answer): void => void process.send?.(answer);

async function carryOut({ step, times }: Order): Promise<void> {
  const run = steps[step];
  if (run === undefined) throw new Error(`no step ${step}`);
  const ms: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const from = performance.now();
    await run();
    ms.push(performance.now() - from);
  }
  tell({ type: "done", ms, pssMb: pssMb() });
}

// A step that fails ends the process, and its parent says so.
process.on("message", (order: Order) => void carryOut(order));
tell({ type: "ready", steps: Object.keys(steps), loadMs: performance.now() - started, pssMb: pssMb() });

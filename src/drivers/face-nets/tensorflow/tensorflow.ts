import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import util from "node:util";
import type * as Tensors from "@tensorflow/tfjs";
import type { RecognitionParams } from "./fused-recognition.ts";
import type { SsdOutput, SsdParams } from "./fused-ssd.ts";
import type { TinyParams } from "./fused-tiny.ts";
import type { Tf } from "./tf.ts";

export type BackendName = "tfjs-node" | "wasm";

/** The parts of face-api in use. Its own types are written for a browser bundle and for its own copy of tfjs. */
export interface FaceApi {
  readonly SsdMobilenetv1: new () => SsdNet;
  readonly TinyFaceDetector: new () => TinyNet;
  readonly FaceLandmark68Net: new () => LandmarkNet;
  readonly FaceRecognitionNet: new () => RecognitionNet;
  /** What the detectors take; made here of no tensors at all, and overridden. */
  readonly NetInput: new (
    tensors: readonly never[],
  ) => object;
}

interface Net {
  loadFromWeightMap(weights: Tensors.NamedTensorMap): void;
  dispose(): void;
}

export interface RecognitionNet extends Net {
  readonly params: RecognitionParams;
}

export interface LandmarkNet extends Net {
  forward(input: Tensors.Tensor3D | Tensors.Tensor3D[]): Promise<Tensors.Tensor2D>;
}

export interface DetectorNet extends Net {
  locateFaces(
    input: NetInput,
    options: { minConfidence?: number; maxResults?: number; inputSize?: number; scoreThreshold?: number },
  ): Promise<readonly FoundFace[]>;
}

export interface TinyNet extends DetectorNet {
  readonly params: TinyParams;
  /** Replaceable like the SSD's. */
  forwardInput: (input: NetInput, inputSize: number) => Tensors.Tensor4D;
}

export interface SsdNet extends DetectorNet {
  readonly params: SsdParams;
  /** `locateFaces` calls it, so replacing it on an instance replaces the net and keeps what comes after. */
  forwardInput: (input: NetInput) => SsdOutput;
}

/** What the detectors ask of the library's `NetInput`. */
export interface NetInput {
  /** Of the last `toBatchTensor`. */
  readonly inputSize: number;
  getInputWidth(): number;
  getInputHeight(): number;
  /** The picture in the left upper corner of a square, resized; values 0 to 255. */
  toBatchTensor(inputSize: number): Tensors.Tensor4D;
}

export interface FoundFace {
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface Runtime {
  readonly backend: BackendName;
  readonly tf: Tf;
  readonly faceApi: FaceApi;
}

/** The backend that was asked for cannot be had on this machine. */
export class BackendError extends Error {
  override readonly name = "BackendError";
}

// The libraries are CommonJS; only require() hands face-api and us the same copy of tfjs.
const require = createRequire(import.meta.url);

export async function loadRuntime(backend: BackendName): Promise<Runtime> {
  if (backend === "wasm") return loadWasm();
  const native = await loadNative();
  if (!(native instanceof Error)) return native;
  throw new BackendError(
    `TensorFlow's native library does not load: ${native.message.split("\n")[0]}; install @tensorflow/tfjs-node (it downloads TensorFlow's library)`,
    { cause: native },
  );
}

/** Its installer downloads a library and may have failed half-way, so being present proves nothing: load it. */
async function loadNative(): Promise<Runtime | Error> {
  try {
    if (!nativeLibraryIsThere()) return new Error("its installer has not brought TensorFlow's library");
    restoreRemovedNodeFunction();
    const tf = require("@tensorflow/tfjs-node") as Tf;
    await tf.ready();
    if (tf.getBackend() !== "tensorflow") return new Error(`it came up as ${tf.getBackend()}`);
    const faceApi = require("@vladmandic/face-api/dist/face-api.node.js") as FaceApi;
    return { backend: "tfjs-node", tf, faceApi };
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/** Looked for before anything is loaded: the package loads all of TensorFlow.js, 15 MB, before it finds out itself. */
function nativeLibraryIsThere(): boolean {
  const library = join(dirname(require.resolve("@tensorflow/tfjs-node/package.json")), "lib");
  // One folder for each version of Node's native interface.
  return (
    existsSync(library) &&
    readdirSync(library).some((one) => existsSync(join(library, one, "tfjs_binding.node")))
  );
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node removed in version 23. */
function restoreRemovedNodeFunction(): void {
  if ("isNullOrUndefined" in util) return;
  Object.defineProperty(util, "isNullOrUndefined", {
    value: (value: unknown) => value === null || value === undefined,
  });
}

async function loadWasm(): Promise<Runtime> {
  const tf = require("@tensorflow/tfjs") as Tf;
  const wasm = require("@tensorflow/tfjs-backend-wasm") as {
    setWasmPaths(folder: string): void;
    setThreadsCount(count: number): void;
  };
  // From this disk: without a path the library would ask a public server.
  wasm.setWasmPaths(
    join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist") + sep,
  );
  // Its threads do not start in Node; SIMD it finds out by itself.
  wasm.setThreadsCount(1);
  if (!(await tf.setBackend("wasm")))
    throw new BackendError("the face backend wasm does not start on this machine");
  await tf.ready();
  return {
    backend: "wasm",
    tf,
    faceApi: require("@vladmandic/face-api/dist/face-api.node-wasm.js") as FaceApi,
  };
}

import { createRequire } from "node:module";
import type * as Ort from "onnxruntime-node";

/** ONNX Runtime, or a net on it, cannot be had on this machine. */
export class OnnxError extends Error {
  override readonly name = "OnnxError";
}

/** 32-bit floats, the last axis fastest. */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What a net takes or gives: a name, and its shape with `undefined` where it is only known when the net runs. */
export interface Port {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | undefined)[];
}

/** One net, loaded. It computes on the calling thread. */
export interface NetSession {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** `inputs` and what comes back go by name. */
  run(inputs: Readonly<Record<string, FloatTensor>>): Promise<Readonly<Record<string, FloatTensor>>>;
  dispose(): Promise<void>;
}

/**
 * Two threads are slower than one on nets this small, and the second core belongs to others. Without an arena the
 * memory of a pass is given back after it, 60 MB in all, at no cost in time that could be measured.
 */
const options: Ort.InferenceSession.SessionOptions = {
  executionProviders: ["cpu"],
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  enableCpuMemArena: false,
  enableMemPattern: false,
  logSeverityLevel: 3,
};

// CommonJS, and loaded only where it is chosen: 46 MB of library.
const require = createRequire(import.meta.url);

/** Loads a net from the bytes of an ONNX file. They are copied. */
export async function openSession(bytes: Uint8Array): Promise<NetSession> {
  const ort = loadRuntime();
  let session: Ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(bytes, options);
  } catch (cause) {
    throw new OnnxError(`ONNX Runtime refuses the net: ${messageOf(cause)}`, { cause });
  }
  return {
    inputs: session.inputMetadata.map(portOf),
    outputs: session.outputMetadata.map(portOf),
    async run(inputs) {
      const feeds = Object.fromEntries(
        Object.entries(inputs).map(([name, { data, shape }]) => [
          name,
          new ort.Tensor("float32", data, shape),
        ]),
      );
      const results = await session.run(feeds);
      return Object.fromEntries(
        Object.entries(results).map(([name, tensor]) => [name, floatsOf(name, tensor)]),
      );
    },
    dispose: () => session.release(),
  };
}

function loadRuntime(): typeof Ort {
  try {
    return require("onnxruntime-node") as typeof Ort;
  } catch (cause) {
    throw new OnnxError(`ONNX Runtime does not load: ${messageOf(cause)}`, { cause });
  }
}

function portOf(metadata: Ort.InferenceSession.ValueMetadata): Port {
  if (!metadata.isTensor) return { name: metadata.name, type: "no tensor", shape: [] };
  const shape = metadata.shape.map((length) => (typeof length === "number" ? length : undefined));
  return { name: metadata.name, type: metadata.type, shape };
}

function floatsOf(name: string, tensor: Ort.OnnxValue): FloatTensor {
  if (!(tensor instanceof Object && "data" in tensor && tensor.data instanceof Float32Array)) {
    throw new OnnxError(`the net's output ${name} is no tensor of 32-bit floats`);
  }
  return { shape: tensor.dims, data: tensor.data };
}

const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";

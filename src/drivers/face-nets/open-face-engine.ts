import type { FaceEngine, PassedOver } from "../../ports/face-engine.ts";
import {
  convertedModels,
  ModelError,
  packagedModels,
  readConverted,
  readManifest,
  shippedManifest,
  type VerifiedModels,
  verifyModels,
} from "./model-manifest.ts";
import { loadOnnxNets } from "./onnx/onnx-nets.ts";
import { OnnxError } from "./onnx/session.ts";
import type { Nets } from "./recipe/nets.ts";
import { RecipeEngine } from "./recipe/recipe-engine.ts";
import { selfTest } from "./self-test.ts";
import { BackendError, loadRuntime } from "./tensorflow/tensorflow.ts";

/** What can compute the nets, the best first. */
export const backendNames = ["onnx", "tfjs-node", "wasm"] as const;
export type BackendName = (typeof backendNames)[number];
export type BackendChoice = "auto" | BackendName;

export interface FaceEngineOptions {
  /** Default `auto`: the first that loads and passes its self-test. */
  readonly backend?: BackendChoice;
  /** The models' manifest; default the one that is shipped. */
  readonly manifest?: string;
  /** The folder with the weights; default the npm package's. */
  readonly models?: string;
  /** The folder with the converted nets. */
  readonly converted?: string;
}

/**
 * Verifies the weights against the manifest and loads the nets into the first engine that computes what it should.
 * Throws `ModelError` where the weights are not the calibrated ones, `BackendError` where no engine can be had.
 */
export async function openFaceEngine(options: FaceEngineOptions = {}): Promise<FaceEngine> {
  const manifest = await readManifest(options.manifest ?? shippedManifest);
  const models = await verifyModels(manifest, options.models ?? packagedModels());
  const choice = options.backend ?? "auto";
  const passedOver: PassedOver[] = [];
  for (const backend of choice === "auto" ? backendNames : [choice]) {
    try {
      const nets = await loadTested(backend, models, options.converted ?? convertedModels);
      const { id, dimensions } = manifest.descriptor;
      // What is computed is the same whatever computes it, so templates are good for all of them.
      return await RecipeEngine.start({ id, hash: models.hash, dimensions }, backend, nets, passedOver);
    } catch (cause) {
      if (!isExpected(cause)) throw cause;
      passedOver.push({ backend, reason: cause.message });
    }
  }
  if (choice === "auto") {
    const reasons = passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
    throw new BackendError(`nothing here computes the face nets: ${reasons}`);
  }
  const reason = passedOver[0]?.reason ?? "";
  throw new BackendError(
    `the face backend ${choice} was asked for and cannot be used: ${reason}; or choose auto`,
  );
}

async function loadTested(backend: BackendName, models: VerifiedModels, converted: string): Promise<Nets> {
  const nets =
    backend === "onnx"
      ? await loadOnnxNets(await readConverted(models.manifest, converted))
      : await loadTensorflow(backend, models);
  const fault = await selfTest(nets, models.manifest.selfTest).catch(
    (cause: unknown) => `self-test: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
  if (fault === undefined) return nets;
  nets.dispose();
  throw new BackendError(fault);
}

/** Loaded only here: where ONNX Runtime computes, TensorFlow.js takes no memory. */
async function loadTensorflow(backend: "tfjs-node" | "wasm", models: VerifiedModels): Promise<Nets> {
  const { loadTensorflowNets } = await import("./tensorflow/tensorflow-nets.ts");
  return loadTensorflowNets(await loadRuntime(backend), models);
}

const isExpected = (cause: unknown): cause is Error =>
  cause instanceof OnnxError || cause instanceof BackendError || cause instanceof ModelError;

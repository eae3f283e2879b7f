import type { FaceEngine } from "../../ports/face-engine.ts";
import { packagedModels, readManifest, shippedManifest, verifyModels } from "./model-manifest.ts";
import { RecipeEngine } from "./recipe/recipe-engine.ts";
import { type BackendChoice, loadRuntime } from "./tensorflow/tensorflow.ts";
import { loadTensorflowNets } from "./tensorflow/tensorflow-nets.ts";

export interface FaceEngineOptions {
  /** Default `auto`: tfjs-node where it loads, WASM otherwise. */
  readonly backend?: BackendChoice;
  /** The models' manifest; default the one that is shipped. */
  readonly manifest?: string;
  /** The folder with the weights; default the npm package's. */
  readonly models?: string;
}

/** Verifies the weights against the manifest, starts the backend, loads the nets. */
export async function openFaceEngine(options: FaceEngineOptions = {}): Promise<FaceEngine> {
  const manifest = await readManifest(options.manifest ?? shippedManifest);
  const models = await verifyModels(manifest, options.models ?? packagedModels());
  const runtime = await loadRuntime(options.backend ?? "auto");
  const { id, dimensions } = manifest.descriptor;
  const nets = loadTensorflowNets(runtime, models);
  return RecipeEngine.start({ id, hash: models.hash, dimensions }, runtime.backend, nets);
}

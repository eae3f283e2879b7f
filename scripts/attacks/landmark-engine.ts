import {
  convertedModels,
  packagedModels,
  readConverted,
  readManifest,
  verifyModels,
} from "../../src/drivers/face-nets/model-manifest.ts";
import { loadOnnxNets } from "../../src/drivers/face-nets/onnx/onnx-nets.ts";
import { RecipeEngine } from "../../src/drivers/face-nets/recipe/recipe-engine.ts";
import type { FaceEngine } from "../../src/ports/face-engine.ts";

/**
 * The engine as it is, without the recognition net: liveness needs no descriptor, and that net takes most of the time.
 * Its descriptors are all alike.
 */
export async function openLandmarkEngine(): Promise<FaceEngine> {
  const models = await verifyModels(await readManifest(), packagedModels());
  const nets = await loadOnnxNets(await readConverted(models.manifest, convertedModels));
  const { id, dimensions } = models.manifest.descriptor;
  const alike = Float32Array.from({ length: dimensions }, () => 1);
  return RecipeEngine.start({ id: `${id}/landmarks-only`, hash: models.hash, dimensions }, "onnx", {
    findThoroughly: (picture, confidence) => nets.findThoroughly(picture, confidence),
    findQuickly: (picture, size, confidence) => nets.findQuickly(picture, size, confidence),
    landmarks: (chips) => nets.landmarks(chips),
    describe: (chips) => Promise.resolve(chips.map(() => alike)),
    dispose: () => nets.dispose(),
  });
}

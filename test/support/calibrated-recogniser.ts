import { writeFileSync } from "node:fs";
import { putRecogniser } from "../../src/drivers/face-nets/recogniser/net-for-tests.ts";
import { Recogniser } from "../../src/drivers/face-nets/recogniser/recogniser.ts";
import {
  licenceHash,
  readRecogniserManifest,
} from "../../src/drivers/face-nets/recogniser/recogniser-manifest.ts";
import type { FaceModel } from "../../src/ports/face-engine.ts";

/** A recogniser with thresholds that say they were calibrated for it; made up, as its net is. */
export async function calibratedRecogniser(
  landmarks: FaceModel,
  changes: Parameters<typeof putRecogniser>[1] = {},
) {
  const one = await putRecogniser({ size: 48, dimensions: 64 }, { distance: "euclidean", ...changes });
  const recogniser = await Recogniser.open(one.path, landmarks);
  await recogniser[Symbol.asyncDispose]();
  const calibratedOn = [
    {
      set: "made up",
      on: "2026-11-22",
      ...{ pictures: 1, people: 1, genuine: 1, impostor: 1, fusedGenuine: 1, fusedImpostor: 1 },
      failureToAcquire: 0,
      falseMatches: {},
      fingerprint: recogniser.model.hash,
    },
  ];
  const thresholds = { single: { "1e-4": 0.4 }, fused: { "1e-4": 0.3 }, calibratedOn };
  writeFileSync(one.path, JSON.stringify({ ...one.manifest, thresholds }));
  const accepted = licenceHash(await readRecogniserManifest(one.path));
  return { ...one, model: recogniser.model, accepted };
}

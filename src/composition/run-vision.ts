import { randomInt } from "node:crypto";
import process from "node:process";
import { milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import {
  defaultVerificationPolicy,
  type VerificationPolicy,
} from "../domain/biometric/verification-policy.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { readManifest } from "../drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../drivers/face-nets/open-face-engine.ts";
import { sharpPictureCodec } from "../drivers/picture-sharp/sharp-picture-codec.ts";
import { connectToSupervisor } from "../supervisor/child-link.ts";
import { VisionProcess } from "../vision/vision-process.ts";
import { openCameras } from "./cameras.ts";
import { ended } from "./run-interlock.ts";
import type { SiteStart } from "./site-start.ts";

/** The vision role: every camera, and the face engine. */
export async function runVision(): Promise<void> {
  const { configuration, link, signal } = await connectToSupervisor();
  const { site } = configuration as SiteStart; // handed over by our own supervisor
  const clock = new SystemClock();
  const started = clock.now();
  const engine = await openFaceEngine({ backend: site.face.backend });
  const vision = new VisionProcess({
    cameras: openCameras(site, clock, link, sharpPictureCodec),
    engine,
    codec: sharpPictureCodec,
    policy: await policyOf(site),
    clock,
    link,
    loadedIn: clock.now() - started,
    random: () => randomInt(2 ** 47) / 2 ** 47,
    // The supervisor starts another one; the doors refuse faces meanwhile.
    onStuck: () => process.exit(1),
  });
  vision.start();
  link.up();
  await ended(signal);
  await vision.stop();
}

/** The site may only be stricter than what the model was calibrated for. */
async function policyOf({ face, access }: SiteConfiguration): Promise<VerificationPolicy> {
  const { thresholds } = await readManifest();
  const calibrated = access.minFrames > 1 ? thresholds.fused["1e-4"] : thresholds.single["1e-4"];
  return {
    ...defaultVerificationPolicy,
    threshold: Math.min(calibrated, face.threshold ?? calibrated),
    minFrames: access.minFrames,
    verifyTimeout: milliseconds(access.verifyTimeout),
    frameMaxAge: milliseconds(access.frameMaxAge),
  };
}

import { randomInt } from "node:crypto";
import process from "node:process";
import { milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { clearMismatchAt } from "../domain/biometric/recogniser-scale.ts";
import {
  defaultVerificationPolicy,
  type VerificationPolicy,
} from "../domain/biometric/verification-policy.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { ModelError, readManifest } from "../drivers/face-nets/model-manifest.ts";
import { sharpPictureCodec } from "../drivers/picture-sharp/sharp-picture-codec.ts";
import { keepMemoryPrivate } from "../drivers/process-memory/private-memory.ts";
import { connectToSupervisor } from "../supervisor/child-link.ts";
import { VisionProcess } from "../vision/vision-process.ts";
import { openCameras } from "./cameras.ts";
import { ended } from "./run-interlock.ts";
import { facesOf, readDisplays } from "./simulated-people.ts";
import { openSiteFaces, type RecogniserThresholds, type SiteFaces } from "./site-faces.ts";
import type { SiteStart } from "./site-start.ts";

/** The vision role: every camera, and the face engine. */
export async function runVision(): Promise<void> {
  keepMemoryPrivate();
  const { configuration, link, signal } = await connectToSupervisor();
  const { site, dataDirectory } = configuration as SiteStart; // handed over by our own supervisor
  const clock = new SystemClock();
  const started = clock.now();
  const faces = await openSiteFaces(site.face, dataDirectory);
  const { engine } = faces;
  const { sources, clips, simulated, controls } = openCameras(
    site,
    clock,
    link,
    sharpPictureCodec,
    (picture) => facesOf(engine, picture),
  );
  const vision = new VisionProcess({
    cameras: sources,
    controls,
    clips,
    infrared: infraredPairs(site),
    engine,
    codec: sharpPictureCodec,
    policy: policyOf(site, faces, await shippedThresholds(site)),
    clock,
    link: readDisplays(link, simulated, clock),
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

/** By camera, the infrared one beside it. */
function infraredPairs({ vestibules }: SiteConfiguration): ReadonlyMap<string, string> {
  const points = vestibules.flatMap(({ accessPoints }) => Object.values(accessPoints));
  return new Map(
    points.flatMap(({ camera, infraredCamera }) =>
      camera === undefined || infraredCamera === undefined ? [] : [[camera, infraredCamera] as const],
    ),
  );
}

async function shippedThresholds({ face }: SiteConfiguration): Promise<RecogniserThresholds> {
  const { thresholds } = await readManifest();
  const at = (rates: Readonly<Record<string, number | undefined>>): number | undefined => rates[face.fmr];
  const [single, fused] = [at(thresholds.single), at(thresholds.fused)];
  if (single === undefined || fused === undefined)
    throw new ModelError(
      `the shipped net has no threshold for a false match rate of ${face.fmr}: set face.fmr`,
    );
  return { single, fused };
}

/** The site may only be stricter than what the model was calibrated for. */
function policyOf(
  { face, access }: SiteConfiguration,
  { engine, thresholds: own, vote }: SiteFaces,
  shipped: RecogniserThresholds,
): VerificationPolicy {
  const of = ({ single, fused }: RecogniserThresholds): number => (access.minFrames > 1 ? fused : single);
  const calibrated = of(own ?? shipped);
  const threshold = Math.min(calibrated, face.threshold ?? calibrated);
  const { actions, count, timeout } = face.challenge;
  const stepTime = milliseconds(timeout);
  return {
    ...defaultVerificationPolicy,
    threshold,
    clearMismatch: clearMismatchAt(threshold, defaultVerificationPolicy.clearMismatch),
    // Never left out: where a second recogniser was asked for, nobody passes without it.
    vote: engine.second &&
      vote && { model: engine.second.id, threshold: of(vote === "shipped" ? shipped : vote) },
    // Two frames that would not match each other are not of one person.
    sameFaceLimit: own?.single ?? defaultVerificationPolicy.sameFaceLimit,
    minFrames: access.minFrames,
    verifyTimeout: milliseconds(access.verifyTimeout),
    frameMaxAge: milliseconds(access.frameMaxAge),
    minSilentSpan: milliseconds(face.livenessTime),
    duressGesture: access.duress.gesture,
    challenge: { actions, count, stepTime, totalTime: count * stepTime },
  };
}

import { expect, test } from "vitest";
import { instant } from "../time.ts";
import type { CueResult, TrackSample } from "./liveness/track.ts";
import { type LivenessEvidence, livenessStep } from "./liveness-decision.ts";

const policy = { minLivenessSpan: 450, minLivenessSamples: 4, minSilentSpan: 2_000 };

const sampleAt = (at: number): TrackSample => ({
  at: instant(at),
  frameWidth: 640,
  frameHeight: 360,
  box: { x: 0, y: 0, width: 100, height: 100 },
  landmarks: [],
  quality: { eyeDistance: 60, sharpness: 50, brightness: 120, contrast: 40, yaw: 0, roll: 0 },
  pixels: {},
});

const doubt: CueResult = { cue: "surround", says: "attack", score: -0.3, figures: {} };

/** A look every 150 ms. */
function watchedFor(
  length: number,
  verdict: LivenessEvidence["assessment"]["verdict"],
  cues: readonly CueResult[] = [],
): LivenessEvidence {
  const samples = Array.from({ length: Math.floor(length / 150) + 1 }, (_, look) => sampleAt(look * 150));
  return { assessment: { verdict, score: 0, cues }, samples };
}

test("silence counts for a person only once the face was watched for as long as the site says", () => {
  expect(livenessStep("passive", watchedFor(1_800, "uncertain"), policy)).toBe("wait");
  expect(livenessStep("passive", watchedFor(2_100, "uncertain"), policy)).toBe("accept");
});

test("who has shown life waits no longer than that takes", () => {
  expect(livenessStep("passive", watchedFor(450, "live"), policy)).toBe("accept");
  expect(livenessStep("passive", watchedFor(300, "live"), policy)).toBe("wait");
});

test("an attack is refused, and a doubt asked about, without waiting for silence", () => {
  expect(livenessStep("passive", watchedFor(450, "attack"), policy)).toBe("refuse");
  expect(livenessStep("passive", watchedFor(450, "uncertain", [doubt]), policy)).toBe("challenge");
});

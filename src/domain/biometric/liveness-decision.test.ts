import { describe, expect, test } from "vitest";
import { instant } from "../time.ts";
import { assessTrack } from "./liveness/assess-track.ts";
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

describe("T16: silence on a machine that hardly had time to look", () => {
  const atOnce = { ...policy, minSilentSpan: 450 };
  /** A phone held up whose raster shows in every picture of it, of which every so many were looked at. */
  function phoneSeen(looks: number, every: number): LivenessEvidence {
    const samples = Array.from({ length: looks }, (_, look) => ({
      ...sampleAt(look * every * 125),
      pixels: { raster: 11, rasterBlocks: 4, rasterAcross: 0.2, rasterDown: 0.1, fingerprint: look },
    }));
    return { assessment: assessTrack(samples), samples };
  }
  const stepsOf = (every: number): readonly string[] =>
    [3, 4, 5, 6].map((looks) => livenessStep("passive", phoneSeen(looks, every), atOnce));

  test("a phone is no person because nobody had time to see what it is: every 2nd, 4th, 8th frame", () => {
    expect(stepsOf(2)).toEqual(["wait", "wait", "refuse", "refuse"]);
    expect(stepsOf(4)).toEqual(["wait", "wait", "refuse", "refuse"]);
    expect(stepsOf(8)).toEqual(["wait", "wait", "refuse", "refuse"]);
  });

  /** Nothing speaks, so many looks so far apart. */
  function silentFor(looks: number, apart: number): LivenessEvidence {
    const samples = Array.from({ length: looks }, (_, look) => sampleAt(look * apart));
    return { assessment: { verdict: "uncertain", score: 0, cues: [] }, samples };
  }

  test("silence needs as many looks as the cues need to say anything, however long they took", () => {
    expect(livenessStep("passive", silentFor(5, 125), atOnce)).toBe("wait");
    expect(livenessStep("passive", silentFor(5, 600), atOnce)).toBe("wait");
    expect(livenessStep("passive", silentFor(6, 125), atOnce)).toBe("accept");
    expect(livenessStep("passive", silentFor(6, 80), atOnce)).toBe("wait");
  });

  test("a site that has faces watched for two seconds gets two seconds' looks, or waits for them", () => {
    expect(livenessStep("passive", silentFor(6, 500), policy)).toBe("wait");
    expect(livenessStep("passive", silentFor(11, 250), policy)).toBe("wait");
    expect(livenessStep("passive", silentFor(12, 250), policy)).toBe("accept");
  });

  test("one frame, and the same frame again and again, is one look", () => {
    const same = Array.from({ length: 20 }, (_, look) => ({
      ...sampleAt(look * 125),
      pixels: { fingerprint: 7 },
    }));
    const assessment = { verdict: "uncertain", score: 0, cues: [] } as const;
    expect(livenessStep("passive", { assessment, samples: same.slice(0, 1) }, atOnce)).toBe("wait");
    expect(livenessStep("passive", { assessment, samples: same }, atOnce)).toBe("wait");
  });

  test("a face that has not moved so far is waited for; what it comes to decides", () => {
    const suspicion: CueResult = { ...doubt, cue: "replay", says: "silent", score: 0, suspects: true };
    const evidence = silentFor(12, 125);
    const assessment = { ...evidence.assessment, cues: [suspicion] };
    expect(livenessStep("passive", { ...evidence, assessment }, atOnce)).toBe("wait");
  });

  test("who has shown life is not asked for more, nor who is asked to move anyway", () => {
    const { samples } = silentFor(4, 150);
    const live = { verdict: "live", score: 0.6, cues: [] } as const;
    expect(livenessStep("passive", { assessment: live, samples }, atOnce)).toBe("accept");
    expect(livenessStep("challenge", silentFor(4, 150), atOnce)).toBe("challenge");
  });
});

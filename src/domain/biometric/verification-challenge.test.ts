import { expect, test } from "vitest";
import { instant } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import type { TrackSample } from "./liveness/track.ts";
import { trackOf } from "./liveness/track-for-tests.ts";
import type { LivenessEvidence } from "./liveness-decision.ts";
import { decide, evolve, initialVerification, type VerificationInput } from "./verification.ts";
import { turningFrom } from "./verification-challenge.ts";
import { defaultVerificationPolicy, type VerificationPolicy } from "./verification-policy.ts";

const anna = { model: "m", values: Float32Array.of(1, 0) };
const stranger = { model: "m", values: Float32Array.of(0, 1) };

interface Shown {
  readonly yaw: number;
  readonly descriptor?: typeof anna;
  readonly lids?: number;
}

function sampleAt(at: number, { yaw, lids = 0 }: Shown): TrackSample {
  const [sample] = trackOf(() => ({ lids }), { seconds: 0.13 });
  if (sample === undefined) throw new Error("one frame");
  return { ...sample, at: instant(at), quality: { ...sample.quality, yaw } };
}

/** Somebody whose face matched, looked at ten times a second, who is asked for one thing. */
class Asked {
  readonly #policy: VerificationPolicy;
  readonly #samples: TrackSample[] = [];
  #state = initialVerification;
  #now = 10_000;
  outcome: { readonly type: string } | undefined;

  constructor(action: ChallengeAction, restYaw: number) {
    const challenge = { ...defaultVerificationPolicy.challenge, actions: [action], count: 1 };
    this.#policy = { ...defaultVerificationPolicy, threshold: 0.042, challenge };
    this.#feed({
      type: "VerificationRequested",
      at: instant(this.#now),
      presentedAt: instant(this.#now),
      model: "m",
      templates: [anna],
      liveness: "challenge",
      draws: [0],
      previousChallenge: undefined,
    });
    for (let frame = 0; frame < 8; frame += 1) this.shows({ yaw: restYaw });
    if (this.#state.phase !== "challenging") throw new Error("a challenge has begun");
  }

  get turningFrom(): number | undefined {
    return turningFrom(this.#state);
  }

  shows(...all: readonly Shown[]): this {
    for (const shown of all) {
      this.#now += 100;
      this.#samples.push(sampleAt(this.#now, shown));
      const quality = { eyeDistance: 60, sharpness: 200, brightness: 120, contrast: 40, roll: 0 };
      const described = { descriptor: shown.descriptor ?? anna, quality: { ...quality, yaw: shown.yaw } };
      const assessment: LivenessEvidence["assessment"] = { verdict: "uncertain", score: 0, cues: [] };
      this.#feed({
        type: "FrameJudged",
        at: instant(this.#now),
        frameAt: instant(this.#now),
        faces: [{ width: 80, height: 100, described }],
        track: 1,
        liveness: { assessment, samples: [...this.#samples] },
      });
    }
    return this;
  }

  #feed(input: VerificationInput): void {
    for (const event of decide(this.#state, input, this.#policy)) {
      this.#state = evolve(this.#state, event);
      if (event.type === "FaceAccepted" || event.type === "FaceRefused") this.outcome = event;
    }
  }
}

const refused = { type: "FaceRefused", reason: "notLive" };
const unlike = stranger;

test("whoever rests askew and turns through the middle need not look like themselves there", () => {
  const asked = new Asked("turnLeft", -9).shows({ yaw: -9 }, { yaw: -9 }, { yaw: -9 });
  asked.shows(
    { yaw: 4, descriptor: unlike },
    { yaw: 8, descriptor: unlike },
    { yaw: 12, descriptor: unlike },
  );
  expect(asked.outcome).toBeUndefined();
  expect(asked.shows({ yaw: -8 }).outcome).toMatchObject({ type: "FaceAccepted" });
});

test("whoever rests far aside is looked at there for the last time too", () => {
  const asked = new Asked("turnRight", 17).shows({ yaw: 17 }, { yaw: 17 }, { yaw: 17 }, { yaw: -2 });
  expect(asked.shows({ yaw: 16 }).outcome).toMatchObject({ type: "FaceAccepted" });
});

test.each([
  ["turnLeft", -9, -9],
  ["turnLeft", -9, -2],
  ["turnRight", 0, -8],
  // Lids and lips count up to here, so whose they are has to be known.
  ["blink", 0, 14],
  ["openMouth", -9, 5],
] as const)("T19: asked to %s from %d degrees, another face at %d ends it", (action, rest, yaw) => {
  const asked = new Asked(action, rest).shows({ yaw: rest }, { yaw, descriptor: stranger });
  expect(asked.outcome).toMatchObject(refused);
});

test("T19: whoever turns for another is not the one who has to come back", () => {
  const asked = new Asked("turnLeft", 0).shows({ yaw: 0 }, { yaw: 0 }, { yaw: 0 });
  asked.shows({ yaw: 20, descriptor: stranger }, { yaw: 12, descriptor: stranger });
  expect(asked.outcome).toBeUndefined();
  expect(asked.shows({ yaw: 7, descriptor: stranger }).outcome).toMatchObject(refused);
});

test("a turn is expected only while one is asked", () => {
  expect(new Asked("turnLeft", -9).turningFrom).toBeCloseTo(-9);
  expect(new Asked("blink", -9).turningFrom).toBeUndefined();
  const over = new Asked("turnLeft", 0).shows({ yaw: 0 }, { yaw: 0 }, { yaw: 0 }, { yaw: 20 }, { yaw: 0 });
  expect(over.turningFrom).toBeUndefined();
});

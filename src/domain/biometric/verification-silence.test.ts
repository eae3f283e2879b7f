import { describe, expect, test } from "vitest";
import { instant } from "../time.ts";
import { trackOf } from "./liveness/track-for-tests.ts";
import type { LivenessEvidence } from "./liveness-decision.ts";
import { deadline, decide, evolve, initialVerification, type VerificationInput } from "./verification.ts";
import { defaultVerificationPolicy } from "./verification-policy.ts";

const policy = { ...defaultVerificationPolicy, threshold: 0.06 };
const quality = { eyeDistance: 60, sharpness: 200, brightness: 120, contrast: 40, yaw: 0, roll: 0 };
const anna = { model: "m", values: Float32Array.of(1, 0) };
const cardAt = 10_000;

/** Somebody whose face matches, of whom nothing speaks for anything, before a camera that is looked at now and then. */
class Passive {
  #state = initialVerification;
  readonly events: string[] = [];
  outcome: object | undefined;

  constructor() {
    this.#feed({
      type: "VerificationRequested",
      at: instant(cardAt),
      presentedAt: instant(cardAt),
      model: "m",
      templates: [anna],
      liveness: "passive",
      draws: [0],
      previousChallenge: undefined,
    });
  }

  /** `looks`: how often the track was looked at up to then, since it came. */
  looked(at: number, looks: number, isThere = true): this {
    const samples = trackOf(() => ({}), { seconds: looks / 2, framesPerSecond: 2 });
    const assessment: LivenessEvidence["assessment"] = { verdict: "uncertain", score: 0, cues: [] };
    const faces = isThere ? [{ width: 80, height: 100, described: { descriptor: anna, quality } }] : [];
    this.#feed({
      type: "FrameJudged",
      at: instant(cardAt + at),
      frameAt: instant(cardAt + at),
      faces,
      ...(isThere ? { track: 1, liveness: { assessment, samples } } : {}),
    });
    return this;
  }

  timeIsUp(): this {
    this.#feed({ type: "TimePassed", at: deadline(this.#state, policy) ?? instant(Number.NaN) });
    return this;
  }

  #feed(input: VerificationInput): void {
    for (const event of decide(this.#state, input, policy)) {
      this.events.push(event.type);
      this.#state = evolve(this.#state, event);
      if (event.type === "FaceAccepted" || event.type === "FaceRefused") this.outcome = event;
    }
  }
}

describe("T16: too little was seen to take silence for an answer", () => {
  test("more is looked at, as long as there is time; what was seen before the card counts", () => {
    const passive = new Passive().looked(500, 4).looked(1_000, 5);
    expect(passive.outcome).toBeUndefined();
    expect(passive.looked(1_500, 6).outcome).toMatchObject({ type: "FaceAccepted" });
    expect(new Passive().looked(0, 8).looked(120, 9).outcome).toMatchObject({ type: "FaceAccepted" });
  });

  test("when the time is up whoever is still there is asked to do something", () => {
    const passive = new Passive().looked(1_900, 4).looked(2_500, 5).timeIsUp();
    expect(passive.outcome).toBeUndefined();
    expect(passive.events.at(-1)).toBe("ChallengeBegan");
    expect(passive.timeIsUp().outcome).toMatchObject({ type: "FaceRefused", reason: "notLive" });
  });

  test("nobody is asked who was not seen any more, and nobody accused", () => {
    const gone = new Passive().looked(1_000, 4).looked(1_500, 5).looked(2_200, 5, false).timeIsUp();
    expect(gone.outcome).toMatchObject({ type: "FaceRefused", reason: "poorQuality" });
  });

  test("a single look is no reason to ask: that is the picture's fault", () => {
    const one = new Passive().looked(2_600, 1).looked(2_900, 2).timeIsUp();
    expect(one.outcome).toMatchObject({ type: "FaceRefused", reason: "poorQuality" });
  });
});

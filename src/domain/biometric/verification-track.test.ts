import { expect, test } from "vitest";
import { instant } from "../time.ts";
import { decide, evolve, initialVerification, type VerificationInput } from "./verification.ts";
import { defaultVerificationPolicy } from "./verification-policy.ts";

const policy = { ...defaultVerificationPolicy, threshold: 0.06 };
const quality = { eyeDistance: 60, sharpness: 200, brightness: 120, contrast: 40, yaw: 0, roll: 0 };
const anna = { model: "m", values: Float32Array.of(1, 0) };

const requested: VerificationInput = {
  type: "VerificationRequested",
  at: instant(10_020),
  presentedAt: instant(10_000),
  model: "m",
  templates: [anna],
  liveness: "off",
  draws: [],
  previousChallenge: undefined,
};
const annaAt = (frameAt: number, track: number): VerificationInput => ({
  type: "FrameJudged",
  at: instant(frameAt + 50),
  frameAt: instant(frameAt),
  faces: [{ width: 80, height: 100, described: { descriptor: anna, quality } }],
  track,
});

function outcomeOf(...inputs: readonly VerificationInput[]) {
  let state = initialVerification;
  return inputs
    .flatMap((input) => {
      const events = decide(state, input, policy);
      state = events.reduce(evolve, state);
      return events;
    })
    .find(({ type }) => type === "FaceAccepted" || type === "FaceRefused");
}

test("T19: a face that looks the same but was not followed without a break starts from nothing", () => {
  expect(outcomeOf(requested, annaAt(10_050, 1), annaAt(10_150, 2))).toBeUndefined();
  expect(outcomeOf(requested, annaAt(10_050, 1), annaAt(10_150, 2), annaAt(10_250, 2))).toMatchObject({
    type: "FaceAccepted",
    frameTimes: [10_150, 10_250],
  });
});

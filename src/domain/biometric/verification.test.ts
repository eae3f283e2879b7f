import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, instant } from "../time.ts";
import type { Descriptor } from "./descriptor.ts";
import type { FaceSeen } from "./frame-verdict.ts";
import type { FaceQuality } from "./quality.ts";
import {
  deadline,
  decide,
  evolve,
  initialVerification,
  type VerificationEvent,
  type VerificationInput,
  type VerificationState,
} from "./verification.ts";
import { defaultVerificationPolicy, type VerificationPolicy } from "./verification-policy.ts";

const policy: VerificationPolicy = { ...defaultVerificationPolicy, threshold: 0.06 };
const good: FaceQuality = { eyeDistance: 60, sharpness: 200, brightness: 120, contrast: 40, yaw: 0, roll: 0 };

/** A direction `degrees` away from the enrolled one: cosine distance 1 − cos. */
const at = (degrees: number, model = "m"): Descriptor => {
  const angle = (degrees * Math.PI) / 180;
  return { model, values: Float32Array.of(Math.cos(angle), Math.sin(angle), 0) };
};
const anna = at(0);
const stranger = at(40); // distance 0.23

const face = (descriptor: Descriptor, more: Partial<FaceQuality> = {}, height = 100): FaceSeen => ({
  width: height * 0.8,
  height,
  described: { descriptor, quality: { ...good, ...more } },
});

const cardAt = 10_000;
const requested = (templates: readonly Descriptor[] = [anna]): VerificationInput => ({
  type: "VerificationRequested",
  at: instant(cardAt + 20),
  presentedAt: instant(cardAt),
  model: "m",
  templates,
  liveness: "off",
  draws: [],
  previousChallenge: undefined,
});
const frame = (frameAt: number, ...faces: readonly FaceSeen[]): VerificationInput => ({
  type: "FrameJudged",
  at: instant(Math.max(frameAt, cardAt) + 150),
  frameAt: instant(frameAt),
  faces,
});
const timeUp: VerificationInput = { type: "TimePassed", at: instant(cardAt + 20 + policy.verifyTimeout) };

function run(inputs: readonly VerificationInput[], rules: VerificationPolicy = policy) {
  let state: VerificationState = initialVerification;
  const events: VerificationEvent[] = [];
  for (const input of inputs) {
    for (const event of decide(state, input, rules)) {
      events.push(event);
      state = evolve(state, event);
    }
  }
  return { state, events, last: events.at(-1) };
}

describe("accepting", () => {
  test("two frames of the enrolled face are enough, one is not", () => {
    const one = run([requested(), frame(10_050, face(at(5)))]);
    expect(one.state.phase).toBe("verifying");
    const two = run([requested(), frame(10_050, face(at(5))), frame(10_150, face(at(7)))]);
    expect(two.last).toMatchObject({
      type: "FaceAccepted",
      threshold: 0.06,
      frameTimes: [10_050, 10_150],
      framesSeen: 2,
    });
  });

  test("the fused probe is what is compared: two frames just outside on either side are inside together", () => {
    const { last } = run([requested(), frame(10_050, face(at(21))), frame(10_150, face(at(-2)))]);
    expect(last).toMatchObject({ type: "FaceAccepted" });
    if (last?.type === "FaceAccepted") expect(last.distance + last.margin).toBeCloseTo(0.06, 6);
  });

  test("a frame just before the card counts, one older than frameMaxAge does not", () => {
    const fresh = run([requested(), frame(9_500, face(anna)), frame(9_600, face(anna))]);
    expect(fresh.last?.type).toBe("FaceAccepted");
    const old = run([requested(), frame(9_499, face(anna)), frame(9_600, face(anna))]);
    expect(old.state.phase).toBe("verifying");
    expect(old.events).toContainEqual(expect.objectContaining({ type: "FramePassedOver", reason: "stale" }));
  });

  test("T17: the same frame again is no second frame", () => {
    const { state } = run([
      requested(),
      frame(10_050, face(anna)),
      frame(10_050, face(anna)),
      frame(10_050, face(anna)),
    ]);
    expect(state.phase).toBe("verifying");
  });

  test("a small face further behind does not disturb", () => {
    const behind = face(stranger, {}, 40);
    const { last } = run([requested(), frame(10_050, face(anna), behind), frame(10_150, behind, face(anna))]);
    expect(last?.type).toBe("FaceAccepted");
  });
});

describe("refusing", () => {
  test("a stranger is refused as faceMismatch, ahead of time once three frames clearly disagree", () => {
    const frames = [10_050, 10_150, 10_250].map((time) => frame(time, face(stranger)));
    expect(run([requested(), ...frames.slice(0, 2)]).state.phase).toBe("verifying");
    expect(run([requested(), ...frames]).last).toMatchObject({
      type: "FaceRefused",
      reason: "faceMismatch",
      framesSeen: 3,
    });
  });

  test("somebody near the threshold has until verifyTimeout", () => {
    const near = at(22); // 0.073
    const frames = [10_050, 10_150, 10_250, 10_350].map((time) => frame(time, face(near)));
    expect(run([requested(), ...frames]).state.phase).toBe("verifying");
    expect(run([requested(), ...frames, timeUp]).last).toMatchObject({
      type: "FaceRefused",
      reason: "faceMismatch",
    });
  });

  test.each([
    ["nobody", [], "noFace"],
    ["two people", [face(anna), face(stranger, {}, 60)], "multipleFaces"],
    ["a dark face", [face(anna, { brightness: 10 })], "poorQuality"],
    ["a face no chip could be cut from", [{ width: 80, height: 100 }], "poorQuality"],
  ] as const)(
    "%s in front of the camera is refused when time is up, with its own reason",
    (_, faces, reason) => {
      const { events, last } = run([requested(), frame(10_050, ...faces), frame(10_150, ...faces), timeUp]);
      expect(last).toMatchObject({ type: "FaceRefused", reason, distance: undefined });
      expect(events.some((event) => event.type === "FrameCompared")).toBe(false);
    },
  );

  test("poor quality names what to do", () => {
    const { last } = run([requested(), frame(10_050, face(anna, { eyeDistance: 10 })), timeUp]);
    expect(last).toMatchObject({
      faults: [{ figure: "eyeDistance", value: 10, limit: 24, advice: "stepCloser" }],
    });
  });

  test("no frame, only old ones, and a failed camera are the camera's fault", () => {
    expect(run([requested(), timeUp]).last).toMatchObject({ type: "FaceRefused", reason: "cameraFault" });
    expect(run([requested(), frame(9_000, face(anna)), timeUp]).last).toMatchObject({
      reason: "cameraFault",
    });
    const failed: VerificationInput = { type: "CameraFailed", at: instant(10_100) };
    expect(run([requested(), failed]).last).toMatchObject({ reason: "cameraFault", at: 10_100 });
  });

  test("T19: a face swapped in after the first frame starts from nothing", () => {
    const { state, events } = run([
      requested(),
      frame(10_050, face(anna)),
      frame(10_150, face(at(60))),
      frame(10_250, face(anna)),
    ]);
    expect(state.phase).toBe("verifying");
    expect(events.some((event) => event.type === "FaceAccepted")).toBe(false);
  });

  test("T19: a second person between two good frames starts from nothing", () => {
    const { state } = run([
      requested(),
      frame(10_050, face(anna)),
      frame(10_150, face(anna), face(stranger)),
      frame(10_250, face(anna)),
    ]);
    expect(state.phase).toBe("verifying");
  });

  test("without a template of this very model nobody is compared", () => {
    expect(run([requested([])]).last).toMatchObject({ type: "FaceRefused", reason: "faceMismatch" });
    expect(run([requested([at(0, "other")])]).last).toMatchObject({ type: "FaceRefused" });
    const foreign = run([
      requested(),
      frame(10_050, face(at(0, "other"))),
      frame(10_150, face(at(0, "other"))),
      timeUp,
    ]);
    expect(foreign.last).toMatchObject({ type: "FaceRefused", reason: "poorQuality" });
  });

  test("a late frame is refused by its own time, however well it matches", () => {
    const late: VerificationInput = {
      type: "FrameJudged",
      at: instant(cardAt + 20 + policy.verifyTimeout),
      frameAt: instant(10_200),
      faces: [face(anna)],
    };
    expect(run([requested(), frame(10_050, face(anna)), late]).last).toMatchObject({ type: "FaceRefused" });
  });
});

test("the deadline is set while verifying only, and nothing moves once decided", () => {
  expect(deadline(initialVerification, policy)).toBeUndefined();
  expect(deadline(run([requested()]).state, policy)).toBe(cardAt + 20 + policy.verifyTimeout);
  const done = run([
    requested(),
    frame(10_050, face(anna)),
    frame(10_150, face(anna)),
    frame(10_250, face(stranger)),
    timeUp,
  ]);
  expect(deadline(done.state, policy)).toBeUndefined();
  expect(done.last?.type).toBe("FaceAccepted");
});

describe("whatever the frames", () => {
  const degrees = fc.integer({ min: -60, max: 60 });
  const someFace = fc.record({
    degrees,
    height: fc.integer({ min: 10, max: 200 }),
    yaw: fc.integer({ min: -60, max: 60 }),
  });
  const someFrames = fc.array(fc.array(someFace, { maxLength: 3 }), { maxLength: 12 });
  const play = (
    frames: readonly (readonly { degrees: number; height: number; yaw: number }[])[],
    rules: VerificationPolicy,
  ) =>
    run(
      [
        requested(),
        ...frames.map((faces, index) =>
          frame(
            10_000 + index * 100,
            ...faces.map((one) => face(at(one.degrees), { yaw: one.yaw }, one.height)),
          ),
        ),
        timeUp,
      ],
      rules,
    );

  test("exactly one outcome comes, no later than the deadline", () => {
    fc.assert(
      fc.property(someFrames, (frames) => {
        const outcomes = play(frames, policy).events.filter(
          ({ type }) => type === "FaceAccepted" || type === "FaceRefused",
        );
        expect(outcomes).toHaveLength(1);
        expect(outcomes[0]?.at).toBeLessThanOrEqual(timeUp.at);
      }),
    );
  });

  test("raising the threshold never turns acceptance into refusal", () => {
    fc.assert(
      fc.property(someFrames, fc.double({ min: 0.01, max: 0.2, noNaN: true }), (frames, threshold) => {
        fc.pre(play(frames, { ...policy, threshold }).last?.type === "FaceAccepted");
        expect(play(frames, { ...policy, threshold: threshold * 1.3 }).last?.type).toBe("FaceAccepted");
      }),
    );
  });

  test("nobody is accepted without minFrames frames under the threshold when fused", () => {
    fc.assert(
      fc.property(someFrames, fc.integer({ min: 2, max: 5 }), (frames, minFrames) => {
        const { last } = play(frames, { ...policy, minFrames });
        if (last?.type !== "FaceAccepted") return;
        expect(last.frameTimes.length).toBeGreaterThanOrEqual(minFrames);
        expect(last.distance).toBeLessThanOrEqual(policy.threshold);
      }),
    );
  });

  test("a descriptor or figure that is no number is never accepted", () => {
    const broken = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0);
    fc.assert(
      fc.property(broken, broken, broken, fc.constantFrom(0, Number.NaN), (x, y, z, yaw) => {
        const nothing: Descriptor = { model: "m", values: Float32Array.of(x, y, z) };
        const frames = [10_050, 10_150, 10_250].map((time) => frame(time, face(nothing, { yaw })));
        expect(run([requested(), ...frames, timeUp]).last?.type).toBe("FaceRefused");
        expect(
          run([requested([nothing]), frame(10_050, face(anna)), frame(10_150, face(anna)), timeUp]).last
            ?.type,
        ).toBe("FaceRefused");
      }),
    );
  });
});

test("an instant that is no number does not make a frame fresh", () => {
  const never = Number.NaN as Instant; // what a broken sender might give
  const { last } = run([requested(), frame(never, face(anna)), frame(never, face(anna)), timeUp]);
  expect(last?.type).toBe("FaceRefused");
});

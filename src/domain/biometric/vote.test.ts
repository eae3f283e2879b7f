import { describe, expect, test } from "vitest";
import { instant } from "../time.ts";
import type { Descriptor } from "./descriptor.ts";
import { decide, evolve, initialVerification, type VerificationEvent } from "./verification.ts";
import { defaultVerificationPolicy, type VerificationPolicy } from "./verification-policy.ts";
import { agrees, clearlyDisagrees, voteOf } from "./vote.ts";

const first = (angle: number): Descriptor => ({ model: "first", values: unit(angle) });
const second = (angle: number): Descriptor => ({ model: "second", values: unit(angle) });
const unit = (angle: number): Float32Array => Float32Array.of(Math.cos(angle), Math.sin(angle));
/** 1 − cos 0.3 = 0.045, 1 − cos 0.6 = 0.175. */
const policy: VerificationPolicy = {
  ...defaultVerificationPolicy,
  threshold: 0.05,
  vote: { model: "second", threshold: 0.05 },
};
const good = { eyeDistance: 60, sharpness: 40, brightness: 120, contrast: 40, yaw: 0, roll: 0 };

describe("a second recogniser", () => {
  test("agrees by its own threshold, with every frame the first was asked about", () => {
    const frames = [{ second: second(0.1) }, { second: second(0.3) }];
    const vote = voteOf(frames, [second(0)], policy.vote);
    expect(vote).toMatchObject({ model: "second", threshold: 0.05 });
    expect(vote?.distance).toBeCloseTo(1 - Math.cos(0.2), 5);
    expect(agrees(vote)).toBe(true);
    expect(agrees(voteOf([{ second: second(0.9) }], [second(0)], policy.vote))).toBe(false);
    expect(agrees(undefined)).toBe(true);
  });

  test.each([
    ["a frame it did not see", [{ second: second(0) }, {}], second(0)],
    ["another model's descriptor", [{ second: first(0) }], second(0)],
    ["another model's template", [{ second: second(0) }], first(0)],
    ["no template", [{ second: second(0) }], undefined],
    ["no direction", [{ second: { model: "second", values: Float32Array.of(Number.NaN, 0) } }], second(0)],
    ["nothing seen", [], second(0)],
  ])("never agrees with %s", (_, frames, template) => {
    const vote = voteOf(frames, template && [template], policy.vote);
    expect(vote).toMatchObject({ distance: undefined });
    expect(agrees(vote)).toBe(false);
    expect(clearlyDisagrees(vote, 1.5)).toBe(false);
  });

  test("clearly disagrees only where it has compared", () => {
    expect(clearlyDisagrees({ model: "m", distance: 0.08, threshold: 0.05 }, 1.5)).toBe(true);
    expect(clearlyDisagrees({ model: "m", distance: 0.07, threshold: 0.05 }, 1.5)).toBe(false);
  });
});

/** A verification over frames that the two recognisers see at these angles from the template. */
function verified(
  frames: readonly (readonly [firstAngle: number, secondAngle: number | undefined])[],
  { templates = [first(0), second(0)], asked = policy } = {},
): VerificationEvent | undefined {
  const events: VerificationEvent[] = [];
  let state = initialVerification;
  const feed = (input: Parameters<typeof decide>[1]): void => {
    const decided = decide(state, input, asked);
    state = decided.reduce(evolve, state);
    events.push(...decided);
  };
  const at = instant(1_000);
  const started = { presentedAt: at, model: "first", templates, liveness: "off", draws: [] } as const;
  feed({ type: "VerificationRequested", at, ...started, previousChallenge: undefined });
  for (const [index, [one, other]] of frames.entries()) {
    const described = {
      quality: good,
      descriptor: first(one),
      second: other === undefined ? undefined : second(other),
    };
    const when = instant(1_100 + index * 100);
    feed({ type: "FrameJudged", at: when, frameAt: when, faces: [{ width: 200, height: 200, described }] });
  }
  feed({ type: "TimePassed", at: instant(9_000) });
  return events.find(({ type }) => type === "FaceAccepted" || type === "FaceRefused");
}

describe("both must agree", () => {
  test("both for the person: accepted, with both figures", () => {
    expect(
      verified([
        [0.1, 0.2],
        [0.1, 0.2],
      ]),
    ).toMatchObject({
      type: "FaceAccepted",
      vote: { model: "second", threshold: 0.05, distance: expect.closeTo(1 - Math.cos(0.2), 5) },
    });
  });

  test.each([
    [
      "the second against",
      [
        [0, 0.6],
        [0, 0.6],
        [0, 0.6],
      ],
    ],
    [
      "the first against",
      [
        [0.6, 0],
        [0.6, 0],
        [0.6, 0],
      ],
    ],
    [
      "the second saw nothing",
      [
        [0, undefined],
        [0, undefined],
        [0, undefined],
      ],
    ],
  ] as const)("%s: refused as a mismatch", (_, frames) => {
    expect(verified(frames)).toMatchObject({ type: "FaceRefused", reason: "faceMismatch" });
  });

  test("clearly against is refused ahead of time, with its figures", () => {
    const refused = verified([
      [0, 0.9],
      [0, 0.9],
      [0, 0.9],
    ]);
    expect(refused).toMatchObject({ at: 1_300, vote: { distance: expect.closeTo(1 - Math.cos(0.9), 5) } });
  });

  test("nobody without templates of both is compared", () => {
    for (const templates of [[first(0)], [second(0)], []]) {
      expect(
        verified(
          [
            [0, 0],
            [0, 0],
          ],
          { templates },
        ),
      ).toMatchObject({
        type: "FaceRefused",
        at: 1_000,
        reason: "faceMismatch",
      });
    }
  });

  test("where no vote is asked for, the second's descriptors count for nothing", () => {
    const asked = { ...policy, vote: undefined };
    expect(
      verified(
        [
          [0, 3],
          [0, 3],
        ],
        { asked },
      ),
    ).toMatchObject({ type: "FaceAccepted", vote: undefined });
  });
});

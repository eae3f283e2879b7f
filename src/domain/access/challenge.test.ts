import { describe, expect, test } from "vitest";
import { challengeActions } from "../biometric/challenge.ts";
import { after, instant } from "../time.ts";
import { displayAfter } from "./display.ts";
import {
  AccessPoints,
  annas,
  challengeShown,
  faceAccepted,
  faceRefused,
  given,
  outerEntry,
  passes,
  policyWith,
  presents,
  quiet,
  type Step,
  staff,
} from "./given.ts";
import { livenessAt } from "./liveness-level.ts";

const policy = policyWith();
const presented = given(policy, presents("anna"));

const runs = (...steps: readonly Step[]): AccessPoints => {
  const points = new AccessPoints(policy);
  for (const step of [presents("anna"), ...steps]) step(points);
  return points;
};
const attemptOf = (points: AccessPoints) => Object.values(points.state.attempts)[0];

describe("a challenge in a verification", () => {
  test("each step is told once, in order; then nothing is asked any more", () => {
    expect(
      presented.when(
        challengeShown("anna", 1),
        challengeShown("anna", 1),
        challengeShown("anna", 2),
        challengeShown("anna"),
        faceAccepted("anna"),
      ),
    ).toEqual(["anna ChallengeAsked", "anna ChallengeAsked", "anna ChallengeOver", "anna AccessGranted"]);
  });

  test("the person is given until the step's end and the time that the judgement takes", () => {
    const points = runs(passes(4_000), challengeShown("anna", 1, { length: 5_000 }));
    expect(attemptOf(points)).toMatchObject({ until: after(points.now, 5_000 + policy.verifyTimeout) });
    expect(points.events.at(-1)).toMatchObject({ until: after(points.now, 5_000) });
  });

  test.each([1e9, Number.POSITIVE_INFINITY])(
    "T33: a vision process that never ends the challenge (%s) is not waited for longer than allowed",
    (length) => {
      const steps = [1, 2, 3, 4, 5].flatMap((step) => [
        passes(3_000),
        challengeShown("anna", step, { of: 5, length }),
      ]);
      const points = runs(...steps);
      const end = after(instant(10_000), policy.challengeTimeout);
      expect(points.now).toBeLessThan(end);
      expect(attemptOf(points)?.phase).toBe("verifying");
      passes(end - points.now)(points);
      expect(attemptOf(points)).toBeUndefined();
      expect(points.events.at(-1)).toMatchObject({ type: "AccessDenied", reason: "timeout" });
    },
  );

  test("a step that ends at no time at all gives no more time", () => {
    const points = runs(passes(4_000), challengeShown("anna", 1, { length: Number.NaN }));
    expect(attemptOf(points)).toMatchObject({ until: after(instant(10_000), policy.verifyTimeout) });
  });

  test("a process that asks without end fills no record", () => {
    const flood = Array.from({ length: 50 }, (_, index) => challengeShown("anna", index + 1, { of: 50 }));
    expect(presented.when(...flood)).toHaveLength(8);
  });

  test("steps out of order, of nobody's passage or after the decision say nothing", () => {
    expect(
      presented.when(challengeShown("anna", 2), challengeShown("anna"), challengeShown("ben", 1)),
    ).toEqual([]);
    expect(presented.when(faceAccepted("anna"), challengeShown("anna", 1))).toEqual(["anna AccessGranted"]);
  });

  test("R3: the doors are asked again when the challenge is done", () => {
    const open = { ...quiet, secure: { outer: true, inner: false } };
    expect(presented.when(challengeShown("anna", 1), faceAccepted("anna", open))).toEqual([
      "anna ChallengeAsked",
      "anna AccessDenied interlocked",
    ]);
  });

  test.each(challengeActions)("the display asks for %s, and which of how many it is", (action) => {
    const asked = runs(challengeShown("anna", 1, { action, of: 3 })).events.at(-1);
    expect(asked && displayAfter(asked)).toEqual({ text: action, hint: null, progress: { step: 1, of: 3 } });
  });
});

test("A6: a picture in place of a face counts as a failure", () => {
  const tries = [1, 2, 3].flatMap((attempt) => [
    presents("anna", { passage: `${attempt}` }),
    faceRefused(`${attempt}`, "notLive"),
    passes(2_000),
  ]);
  expect(given(policy).when(...tries)).toContain("anna CardLockedOut");
});

describe("how sure one has to be that a person stands there", () => {
  const rules = { usual: "passive", at: { "v1/outer-entry": "challenge", "v1/inner-exit": "off" } } as const;
  const at = (
    accessPoint: "outer-entry" | "inner-entry" | "inner-exit",
    ...liveness: ("off" | "passive" | "challenge")[]
  ) =>
    livenessAt(
      { vestibule: "v1", accessPoint },
      liveness.map((level) => ({ ...staff, liveness: level })),
      rules,
    );

  test("the site's level, or the access point's own", () => {
    expect(at("inner-entry")).toBe("passive");
    expect(at("outer-entry")).toBe("challenge");
    expect(at("inner-exit")).toBe("off");
  });

  test("an access level may ask for more and never for less", () => {
    expect(at("inner-entry", "challenge")).toBe("challenge");
    expect(at("inner-entry", "off")).toBe("passive");
    expect(at("outer-entry", "off", "passive")).toBe("challenge");
    expect(at("inner-exit", "off", "passive")).toBe("passive");
  });

  test("of the levels that open the door now the strictest counts, and vision is asked for it", () => {
    const points = new AccessPoints(
      policyWith({ levels: [staff, { ...staff, name: "cash", liveness: "challenge" }] }),
    );
    const credential = { ...annas, accessLevels: ["staff", "cash"] };
    presents("anna", { credential, where: outerEntry })(points);
    expect(points.events.at(-1)).toMatchObject({ type: "VerificationStarted", liveness: "challenge" });
  });
});

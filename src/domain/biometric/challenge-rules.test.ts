import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { after, type Instant, instant } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import {
  type ChallengeEvent,
  type ChallengeInput,
  type ChallengePolicy,
  type ChallengeState,
  deadline,
  decide,
  defaultChallengePolicy,
  drawActions,
  evolve,
  initialChallenge,
  longestChallenge,
  shownStep,
} from "./challenge-rules.ts";
import { type Moment, trackOf } from "./liveness/track-for-tests.ts";

/** A person's face, at rest or doing something. */
const doing: Readonly<Record<ChallengeAction, Moment>> = {
  turnLeft: { yaw: 28 },
  turnRight: { yaw: -28 },
  blink: { lids: 1 },
  openMouth: { mouth: 0.5 },
};
const resting = trackOf(() => ({}), { seconds: 1 });
const sampleAt = (at: Instant, moment: Moment) => {
  const [sample] = trackOf(() => moment, { seconds: 0.13, seed: Math.round(at) });
  if (sample === undefined) throw new Error("one frame");
  return { ...sample, at };
};

/** A challenge under way, and somebody before the camera. */
class Attempt {
  state: ChallengeState = initialChallenge;
  readonly events: ChallengeEvent[] = [];
  now = instant(10_000);
  readonly policy: ChallengePolicy;

  constructor(actions: readonly ChallengeAction[], policy: Partial<ChallengePolicy> = {}) {
    this.policy = { ...defaultChallengePolicy, count: actions.length, ...policy };
    // Deterministic: the draw that gives this sequence.
    for (let draw = 0; draw < 1; draw += 1 / 64) {
      if (drawActions([draw], this.policy, undefined)?.join() !== actions.join()) continue;
      this.feed({
        type: "ChallengeRequested",
        at: this.now,
        draws: [draw],
        previous: undefined,
        samples: resting,
      });
      return;
    }
    throw new Error(`${actions.join()} is never drawn`);
  }

  feed(input: ChallengeInput): void {
    for (const event of decide(this.state, input, this.policy)) {
      this.events.push(event);
      this.state = evolve(this.state, event);
    }
  }

  /** The person looks like this for so long; eight frames a second. */
  shows(moment: Moment, milliseconds: number): this {
    for (const end = after(this.now, milliseconds); this.now < end; ) {
      this.now = after(this.now, 125);
      this.feed({ type: "FaceSampled", at: this.now, sample: sampleAt(this.now, moment) });
    }
    return this;
  }

  does(action: ChallengeAction): this {
    return this.shows({}, 700).shows(doing[action], 400).shows({}, 400);
  }

  get outcome(): ChallengeEvent | undefined {
    return this.events.find(({ type }) => type === "ChallengePassed" || type === "ChallengeFailed");
  }
}

const every = ["turnLeft", "turnRight", "blink", "openMouth"] as const;

describe("T16: a challenge", () => {
  test.each(every)("who does what is asked (%s), and comes back to rest, has passed", (action) => {
    const attempt = new Attempt([action]);
    expect(shownStep(attempt.state)).toEqual({ action, step: 1, of: 1, until: instant(15_000) });
    expect(attempt.does(action).outcome).toMatchObject({ type: "ChallengePassed" });
    expect(shownStep(attempt.state)).toBeUndefined();
  });

  test("two in a row, each shown when the one before is done", () => {
    const attempt = new Attempt(["openMouth", "turnLeft"]);
    attempt.does("openMouth");
    expect(shownStep(attempt.state)).toMatchObject({ action: "turnLeft", step: 2, of: 2 });
    expect(attempt.does("turnLeft").outcome?.type).toBe("ChallengePassed");
    expect(attempt.events.filter(({ type }) => type === "ActionDone")).toHaveLength(2);
  });

  test("left and right are the person's own: an unmirrored camera sees the nose go to the picture's right", () => {
    const [left] = trackOf(() => ({ yaw: 28 }), { seconds: 0.13 });
    const [rest] = resting;
    const noseOffset = (sample = left) => (sample?.landmarks[30]?.x ?? 0) - (sample?.landmarks[27]?.x ?? 0);
    expect(noseOffset()).toBeGreaterThan(noseOffset(rest) + 8);
    expect(left?.quality.yaw).toBeGreaterThan(15);
  });

  test.each([
    ["turnLeft", "turnRight"],
    ["turnRight", "turnLeft"],
    ["blink", "turnLeft"],
    ["blink", "openMouth"],
    ["openMouth", "turnRight"],
  ] as const)("asked to %s, %s fails at once", (asked, done) => {
    const attempt = new Attempt([asked]).shows({}, 500).shows(doing[done], 250);
    expect(attempt.outcome).toMatchObject({
      type: "ChallengeFailed",
      reason: "wrongAction",
      action: asked,
      instead: done,
    });
  });

  test.each([
    ["turnLeft", "blink"],
    ["openMouth", "blink"],
    ["turnRight", "openMouth"],
  ] as const)("asked to %s, a %s besides is nobody's mistake", (asked, besides) => {
    expect(new Attempt([asked]).shows({}, 500).shows(doing[besides], 250).does(asked).outcome?.type).toBe(
      "ChallengePassed",
    );
  });

  test("what was under way when it was asked does not count; done again after rest, it does", () => {
    const attempt = new Attempt(["turnLeft"]).shows(doing.turnLeft, 1_000);
    attempt.shows({}, 500);
    expect(attempt.outcome).toBeUndefined();
    expect(attempt.does("turnLeft").outcome?.type).toBe("ChallengePassed");
  });

  test("nor does what begins sooner than anybody can have read it", () => {
    const attempt = new Attempt(["openMouth"]).shows({}, 125).shows(doing.openMouth, 125).shows({}, 250);
    expect(attempt.outcome).toBeUndefined();
    expect(attempt.does("openMouth").outcome?.type).toBe("ChallengePassed");
  });

  test("a frame from before the question is no answer to it", () => {
    const attempt = new Attempt(["openMouth"]);
    const early = sampleAt(after(attempt.now, -50), doing.openMouth);
    attempt.feed({ type: "FaceSampled", at: after(attempt.now, 300), sample: early });
    expect(attempt.events.map(({ type }) => type)).toEqual(["ChallengeStarted", "StepAsked"]);
  });

  test("a turned head that never comes back has not done it", () => {
    const attempt = new Attempt(["turnLeft"]).shows({}, 500).shows(doing.turnLeft, 6_000);
    expect(attempt.outcome).toMatchObject({ type: "ChallengeFailed", reason: "tooLate", action: "turnLeft" });
  });

  test("somebody who just stands there runs out of time, by the timer alone too", () => {
    expect(new Attempt(["blink"]).shows({}, 5_500).outcome).toMatchObject({ reason: "tooLate" });
    const attempt = new Attempt(["blink"]);
    expect(deadline(attempt.state, attempt.policy)).toBe(instant(15_000));
    attempt.feed({ type: "TimePassed", at: instant(14_999) });
    expect(attempt.outcome).toBeUndefined();
    attempt.feed({ type: "TimePassed", at: instant(15_000) });
    expect(attempt.outcome).toMatchObject({ reason: "tooLate" });
    expect(deadline(attempt.state, attempt.policy)).toBeUndefined();
  });

  test("a picture in a hand, however it is moved, never passes", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const attempt = new Attempt([every[seed % 4] ?? "blink"]);
      for (const sample of trackOf(
        (seconds) => ({
          yaw: 35 * Math.sin(seconds * 2 + seed),
          pitch: 20 * Math.sin(seconds * 3),
          roll: 10 * Math.sin(seconds),
        }),
        { presented: "sheet", seconds: 5, seed },
      )) {
        const at = after(attempt.now, sample.at - 1_000);
        attempt.feed({ type: "FaceSampled", at, sample: { ...sample, at } });
      }
      expect(attempt.events.map(({ type }) => type)).not.toContain("ActionDone");
    }
  });

  test("T19: the face that was asked goes, or another comes: failed", () => {
    const attempt = new Attempt(["turnLeft", "blink"]).does("turnLeft");
    attempt.feed({ type: "TrackBroken", at: after(attempt.now, 1) });
    expect(attempt.outcome).toMatchObject({ type: "ChallengeFailed", reason: "faceLost", action: "blink" });
    attempt.does("blink");
    expect(attempt.events.at(-1)?.type).toBe("ChallengeFailed");
  });

  test("all steps together end in time, whatever is configured", () => {
    const attempt = new Attempt(["turnLeft", "turnRight", "openMouth"], {
      stepTime: 60_000,
      totalTime: 90_000,
    });
    expect(deadline(attempt.state, attempt.policy)).toBe(after(instant(10_000), longestChallenge));
    expect(shownStep(attempt.state)?.until).toBe(after(instant(10_000), longestChallenge));
    expect(attempt.shows({}, 25_000).outcome).toMatchObject({ reason: "tooLate" });
    expect(attempt.now - 10_000).toBeGreaterThan(longestChallenge);
  });

  test("whose face at rest was not seen cannot be asked anything, whose lids were not is not asked to blink", () => {
    const asked = (samples: typeof resting, policy = defaultChallengePolicy) =>
      decide(
        initialChallenge,
        { type: "ChallengeRequested", at: instant(0), draws: [0.3], previous: undefined, samples },
        policy,
      );
    expect(asked([])).toMatchObject([{ type: "ChallengeFailed", reason: "notPossible" }]);
    const blind = resting.map((sample) => ({ ...sample, pixels: {} }));
    expect(asked(blind, { ...defaultChallengePolicy, actions: ["blink"] })).toMatchObject([
      { reason: "notPossible" },
    ]);
    for (let draw = 0; draw < 1; draw += 0.02) {
      const [started] = decide(
        initialChallenge,
        { type: "ChallengeRequested", at: instant(0), draws: [draw], previous: undefined, samples: blind },
        defaultChallengePolicy,
      );
      if (started?.type !== "ChallengeStarted") throw new Error("it starts");
      expect(started.actions).not.toContain("blink");
    }
  });

  test("somebody who holds their head askew is judged from there", () => {
    const askew = trackOf(() => ({ yaw: -10 }), { seconds: 1 });
    const events = decide(
      initialChallenge,
      { type: "ChallengeRequested", at: instant(10_000), draws: [0], previous: undefined, samples: askew },
      { ...defaultChallengePolicy, actions: ["turnLeft"], count: 1 },
    );
    let state = events.reduce(evolve, initialChallenge);
    const feed = (at: number, yaw: number) => {
      const policy = { ...defaultChallengePolicy, actions: ["turnLeft"] as const, count: 1 };
      for (const event of decide(
        state,
        { type: "FaceSampled", at: instant(at), sample: sampleAt(instant(at), { yaw }) },
        policy,
      ))
        state = evolve(state, event);
    };
    for (const [at, yaw] of [
      [10_500, -10],
      [10_900, 16],
      [11_300, -10],
    ] as const)
      feed(at, yaw);
    expect(state).toEqual({ phase: "over", passed: true });
  });
});

describe("what is asked", () => {
  const draws = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
    minLength: 1,
    maxLength: 3,
  });

  test("no action twice, no sequence twice in a row, as many as configured", () =>
    fc.assert(
      fc.property(draws, draws, fc.integer({ min: 1, max: 3 }), (one, other, count) => {
        const policy = { ...defaultChallengePolicy, count };
        const first = drawActions(one, policy, undefined) ?? [];
        const second = drawActions(other, policy, first) ?? [];
        expect(new Set(first).size).toBe(count);
        expect(second).toHaveLength(count);
        expect(second).not.toEqual(first);
      }),
    ));

  test("every sequence of two comes up, about equally often", () => {
    const seen = new Map<string, number>();
    for (let draw = 0; draw < 1; draw += 1 / 1200) {
      const key = drawActions([draw], defaultChallengePolicy, undefined)?.join() ?? "";
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(12);
    expect(Math.min(...seen.values())).toBeGreaterThan(90);
  });

  test("a single action configured is asked again rather than nothing; none is not possible", () => {
    const only = { ...defaultChallengePolicy, actions: ["turnLeft", "turnLeft"] as const, count: 2 };
    expect(drawActions([0.9], only, ["turnLeft"])).toEqual(["turnLeft"]);
    expect(drawActions([0.9], { ...only, actions: [] }, undefined)).toBeUndefined();
    expect(drawActions([], defaultChallengePolicy, undefined)).toBeUndefined();
    expect(drawActions([Number.NaN], defaultChallengePolicy, undefined)).toBeUndefined();
  });
});

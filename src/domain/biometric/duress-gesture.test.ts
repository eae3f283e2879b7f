import { describe, expect, test } from "vitest";
import { instant } from "../time.ts";
import { challengeActions } from "./challenge.ts";
import { showsDuress } from "./duress-gesture.ts";
import { type Moment, trackOf } from "./liveness/track-for-tests.ts";

const doing = {
  turnLeft: { yaw: 28 },
  turnRight: { yaw: -28 },
  blink: { lids: 1 },
  openMouth: { mouth: 0.5 },
} as const satisfies Record<(typeof challengeActions)[number], Moment>;

/** Somebody who stands there for four seconds and does it for so long, from the second on. */
const standing = (moment: Moment, seconds: number) =>
  trackOf((time) => (time >= 2 && time < 2 + seconds ? moment : {}), { seconds: 4 });

const end = (samples: ReturnType<typeof standing>) => samples.at(-1)?.at ?? instant(0);

describe("A5: a gesture says that somebody is forced", () => {
  test.each(challengeActions)("%s, held for a second", (action) => {
    const samples = standing(doing[action], 1);
    expect(showsDuress(samples, action, end(samples))).toBe(true);
  });

  test.each(challengeActions)("%s, in passing, says nothing", (action) => {
    const samples = standing(doing[action], 0.3);
    expect(showsDuress(samples, action, end(samples))).toBe(false);
  });

  test.each([
    ["openMouth", "blink"],
    ["blink", "openMouth"],
    ["turnLeft", "turnRight"],
  ] as const)("%s is not %s", (done, agreed) => {
    const samples = standing(doing[done], 1);
    expect(showsDuress(samples, agreed, end(samples))).toBe(false);
  });

  test("nor does whoever simply stands there, was not seen, or did it long ago", () => {
    const still = standing({}, 0);
    expect(showsDuress(still, "openMouth", end(still))).toBe(false);
    expect(showsDuress([], "openMouth", instant(0))).toBe(false);
    const before = standing(doing.openMouth, 1);
    expect(showsDuress(before, "openMouth", instant(end(before) + 5_000))).toBe(false);
  });

  test("what a challenge asks for, and comes after it began, is no sign", () => {
    const samples = standing(doing.openMouth, 1);
    const asked = samples.find((_, index) => index >= samples.length / 2)?.at ?? instant(0);
    expect(showsDuress(samples, "openMouth", asked)).toBe(false);
  });
});

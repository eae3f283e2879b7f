import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replayCue } from "./replay.ts";
import { inHand, type Moment, trackOf } from "./track-for-tests.ts";

/** Movement that does not come back within minutes. */
const alive = (seconds: number): Moment => ({
  x: 320 + 3 * Math.sin(1.1 * seconds) + 2 * Math.sin(2.7 * seconds),
  y: 150 + 2 * Math.sin(0.7 * seconds),
  yaw: 9 * Math.sin(0.83 * seconds) + 4 * Math.sin(2.1 * seconds + 1),
  pitch: 5 * Math.sin(0.57 * seconds) + 3 * Math.sin(1.7 * seconds + 2),
  mouth: 0.06 + 0.05 * Math.sin(1.3 * seconds + 0.5 * Math.sin(seconds)),
});
const printed =
  (at: (seconds: number) => Moment, print: (seconds: number) => number) => (seconds: number) => ({
    ...at(seconds),
    pixels: { eyeOpenness: 0.12, fingerprint: print(seconds) },
  });
const own = (seconds: number): number => 1_000 + seconds * 8_000;

describe("T16 T17: replay", () => {
  test("a living face's pictures never come again: silent", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const track = trackOf(
        printed((seconds) => alive(seconds + seed), own),
        { seed, seconds: 5 },
      );
      expect(replayCue(track)).toMatchObject({ says: "silent", score: 0 });
    }
  });

  test("the same pixels four times in a row are a picture that stands still", () => {
    const frozen = trackOf(printed(alive, (seconds) => (seconds > 1 && seconds < 1.8 ? 7 : own(seconds))));
    expect(replayCue(frozen)).toMatchObject({ says: "attack", score: -0.9 });
  });

  test("two or three times the same, as a camera's encoder may give a quiet scene, is nothing", () => {
    const twice = trackOf(printed(alive, (seconds) => Math.floor(seconds * 4)));
    expect(replayCue(twice).says).toBe("silent");
    const once = trackOf(
      printed(alive, (seconds) => (seconds >= 1 && seconds <= 1.5 ? 7 : own(seconds))),
      { framesPerSecond: 4 },
    );
    expect(replayCue(once)).toMatchObject({ says: "silent", figures: { repeats: 2 } });
  });

  test("a run of pixels that was there before is a loop", () => {
    const looped = trackOf(printed(alive, (seconds) => own(seconds % 1.5)));
    expect(replayCue(looped)).toMatchObject({ says: "attack", score: -0.95 });
  });

  test("a loop on a phone in a hand, filmed anew each time, is known by its movement", () => {
    for (const period of [1, 1.5, 2]) {
      const looped = trackOf(
        printed((seconds) => ({ ...alive(3 * (seconds % period)), ...placeOf(inHand(seconds)) }), own),
        { seconds: 5, noise: 0.0015 },
      );
      expect(replayCue(looped), `period ${period}`).toMatchObject({ says: "attack" });
    }
  });

  test("somebody who says no again and again is no loop: no two shakes are alike", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const wide = (shake: number): number => 12 + 5 * Math.sin(7.3 * (shake + seed));
      const shaking = trackOf(
        printed(
          (seconds) => ({
            ...alive(seconds),
            yaw: wide(Math.floor(seconds)) * Math.sin(2 * Math.PI * seconds),
          }),
          own,
        ),
        { seconds: 5, seed },
      );
      expect(replayCue(shaking).says).toBe("silent");
    }
  });

  test("somebody who turned their head as asked is no loop: rest comes before and after", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const turned = trackOf(
        printed((seconds) => {
          const still = { ...alive(seconds), yaw: 1.5 * Math.sin(1.3 * seconds + seed) };
          return seconds >= 2 && seconds < 3.5 ? { ...still, yaw: 28 } : { ...still, mouth: 0 };
        }, own),
        { seconds: 5.3, seed },
      );
      expect(replayCue(turned).says).toBe("silent");
    }
  });

  test("a face that does not sway for seconds is a picture on a stand", () => {
    const stand = trackOf(printed(() => ({}), own));
    expect(replayCue(stand)).toMatchObject({ says: "attack", score: -0.7 });
    expect(replayCue(stand.slice(0, 16)).says).toBe("silent");
  });

  test("it is suspected as soon as it was seen a few times, and whoever moves a little is not", () => {
    const stand = trackOf(printed(() => ({}), own));
    for (const looks of [4, 6, 12])
      expect(replayCue(stand.slice(0, looks))).toMatchObject({ says: "silent", score: 0, suspects: true });
    expect(replayCue(stand.slice(0, 3))).not.toHaveProperty("suspects");
    expect(replayCue(stand)).not.toHaveProperty("suspects");
    for (let seed = 1; seed <= 20; seed += 1) {
      const track = trackOf(
        printed((seconds) => alive(seconds + seed), own),
        { seed, seconds: 0.8 },
      );
      expect(replayCue(track)).not.toHaveProperty("suspects");
    }
  });

  test("somebody who stands as still as they can sways by a millimetre: silent", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const millimetre = (seconds: number) => ({ x: 320 + 0.95 * Math.sin(1.3 * seconds + seed), y: 150 });
      expect(replayCue(trackOf(printed(millimetre, own), { seed })).says).toBe("silent");
    }
  });

  test("without anything to go by it is silent", () => {
    expect(replayCue([])).toMatchObject({ says: "silent", score: 0 });
    const bare = trackOf(alive).map((sample) => ({ ...sample, pixels: {}, landmarks: [] }));
    expect(replayCue(bare).says).toBe("silent");
  });

  test("whoever moves without a period is never a loop", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (seed, pace, start) => {
          const track = trackOf(
            printed((seconds) => alive(start + pace * seconds), own),
            { seed, seconds: 5 },
          );
          expect(replayCue(track).says).toBe("silent");
        },
      ),
    ));
});

function placeOf({ x, y, roll, eyeDistance }: Moment): Moment {
  return { ...(x && { x }), ...(y && { y }), ...(roll && { roll }), ...(eyeDistance && { eyeDistance }) };
}

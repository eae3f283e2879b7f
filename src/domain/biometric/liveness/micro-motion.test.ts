import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { microMotionCue } from "./micro-motion.ts";
import { blinkAt, inHand, type Moment, trackOf } from "./track-for-tests.ts";

const sway = (seconds: number): Moment => ({
  x: 320 + 2 * Math.sin(1.1 * seconds),
  y: 150 + 1.5 * Math.sin(0.7 * seconds),
  yaw: 3 * Math.sin(0.9 * seconds),
});
/** What the pixels show of the eyes changes by 3 % without anybody blinking. */
const flicker = (seconds: number, openness = 0.12) => ({
  eyeOpenness: openness * (1 + 0.03 * Math.sin(37 * seconds)),
});

describe("T15: micro-motion, lids and lips", () => {
  test("a blink is alive, at any rate at which a door's camera is looked at", () => {
    for (const framesPerSecond of [5, 8, 15]) {
      const track = trackOf((seconds) => ({ ...sway(seconds), lids: blinkAt(2)(seconds) }), {
        framesPerSecond,
      });
      expect(microMotionCue(track)).toMatchObject({ says: "live", figures: { blinks: 1 } });
    }
  });

  test("two blinks count twice, and speak louder", () => {
    const blinking = (...times: number[]) =>
      microMotionCue(trackOf((seconds) => ({ ...sway(seconds), lids: blinkAt(...times)(seconds) })));
    expect(blinking(1, 2.5).figures["blinks"]).toBe(2);
    expect(blinking(1, 2.5).score).toBeGreaterThan(blinking(1).score);
  });

  test("a living face that is very still and does not blink says nothing", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const still = trackOf((seconds) => ({ ...sway(seconds), pixels: flicker(seconds) }), { seed });
      expect(microMotionCue(still).says).toBe("silent");
    }
  });

  test("talking is alive", () => {
    const talking = trackOf((seconds) => ({ ...sway(seconds), mouth: 0.15 + 0.15 * Math.sin(11 * seconds) }));
    expect(microMotionCue(talking).says).toBe("live");
  });

  test.each([
    ["lids that stay shut", (seconds: number): Moment => ({ lids: seconds > 2 ? 1 : 0 })],
    [
      "lids that take a second",
      (seconds: number): Moment => ({ lids: seconds > 1.5 && seconds < 2.6 ? 1 : 0 }),
    ],
    [
      "a frame blurred by movement",
      (seconds: number): Moment => ({ lids: blinkAt(2)(seconds), sharpness: blinkAt(2)(seconds) ? 15 : 40 }),
    ],
  ])("%s are no blink", (_, at) => {
    const track = trackOf((seconds) => ({ ...inHand(seconds), ...at(seconds) }), { presented: "sheet" });
    expect(microMotionCue(track).figures["blinks"]).toBe(0);
    expect(microMotionCue(track).says).not.toBe("live");
  });

  test("eyes of a head that turns away and back are no blink", () => {
    const turns = trackOf((seconds) => ({
      ...sway(seconds),
      lids: blinkAt(2)(seconds),
      yaw: seconds > 1.9 && seconds < 2.4 ? 25 : 0,
    }));
    expect(microMotionCue(turns).figures["blinks"]).toBe(0);
  });

  test("a picture that moves as a whole, and nothing in it, hints at an attack; after two seconds, not before", () => {
    const held = trackOf((seconds) => ({ ...inHand(seconds), pixels: flicker(seconds) }), {
      presented: "sheet",
      noise: 0.0008,
    });
    expect(microMotionCue(held)).toMatchObject({ says: "attack", score: -0.4 });
    expect(microMotionCue(held.slice(0, 14)).says).toBe("silent");
    expect(microMotionCue(held.slice(0, 14).concat(trackOf(() => ({}), { seconds: 0 }))).says).toBe("silent");
  });

  test("a face that is as rigid and stays where it is says nothing here: people can be still", () => {
    const still = trackOf((seconds) => ({ x: 320 + 3 * Math.sin(seconds), pixels: flicker(seconds) }), {
      noise: 0.0008,
    });
    expect(microMotionCue(still).says).toBe("silent");
  });

  test("a head that moves as much is not taken for one: what it does not show as a whole, it shows in depth", () => {
    const moving = trackOf((seconds) => ({ ...inHand(seconds), yaw: 4 * Math.sin(1.2 * seconds) }), {
      noise: 0.0008,
    });
    expect(microMotionCue(moving).says).toBe("silent");
  });

  test("without landmarks, or without figures of the eyes, it is silent", () => {
    expect(microMotionCue([])).toMatchObject({ says: "silent", score: 0 });
    const bare = trackOf(sway).map((sample) => ({ ...sample, pixels: {} }));
    expect(microMotionCue(bare).says).toBe("silent");
    expect(microMotionCue(bare.map((sample) => ({ ...sample, landmarks: [] }))).says).toBe("silent");
  });

  test("a sheet, however it is moved, tilted and lit, never blinks", () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 25, noNaN: true }),
        fc.double({ min: 0.3, max: 6, noNaN: true }),
        (seed, tilt, pace) => {
          const at = (seconds: number): Moment => ({
            ...inHand(seconds),
            yaw: tilt * Math.sin(pace * seconds),
            pixels: flicker(seconds, 0.12 * (1 + 0.08 * Math.sin(pace * seconds))),
          });
          const cue = microMotionCue(trackOf(at, { presented: "sheet", seed }));
          expect(cue.figures["blinks"]).toBe(0);
        },
      ),
    ));
});

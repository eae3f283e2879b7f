import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { geometryCue } from "./geometry.ts";
import type { TrackSample } from "./track.ts";
import { inHand, type Moment, type Presented, trackOf } from "./track-for-tests.ts";

const turning =
  (degrees: number) =>
  (seconds: number): Moment => ({ yaw: degrees * Math.sin(1.7 * seconds) });
const says = (at: (seconds: number) => Moment, presented: Presented, seed = 1, seconds = 4) =>
  geometryCue(trackOf(at, { presented, seed, seconds })).says;

describe("T15: geometry, a head's depth against a sheet's", () => {
  test.each([10, 20, 30])("a head that turns by %i° shows its depth", (degrees) => {
    for (let seed = 1; seed <= 10; seed += 1) expect(says(turning(degrees), "head", seed)).toBe("live");
  });

  test("so does one that nods, and one that only moves as somebody does who looks at a reader and up again", () => {
    expect(says((seconds) => ({ pitch: 14 * Math.sin(2 * seconds) }), "head")).toBe("live");
    expect(says((seconds) => ({ pitch: seconds < 1 ? 18 : 2, yaw: 3 * seconds }), "head")).toBe("live");
  });

  test.each(["sheet", "bentSheet"] as const)("a %s that is tilted in a hand shows none", (presented) => {
    const tilted = (seconds: number): Moment => ({
      ...inHand(seconds),
      yaw: 30 * Math.sin(1.7 * seconds),
      pitch: 12 * Math.sin(1.1 * seconds),
    });
    for (let seed = 1; seed <= 10; seed += 1) expect(says(tilted, presented, seed)).toBe("attack");
  });

  test("a sheet moved without being tilted, and a head that keeps still, say nothing", () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      expect(says(inHand, "sheet", seed)).toBe("silent");
      expect(says(inHand, "bentSheet", seed)).toBe("silent");
      expect(says(() => ({}), "head", seed)).toBe("silent");
    }
  });

  test("talking and blinking take nothing for a sheet, and a turned head that talks is still a head", () => {
    const talk = (seconds: number): Moment => ({
      mouth: 0.2 + 0.2 * Math.sin(12 * seconds),
      lids: seconds % 2 < 0.3 ? 1 : 0,
    });
    expect(says(talk, "head")).toBe("silent");
    expect(says((seconds) => ({ ...talk(seconds), ...turning(15)(seconds) }), "head")).toBe("live");
  });

  test("it is fooled by a clip of a head that turns: the head in it has depth", () => {
    const played = trackOf((seconds) => ({ ...inHand(seconds), ...turning(20)(seconds) }));
    expect(geometryCue(played).says).toBe("live");
  });

  test("before there is enough of a track, or a face large enough, it is silent", () => {
    expect(geometryCue([])).toEqual({ cue: "geometry", says: "silent", score: 0, figures: {} });
    const whole = trackOf(turning(30));
    expect(geometryCue(whole.slice(0, 5)).says).toBe("silent");
    const far = trackOf((seconds) => ({ ...turning(30)(seconds), eyeDistance: 24 }));
    expect(geometryCue(far).says).toBe("silent");
  });

  test("landmarks that make no face, or no numbers, are passed over", () => {
    const samples: TrackSample[] = trackOf(turning(20));
    const broken = samples.map((sample, index) => ({
      ...sample,
      landmarks:
        index % 5 === 0
          ? []
          : index % 7 === 0
            ? sample.landmarks.map(() => ({ x: Number.NaN, y: 0 }))
            : sample.landmarks,
    }));
    expect(geometryCue(broken).says).toBe("live");
    expect(geometryCue(broken.map((sample) => ({ ...sample, landmarks: [] }))).says).toBe("silent");
  });

  const movement = fc.record({
    yaw: fc.double({ min: 0, max: 35, noNaN: true }),
    pitch: fc.double({ min: 0, max: 25, noNaN: true }),
    pace: fc.double({ min: 0.5, max: 4, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    eyeDistance: fc.double({ min: 30, max: 90, noNaN: true }),
  });
  const movedBy =
    ({ yaw, pitch, pace, eyeDistance }: { yaw: number; pitch: number; pace: number; eyeDistance: number }) =>
    (seconds: number): Moment => ({
      ...inHand(seconds),
      eyeDistance,
      yaw: yaw * Math.sin(pace * seconds),
      pitch: pitch * Math.sin(1.3 * pace * seconds + 1),
    });

  test("however a sheet is moved it is never a head, and a head never a sheet", () =>
    fc.assert(
      fc.property(movement, fc.constantFrom<Presented>("sheet", "bentSheet"), (how, sheet) => {
        expect(says(movedBy(how), sheet, how.seed)).not.toBe("live");
        expect(says(movedBy(how), "head", how.seed)).not.toBe("attack");
      }),
      { numRuns: 300 },
    ));
});

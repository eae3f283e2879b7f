import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess, isDisputed } from "./assess.ts";
import type { CueName, CueResult } from "./track.ts";

const cue = (name: CueName, score: number): CueResult => ({
  cue: name,
  says: score === 0 ? "silent" : score > 0 ? "live" : "attack",
  score,
  figures: {},
});

describe("T15 T16: what the cues come to", () => {
  test("nothing seen, or silence all round, is uncertain with score 0 and not disputed", () => {
    for (const cues of [[], [cue("geometry", 0), cue("raster", 0)]]) {
      const assessment = assess(cues);
      expect(assessment).toEqual({ verdict: "uncertain", score: 0, cues });
      expect(isDisputed(assessment)).toBe(false);
    }
  });

  test.each(["geometry", "raster", "reflection", "surround", "microMotion", "replay", "infrared"] as const)(
    "%s alone, sure of an attack, wins over silence",
    (name) => {
      expect(assess([cue(name, -0.7), cue("raster", 0)])).toMatchObject({ verdict: "attack", score: -0.7 });
    },
  );

  test("a blink, or depth, with nothing against it is a person", () => {
    expect(assess([cue("microMotion", 0.8), cue("raster", 0)])).toMatchObject({
      verdict: "live",
      score: 0.8,
    });
    expect(assess([cue("geometry", 0.9), cue("microMotion", 0.6)]).verdict).toBe("live");
    expect(assess([cue("geometry", 0.1)]).verdict).toBe("uncertain");
  });

  test("a clip of the person on a screen moves and blinks: the screen outweighs it", () => {
    const replayed = [cue("geometry", 0.9), cue("microMotion", 0.9), cue("raster", -0.7)];
    expect(assess(replayed).verdict).toBe("attack");
  });

  test("a flat picture with holes for the eyes: geometry and blink contradict each other", () => {
    const assessment = assess([cue("geometry", -0.9), cue("microMotion", 0.8)]);
    expect(assessment.verdict).toBe("uncertain");
    expect(isDisputed(assessment)).toBe(true);
  });

  test("one weak hint leaves it open, two independent ones do not", () => {
    expect(assess([cue("surround", -0.35)])).toMatchObject({ verdict: "uncertain", score: -0.35 });
    expect(assess([cue("surround", -0.35), cue("reflection", -0.35)]).verdict).toBe("attack");
    expect(assess([cue("surround", -0.35), cue("microMotion", 0.8)])).toMatchObject({ verdict: "uncertain" });
  });

  const anyCue = fc.record({
    cue: fc.constantFrom<CueName>("geometry", "raster", "reflection", "surround", "microMotion", "replay"),
    score: fc.double({ min: -1, max: 1, noNaN: true }),
  });

  test("further evidence of an attack never turns an assessment towards life", () =>
    fc.assert(
      fc.property(fc.array(anyCue, { maxLength: 6 }), anyCue, (seen, more) => {
        const before = assess(seen.map(({ cue: name, score }) => cue(name, score)));
        const after = assess([...before.cues, cue(more.cue, -Math.abs(more.score))]);
        expect(after.score).toBeLessThanOrEqual(before.score);
        if (before.verdict === "attack") expect(after.verdict).toBe("attack");
        if (before.verdict !== "live") expect(after.verdict).not.toBe("live");
      }),
    ));

  test("the score stays between −1 and 1, has the verdict's sign, and a broken figure counts for nothing", () =>
    fc.assert(
      fc.property(fc.array(anyCue, { maxLength: 7 }), (seen) => {
        const cues = seen.map(({ cue: name, score }) => cue(name, score));
        const { verdict, score } = assess([...cues, { ...cue("infrared", -1), score: Number.NaN }]);
        expect({ verdict, score }).toEqual({ verdict: assess(cues).verdict, score: assess(cues).score });
        expect(Math.abs(score)).toBeLessThanOrEqual(1);
        if (verdict === "attack") expect(score).toBeLessThanOrEqual(-0.6);
        if (verdict === "live") expect(score).toBeGreaterThanOrEqual(0.3);
      }),
    ));
});

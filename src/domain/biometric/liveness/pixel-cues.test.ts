import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../time.ts";
import { infraredCue } from "./infrared.ts";
import { rasterCue } from "./raster.ts";
import { reflectionCue } from "./reflection.ts";
import { surroundCue } from "./surround.ts";
import type { PixelMeasures, TrackSample } from "./track.ts";

/** A track of frames with these measures, at ten a second. */
function track(count: number, pixelsAt: (index: number) => PixelMeasures, eyeDistance = 60): TrackSample[] {
  return Array.from({ length: count }, (_, index) => ({
    at: instant(index * 100),
    frameWidth: 640,
    frameHeight: 360,
    box: { x: 250, y: 100, width: 140, height: 160 },
    landmarks: [],
    quality: { eyeDistance, sharpness: 60, brightness: 120, contrast: 40, yaw: 0, roll: 0 },
    pixels: pixelsAt(index),
  }));
}

const steady = { rasterAcross: 0.2, rasterDown: 0.1, rasterBlocks: 4 };
const unsteady = (index: number) => ({
  rasterBlocks: 4,
  rasterAcross: (index * 0.137) % 0.5,
  rasterDown: 0.3,
});

describe("T16: raster", () => {
  test("a peak at one frequency, frame after frame, is a screen; the stronger the surer", () => {
    const cue = (raster: number) => rasterCue(track(8, () => ({ ...steady, raster })));
    expect(cue(11)).toMatchObject({ says: "attack" });
    expect(cue(11).score).toBeLessThan(-0.6);
    expect(cue(8.6).score).toBeGreaterThan(cue(10).score);
    expect(cue(7)).toMatchObject({ says: "silent", score: 0 });
  });

  test("peaks that come at another frequency each time are chance", () => {
    expect(rasterCue(track(8, (index) => ({ ...unsteady(index), raster: 11 }))).says).toBe("silent");
  });

  test("a small face, looked for in one block, has higher peaks by chance", () => {
    const oneBlock = { ...steady, rasterBlocks: 1 };
    expect(rasterCue(track(8, () => ({ ...oneBlock, raster: 11 }))).says).toBe("silent");
    expect(rasterCue(track(8, () => ({ ...oneBlock, raster: 16 }))).says).toBe("attack");
  });

  test("moiré that wanders counts, but not on a face so small that it was enlarged", () => {
    const wandering = () => ({ ...steady, raster: 5, drift: 11 });
    expect(rasterCue(track(8, wandering)).says).toBe("attack");
    expect(rasterCue(track(8, wandering, 30)).says).toBe("silent");
  });

  test("what changed since a look long before is no wandering raster: the head has turned", () => {
    const wandering = track(8, () => ({ ...steady, raster: 5, drift: 11 }));
    const apart = (step: number) =>
      wandering.map((sample, look) => ({ ...sample, at: instant(look * step) }));
    expect(rasterCue(apart(350)).says).toBe("attack");
    expect(rasterCue(apart(400))).toMatchObject({ says: "silent", score: 0 });
  });

  test("bands that roll from row to row count; light that changes all over does not", () => {
    const lit = (rowBeat: number, columnBeat: number) =>
      rasterCue(track(8, () => ({ ...steady, raster: 5, rowBeat, columnBeat })));
    expect(lit(0.03, 0.004).says).toBe("attack");
    expect(lit(0.03, 0.02).says).toBe("silent");
    expect(lit(0.003, 0.0001).says).toBe("silent");
  });

  test("one strange frame among ordinary ones says nothing, nor do too few", () => {
    const once = track(9, (index) => ({ ...steady, raster: index === 4 ? 30 : 5 }));
    expect(rasterCue(once).says).toBe("silent");
    expect(rasterCue(track(4, () => ({ ...steady, raster: 30 }))).says).toBe("silent");
  });
});

describe("T15: surround", () => {
  const cue = (carriedBlocks: number, stillBlocks: number, count = 5) =>
    surroundCue(track(count, () => ({ carriedBlocks, stillBlocks, faceMoved: 6 })));

  test("what moves with the face is a sheet, even where half of the room stays in view", () => {
    expect(cue(20, 0).score).toBeLessThan(-0.9);
    expect(cue(12, 12).says).toBe("attack");
  });

  test("a still room, a bystander, and a face that hardly moved are none", () => {
    expect(cue(0, 30).says).toBe("silent");
    expect(cue(2, 90).says).toBe("silent");
    expect(cue(20, 0, 1).says).toBe("silent");
    expect(surroundCue(track(8, () => ({}))).figures).toEqual({});
  });

  test("a single burst of it is a coincidence", () => {
    const burst = track(8, (index) => ({ carriedBlocks: index === 3 ? 60 : 0, stillBlocks: 5 }));
    expect(surroundCue(burst).says).toBe("silent");
  });
});

describe("reflection", () => {
  const plain = { highlights: 0, chroma: 15, skinRed: 0.42, skinBlue: 0.26, chromaSpread: 0.03 };
  const cue = (pixels: PixelMeasures) => reflectionCue(track(8, () => ({ ...plain, ...pixels })));

  test("skin in colour is nothing to remark, nor is a grey camera's", () => {
    expect(cue({}).says).toBe("silent");
    expect(cue({ chroma: 0.5, skinRed: 0.333, skinBlue: 0.333, chromaSpread: 0.001 }).says).toBe("silent");
  });

  test("a grey face in a coloured picture is a hint, never sure by itself", () => {
    const grey = cue({ skinRed: 0.334, skinBlue: 0.332, chromaSpread: 0.004 });
    expect(grey.says).toBe("attack");
    expect(grey.score).toBeGreaterThan(-0.6);
  });

  test("a lamp's reflection in glass is a hint, never sure by itself", () => {
    expect(cue({ highlights: 0.3 }).score).toBeCloseTo(-0.55, 6);
    expect(cue({ highlights: 0.004 }).says).toBe("silent");
  });
});

describe("T16: infrared", () => {
  const person = { infraredLight: 130, infraredScene: 90, infraredContrast: 0.25, infraredEyes: 0.2 };
  const cue = (pixels: PixelMeasures) => infraredCue(track(5, () => ({ ...person, ...pixels })));

  test("without a pair it is silent", () => {
    expect(infraredCue(track(5, () => ({})))).toMatchObject({ says: "silent", figures: {} });
  });

  test("a person shows relief and dark eyes", () => expect(cue({}).says).toBe("live"));

  test("a screen is dark in a lit room, and paper is even", () => {
    expect(cue({ infraredLight: 10 }).score).toBeLessThan(-0.9);
    expect(cue({ infraredContrast: 0.03 }).score).toBeLessThan(-0.9);
  });

  test("with its lamp out, or covered, it says nothing", () => {
    expect(cue({ infraredLight: 4, infraredScene: 6 }).says).toBe("silent");
  });
});

test("T22: no measure, however absurd, makes a pixel cue say live wrongly or give a score out of bounds", () => {
  const names = ["raster", "rasterBlocks", "drift", "rowBeat", "columnBeat", "carriedBlocks", "stillBlocks"];
  const colours = [
    "highlights",
    "chroma",
    "skinRed",
    "skinBlue",
    "chromaSpread",
    "rasterAcross",
    "rasterDown",
  ];
  const measures = fc.dictionary(fc.constantFrom(...names, ...colours), fc.double());
  fc.assert(
    fc.property(fc.array(measures, { maxLength: 12 }), (all) => {
      const samples = track(all.length, (index) => all[index] ?? {});
      for (const cue of [rasterCue, surroundCue, reflectionCue]) {
        const { says, score } = cue(samples);
        expect(says).not.toBe("live");
        expect(score).toBeLessThanOrEqual(0);
        expect(score).toBeGreaterThanOrEqual(-1);
      }
    }),
  );
});

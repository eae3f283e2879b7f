import { describe, expect, test } from "vitest";
import type { Box, DetectedFace, Picture } from "../../../ports/face-engine.ts";
import type { Nets } from "./nets.ts";
import { RecipeEngine } from "./recipe-engine.ts";

const picture: Picture = { width: 640, height: 360, rgb: new Uint8Array(640 * 360 * 3) };
const faceAt = (x: number, confidence = 0.9): DetectedFace => ({
  confidence,
  box: { x, y: 50, width: 80, height: 80 },
});
/** A face as the landmark net of a calm day draws it. */
const landmarks = Array.from({ length: 68 }, (_, index) => ({
  x: 40 + 3 * (index % 10),
  y: 40 + 4 * Math.floor(index / 10),
}));

/** Nets that find nobody and describe everybody alike, but for what a test makes different. */
async function engineWith(different: Partial<Nets>): Promise<{ engine: RecipeEngine; asked: string[] }> {
  const asked: string[] = [];
  const nets: Nets = {
    findThoroughly: async () => [],
    findQuickly: async () => [],
    landmarks: async (chips) => chips.map(() => landmarks),
    describe: async (chips) => chips.map(() => new Float32Array(128).fill(0.1)),
    dispose: () => {},
    ...different,
  };
  const engine = await RecipeEngine.start({ id: "m", hash: "h", dimensions: 128 }, "scripted", {
    ...nets,
    findThoroughly: (seen, confidence) => {
      asked.push("thoroughly");
      return nets.findThoroughly(seen, confidence);
    },
    findQuickly: (seen, size, confidence) => {
      asked.push(`${size} of ${seen.width}×${seen.height}`);
      return nets.findQuickly(seen, size, confidence);
    },
  });
  asked.length = 0;
  return { engine, asked };
}

describe("what is searched, and with what", () => {
  test("a glance asks the cheap detector only; a quick look asks the other where that finds nobody", async () => {
    const { engine, asked } = await engineWith({ findThoroughly: async () => [faceAt(10)] });
    expect(await engine.detect(picture, "glance")).toEqual([]);
    expect(asked).not.toContain("thoroughly");
    expect(await engine.detect(picture, "quick")).toEqual([faceAt(10)]);
    expect(asked.at(-1)).toBe("thoroughly");
  });

  test("doubtful faces count only where none is sure", async () => {
    const { engine } = await engineWith({ findThoroughly: async () => [faceAt(10, 0.35), faceAt(300, 0.6)] });
    expect(await engine.detect(picture, "quick")).toEqual([faceAt(300, 0.6)]);
    const doubtful = await engineWith({ findThoroughly: async () => [faceAt(10, 0.35)] });
    expect(await doubtful.engine.detect(picture, "quick")).toEqual([faceAt(10, 0.35)]);
  });

  test("near where the face was, its surroundings come first, and are all where it is there", async () => {
    const { engine, asked } = await engineWith({ findQuickly: async () => [faceAt(20)] });
    const near: Box = { x: 300, y: 100, width: 80, height: 90 };
    const [found] = await engine.detect(picture, "quick", near);
    // 2.5 × 90 around (340, 145): from (228, 33) on; the face lies at (20, 50) of that.
    expect(asked).toEqual(["160 of 225×225"]);
    expect(found?.box).toEqual({ x: 248, y: 83, width: 80, height: 80 });
  });

  test.each([
    ["where it is gone", { x: 300, y: 100, width: 80, height: 90 }, 1],
    ["outside the picture", { x: 900, y: 900, width: 80, height: 90 }, 0],
    ["that is no place", { x: Number.NaN, y: 0, width: 0, height: 0 }, 0],
  ])("near %s the whole picture is searched", async (_, near, looksNear) => {
    const { engine, asked } = await engineWith({});
    await engine.detect(picture, "quick");
    const whole = asked.splice(0);
    expect(await engine.detect(picture, "quick", near)).toEqual([]);
    expect(asked.slice(looksNear)).toEqual(whole);
  });

  test("a net's fault is nobody's absence: it goes on up", async () => {
    const { engine } = await engineWith({
      findThoroughly: () => Promise.reject(new Error("the net gave something that is not a number")),
    });
    await expect(engine.detect(picture, "quick")).rejects.toThrow("not a number");
  });
});

describe("whom a thorough look finds, and how a face is described", () => {
  test("what the cheap detector is sure of and the thorough one has not seen is added", async () => {
    const { engine, asked } = await engineWith({
      findThoroughly: async () => [faceAt(10)],
      findQuickly: async () => [faceAt(20), faceAt(300)],
    });
    expect(await engine.detect(picture, "thorough")).toEqual([faceAt(10), faceAt(300)]);
    expect(asked).toEqual(["thoroughly", "416 of 640×360"]);
  });

  test("the mean over two cuts and their mirror images, of unit length", async () => {
    const seen: number[][] = [];
    const { engine } = await engineWith({
      describe: async (chips) => {
        seen.push(chips.map(({ size }) => size));
        return chips.map((_, index) => new Float32Array(128).fill(0, 1).fill(index + 1, index, index + 1));
      },
    });
    const face = await engine.describe(picture, faceAt(10));
    expect(seen.at(-1)).toEqual([150, 150, 150, 150]);
    const length = Math.hypot(1, 2, 3, 4);
    expect([...(face?.descriptor ?? [])].slice(0, 5).map((value) => value * length)).toEqual([
      expect.closeTo(1, 5),
      expect.closeTo(2, 5),
      expect.closeTo(3, 5),
      expect.closeTo(4, 5),
      0,
    ]);
  });
});

describe("what cannot be described", () => {
  const nan = { x: Number.NaN, y: Number.NaN };
  test.each([
    [
      "landmarks that are no numbers",
      { landmarks: async (chips) => chips.map(() => landmarks.map(() => nan)) },
    ],
    [
      "landmarks all in one place",
      { landmarks: async (chips) => chips.map(() => landmarks.map(() => ({ x: 5, y: 5 }))) },
    ],
    [
      "a descriptor with a number that is none",
      { describe: async (chips) => chips.map(() => new Float32Array(128).fill(0.1).fill(Number.NaN, 7, 8)) },
    ],
    [
      "a descriptor without end",
      { describe: async (chips) => chips.map(() => new Float32Array(128).fill(Number.POSITIVE_INFINITY)) },
    ],
    [
      "a descriptor of nothing but zeros",
      { describe: async (chips) => chips.map(() => new Float32Array(128)) },
    ],
  ] satisfies readonly (readonly [string, Partial<Nets>])[])(
    "%s: no face to compare",
    async (_, different) => {
      const sound = await engineWith({});
      expect(await sound.engine.describe(picture, faceAt(10))).toBeDefined();
      const { engine } = await engineWith(different);
      expect(await engine.describe(picture, faceAt(10))).toBeUndefined();
    },
  );

  test.each([
    ["of no size", { x: 10, y: 10, width: 0, height: 0 }],
    ["of negative size", { x: 10, y: 10, width: -5, height: 20 }],
    ["that is not a number", { x: 10, y: 10, width: Number.NaN, height: 20 }],
  ])("a box %s", async (_, box) => {
    const { engine } = await engineWith({});
    expect(await engine.describe(picture, { confidence: 1, box })).toBeUndefined();
  });
});

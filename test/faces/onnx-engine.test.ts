import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { shrinkBy } from "../../src/drivers/face-nets/recipe/chip.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Box, FaceEngine, Picture } from "../../src/ports/face-engine.ts";

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);

let engine: FaceEngine;
let group: Picture;
beforeAll(async () => {
  engine = await openFaceEngine({ backend: "onnx" });
  group = await decodePicture(await readFile(join(samples, "sample6.jpg")));
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

const grey = (width: number, height: number): Picture => ({
  width,
  height,
  rgb: new Uint8Array(width * height * 3).fill(128),
});

describe("finding", () => {
  test("the four people of a group picture, largest first, and more than one is said of each effort", async () => {
    for (const effort of ["thorough", "quick", "glance"] as const) {
      const areas = (await engine.detect(group, effort)).map(({ box }) => box.width * box.height);
      expect(areas).toEqual(areas.toSorted((one, other) => other - one));
      expect(areas.length).toBeGreaterThanOrEqual(effort === "thorough" ? 4 : 2);
    }
  });

  test("a face is found again where it was", async () => {
    for (const face of await engine.detect(group, "thorough")) {
      const { box } = face;
      const moved = { ...box, x: box.x + box.width * 0.15, y: box.y - box.height * 0.1 };
      const [found] = await engine.detect(group, "quick", moved);
      // The two detectors draw the box differently: the tiny one leaves out the forehead.
      expect(found && overlap(found.box, box)).toBeGreaterThan(0.4);
    }
  });

  test("where nobody is any more, the whole picture is searched", async () => {
    const nowhere = { x: 5, y: 5, width: 60, height: 60 };
    expect(await engine.detect(group, "quick", nowhere)).toEqual(await engine.detect(group, "quick"));
    const beyond = { x: -900, y: Number.NaN, width: 0, height: 0 };
    expect(await engine.detect(group, "quick", beyond)).toEqual(await engine.detect(group, "quick"));
  });

  test.each(["glance", "quick", "thorough"] as const)(
    "%s: no face in an even grey picture, in 1×1, in a strip",
    async (effort) => {
      for (const picture of [grey(640, 360), grey(1, 1), grey(640, 3), grey(17, 3000)]) {
        expect(await engine.detect(picture, effort)).toEqual([]);
      }
    },
  );

  test("a picture of 49 megapixels is searched, one of 8000×8000 or of the wrong length is refused", async () => {
    expect(await engine.detect(grey(7000, 7000), "quick")).toEqual([]);
    await expect(engine.detect(grey(8000, 8000), "quick")).rejects.toThrow(/50 megapixels/);
    for (const wrong of [
      { ...grey(64, 64), width: 65 },
      { ...grey(64, 64), rgb: new Uint8Array(0) },
    ]) {
      await expect(engine.detect(wrong, "quick")).rejects.toThrow(/bytes instead of/);
      const face = { confidence: 1, box: { x: 0, y: 0, width: 20, height: 20 } };
      await expect(engine.describe(wrong, face)).rejects.toThrow(/bytes instead of/);
    }
  });
});

describe("describing", () => {
  test("every face of a group picture, each a person of its own", async () => {
    const descriptors: Float32Array[] = [];
    for (const face of await engine.detect(group, "thorough")) {
      const described = await engine.describe(group, face);
      if (described === undefined) throw new Error("every face of this picture can be described");
      expect(described.landmarks).toHaveLength(68);
      expect(Math.hypot(...described.descriptor)).toBeCloseTo(1, 4);
      descriptors.push(described.descriptor);
    }
    for (const [index, one] of descriptors.entries()) {
      for (const other of descriptors.slice(index + 1)) {
        const dot = one.reduce((sum, value, at) => sum + value * (other[at] ?? Number.NaN), 0);
        expect(1 - dot).toBeGreaterThan(0.06);
      }
    }
  });

  test.each([
    ["of no size", { x: 100, y: 100, width: 0, height: 0 }],
    ["of negative size", { x: 100, y: 100, width: -50, height: -50 }],
    ["that is not a number", { x: Number.NaN, y: 100, width: 50, height: 50 }],
    ["without end", { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 50 }],
  ])("a box %s gives no descriptor", async (_, box) => {
    expect(await engine.describe(group, { confidence: 1, box })).toBeUndefined();
  });

  test("a box in the middle of nowhere gives undefined or figures, never a throw", async () => {
    const face = { confidence: 1, box: { x: -900, y: -900, width: 10, height: 10 } };
    for (const picture of [grey(64, 64), grey(1, 1)]) {
      const described = await engine.describe(picture, face);
      if (described !== undefined) expect(described.quality.contrast).toBeLessThan(1);
    }
  });

  test("forty more runs take no more memory in the end than in the beginning", async () => {
    const small = shrinkBy(group, 3);
    const [face] = await engine.detect(small, "quick");
    if (face === undefined) throw new Error("there are faces in this picture");
    const run = async (times: number): Promise<number> => {
      for (let count = 0; count < times; count += 1) await engine.describe(small, face);
      return process.memoryUsage().rss;
    };
    const before = await run(15);
    // Each leaves a megabyte of numbers to the garbage collector.
    expect((await run(40)) - before).toBeLessThan(30e6);
  });
});

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (one.width * one.height + other.width * other.height - shared);
}

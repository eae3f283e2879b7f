import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type * as Tensors from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cosineDistance } from "../../src/domain/biometric/descriptor.ts";
import { packagedModels, shippedManifest } from "../../src/drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { FaceEngine, Picture } from "../../src/ports/face-engine.ts";

const require = createRequire(import.meta.url);
const samples = join(dirname(require.resolve("@vladmandic/face-api/package.json")), "demo");

let engine: FaceEngine;
let group: Picture;
beforeAll(async () => {
  engine = await openFaceEngine({ backend: "wasm" });
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

describe("finding and describing", () => {
  test("finds the four people of a group picture, largest first", async () => {
    const faces = await engine.detect(group, "thorough");
    expect(faces).toHaveLength(4);
    const areas = faces.map(({ box }) => box.width * box.height);
    expect(areas).toEqual(areas.toSorted((one, other) => other - one));
  });

  test("describes each of them upright: eyes above the mouth, unit length, clearly different people", async () => {
    const described = [];
    for (const face of await engine.detect(group, "thorough"))
      described.push(await engine.describe(group, face));
    for (const face of described) {
      if (face === undefined) throw new Error("every face of this picture can be described");
      expect(face.landmarks).toHaveLength(68);
      expect(Math.hypot(...face.descriptor)).toBeCloseTo(1, 4);
      expect(face.descriptor).toHaveLength(engine.model.dimensions);
      expect(face.quality.eyeDistance).toBeGreaterThan(60);
      expect(face.landmarks[36]?.y).toBeLessThan(face.landmarks[57]?.y ?? 0);
    }
    for (const [index, one] of described.entries()) {
      for (const other of described.slice(index + 1)) {
        if (one === undefined || other === undefined) continue;
        const distance = cosineDistance(
          { model: "m", values: one.descriptor },
          { model: "m", values: other.descriptor },
        );
        expect(distance).toBeGreaterThan(0.07);
      }
    }
  });

  test("the two-pass chip holds still however the box was drawn", async () => {
    const [face] = await engine.detect(group, "thorough");
    if (face === undefined) throw new Error("there are faces in this picture");
    const { box } = face;
    const loose = {
      x: box.x - box.width * 0.1,
      y: box.y - box.height * 0.08,
      width: box.width * 1.2,
      height: box.height * 1.15,
    };
    const one = await engine.describe(group, face);
    const other = await engine.describe(group, { ...face, box: loose });
    if (one === undefined || other === undefined) throw new Error("this face can be described");
    expect(
      cosineDistance({ model: "m", values: one.descriptor }, { model: "m", values: other.descriptor }),
    ).toBeLessThan(0.012);
  });

  test.each(["quick", "thorough"] as const)(
    "%s: no face in an even grey picture, in 1×1, in a strip",
    async (effort) => {
      for (const picture of [grey(640, 360), grey(1, 1), grey(640, 3)]) {
        expect(await engine.detect(picture, effort)).toEqual([]);
      }
    },
  );

  test("a box in the middle of nowhere gives undefined or figures, never a throw", async () => {
    const face = { confidence: 1, box: { x: -900, y: -900, width: 10, height: 10 } };
    const described = await engine.describe(grey(64, 64), face);
    if (described !== undefined) expect(described.quality.contrast).toBeLessThan(1);
  });

  test("a picture of 49 megapixels is searched, one over 50 or of the wrong length is refused", async () => {
    expect(await engine.detect(grey(7000, 7000), "quick")).toEqual([]);
    await expect(engine.detect(grey(8000, 8000), "quick")).rejects.toThrow(/50 megapixels/);
    await expect(engine.detect({ ...grey(64, 64), width: 65 }, "quick")).rejects.toThrow(/bytes instead of/);
  }, 60_000);

  test("50 runs leave no tensor behind", async () => {
    const tf = require("@tensorflow/tfjs") as Pick<typeof Tensors, "memory">;
    const once = async (run: number): Promise<void> => {
      for (const face of (await engine.detect(group, "quick")).slice(0, 1))
        await engine.describe(group, face);
      if (run % 10 === 0) await engine.detect(grey(64, 64), "thorough"); // every detector, and nothing found
    };
    await once(0);
    const before = tf.memory();
    for (let run = 1; run <= 50; run += 1) await once(run);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
  }, 60_000);
});

describe("starting", () => {
  test("says what computes, and with which weights", () => {
    expect(engine.backend).toBe("wasm");
    expect(engine.model.id).toBe("face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror");
    expect(engine.model.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a weights file that is not the calibrated one is refused, with its name and both hashes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vestibule-models-"));
    try {
      await cp(packagedModels(), folder, { recursive: true });
      const file = join(folder, "face_recognition_model.bin");
      const bytes = await readFile(file);
      bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      await writeFile(file, bytes);
      await expect(openFaceEngine({ backend: "wasm", models: folder })).rejects.toThrow(
        /face_recognition_model\.bin .*expected SHA-256 b413e420[0-9a-f]+, found [0-9a-f]{64}/,
      );
      await rm(file);
      await expect(openFaceEngine({ backend: "wasm", models: folder })).rejects.toThrow(
        /face_recognition_model\.bin cannot be read/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("a manifest with a mistake is refused, naming the place", async () => {
    const folder = await mkdtemp(join(tmpdir(), "vestibule-manifest-"));
    try {
      const manifest = join(folder, "manifest.json");
      const text = await readFile(shippedManifest, "utf8");
      await writeFile(manifest, text.replace('"comparison": "cosine distance"', '"comparison": "cosine"'));
      await expect(openFaceEngine({ backend: "wasm", manifest })).rejects.toThrow(/descriptor\.comparison/);
      await writeFile(manifest, "{");
      await expect(openFaceEngine({ backend: "wasm", manifest })).rejects.toThrow(
        /manifest\.json: cannot be read as JSON/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("tfjs-node asked for and not loading is a clear error", async () => {
    const native = await openFaceEngine({ backend: "tfjs-node" }).catch((cause: unknown) => cause);
    if (native instanceof Error) {
      expect(native.message).toMatch(
        /tfjs-node was asked for and cannot be used: .+ does not load: .+; install @tensorflow\/tfjs-node/,
      );
    } else {
      await using chosen = native as FaceEngine; // what is no error is the engine
      expect(chosen.backend).toBe("tfjs-node");
    }
  });
});

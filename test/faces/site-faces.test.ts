import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSiteFaces } from "../../src/composition/site-faces.ts";
import { faceSchema } from "../../src/config/face-schema.ts";
import { cosineDistance } from "../../src/domain/biometric/descriptor.ts";
import { convertedModels } from "../../src/drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { keepAcceptance } from "../../src/drivers/face-nets/recogniser/accepted-licences.ts";
import { Recogniser } from "../../src/drivers/face-nets/recogniser/recogniser.ts";
import {
  licenceHash,
  readRecogniserManifest,
} from "../../src/drivers/face-nets/recogniser/recogniser-manifest.ts";
import { RecognisingEngine } from "../../src/drivers/face-nets/recogniser/recognising-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { FaceModel, Picture } from "../../src/ports/face-engine.ts";
import { calibratedRecogniser } from "../support/calibrated-recogniser.ts";

const samples = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);
let picture: Picture;
let shipped: FaceModel;
let data: string;
let spare: Awaited<ReturnType<typeof calibrated>>;
const put: AsyncDisposable[] = [];

beforeAll(async () => {
  picture = await decodePicture(readFileSync(join(samples, "sample1.jpg")));
  await using engine = await openFaceEngine();
  shipped = engine.model;
  data = mkdtempSync(join(tmpdir(), "vestibule-data-"));
  spare = await calibrated({ id: "spare" });
});
afterEach(async () => {
  for (const one of put.splice(0)) await one[Symbol.asyncDispose]();
});
afterAll(async () => {
  await spare[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
});

const calibrated = (changes: Parameters<typeof calibratedRecogniser>[1] = {}) =>
  calibratedRecogniser(shipped, changes);
const given = async (...args: Parameters<typeof calibrated>) => {
  const one = await calibrated(...args);
  put.push(one);
  return one;
};
const open = (face: object) => openSiteFaces(faceSchema.parse(face), data);

describe("a site's own recogniser", () => {
  test("describes real faces by its own id, with its own thresholds as cosine distances", async () => {
    const { path, accepted } = await given();
    const { engine, thresholds, fallback } = await open({
      recogniser: path,
      recogniserLicenceAccepted: accepted,
    });
    await using _ = engine;
    expect(fallback).toBeUndefined();
    expect(thresholds?.single).toBeCloseTo(0.08, 12);
    expect(thresholds?.fused).toBeCloseTo(0.045, 12);
    expect(engine.model.id).toMatch(/^random-projection\/[0-9a-f]{12}$/);
    const [face] = await engine.detect(picture, "thorough");
    if (face === undefined) throw new Error("there is a face in this picture");
    const described = await engine.describe(picture, face);
    expect(described?.descriptor).toHaveLength(64);
    expect(described?.second).toBeUndefined();
    expect(described?.quality.eyeDistance).toBeGreaterThan(10);
    expect(engine.timings().embed).toBeGreaterThan(0);
  });

  test("without an accepted licence is refused, with what to do; accepted on the box it is taken", async () => {
    const { path } = await given({
      licence: { name: "Strict", url: "https://example.org/l", commercial: false },
    });
    await expect(open({ recogniser: path })).rejects.toThrow(
      /licence "Strict" of recogniser random-projection has not been accepted.*vestibule face accept-licence/,
    );
    await expect(open({ recogniser: path, recogniserLicenceAccepted: "0".repeat(64) })).rejects.toThrow(
      /accepted/,
    );
    const hash = licenceHash(await readRecogniserManifest(path));
    const at = "2026-11-22T02:00:00.000Z";
    keepAcceptance(data, { recogniser: "x", licence: "Strict", hash, commercial: false, by: "anna", at });
    await using engine = (await open({ recogniser: path })).engine;
    expect(engine.model.dimensions).toBe(64);
    // Another wording is another licence.
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...manifest, licence: { ...manifest.licence, name: "Stricter" } }));
    await expect(open({ recogniser: path })).rejects.toThrow(/has not been accepted/);
  });

  test("with a changed file there is no engine, or the shipped one where the site says so, and why", async () => {
    const { path, file, accepted } = await given();
    const bytes = readFileSync(file);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const face = { recogniser: path, recogniserLicenceAccepted: accepted };
    await expect(open(face)).rejects.toThrow(
      new RegExp(`expected SHA-256 [0-9a-f]{64}, found ${createHash("sha256").update(bytes).digest("hex")}`),
    );
    const { engine, thresholds, fallback } = await open({ ...face, recogniserFallback: "shipped" });
    await using _ = engine;
    expect(engine.model).toEqual(shipped);
    expect(thresholds).toBeUndefined();
    expect(fallback).toMatch(/expected SHA-256/);
    expect(engine.passedOver?.at(-1)).toMatchObject({ backend: path, reason: fallback });
  });

  test("without thresholds for the site's false match rate, or with another net's, it compares nobody", async () => {
    const { path, accepted } = await given();
    const face = { recogniser: path, recogniserLicenceAccepted: accepted };
    await expect(open({ ...face, fmr: "1e-5" })).rejects.toThrow(
      /no threshold for a false match rate of 1e-5/,
    );
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...manifest, mirror: true }));
    await expect(open(face)).rejects.toThrow(/has changed since it was calibrated/);
  });
});

test("the shipped net, put in by a manifest of its own, describes as it does from within", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-own-"));
  try {
    const bytes = readFileSync(join(convertedModels, "face_recognition.onnx"));
    writeFileSync(join(folder, "net.onnx"), bytes);
    const manifest = {
      schema: 1,
      id: "own",
      file: "net.onnx",
      sha256: createHash("sha256").update(bytes).digest("hex"),
      licence: {
        name: "CC0-1.0",
        url: "https://creativecommons.org/publicdomain/zero/1.0/",
        commercial: true,
      },
      input: { size: 150, colour: "rgb", layout: "nchw", mean: 0, std: 1 },
      crop: "dlib-150",
      mirror: true,
      output: { name: "descriptors", dimensions: 128 },
      distance: "cosine",
    };
    writeFileSync(join(folder, "own.json"), JSON.stringify(manifest));
    const within = await openFaceEngine();
    const main = await Recogniser.open(join(folder, "own.json"), shipped);
    await using engine = new RecognisingEngine(within, { main });
    for (const face of (await engine.detect(picture, "thorough")).slice(0, 3)) {
      const [own, one] = [await engine.describe(picture, face), await within.describe(picture, face)];
      const values = (described: typeof own) => ({
        model: "m",
        values: described?.descriptor ?? new Float32Array(),
      });
      // The shipped recipe may average over more than one cut; this is one.
      expect(cosineDistance(values(own), values(one))).toBeLessThan(0.012);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("a second recogniser's vote", () => {
  test("each face carries both descriptors", async () => {
    const { path, accepted } = await given();
    const { engine, vote, thresholds } = await open({ vote: path, voteLicenceAccepted: accepted });
    await using _ = engine;
    expect(thresholds).toBeUndefined();
    expect(vote).toMatchObject({ fused: expect.closeTo(0.045, 9) });
    expect(engine.model).toEqual(shipped);
    const [face] = await engine.detect(picture, "quick");
    const described = face && (await engine.describe(picture, face));
    expect(described?.descriptor).toHaveLength(128);
    expect(described?.second).toMatchObject({ model: engine.second?.id });
    expect(described?.second?.values).toHaveLength(64);
  });

  test("the shipped net may vote; the same one twice may not", async () => {
    const { path, accepted } = await given();
    const main = { recogniser: path, recogniserLicenceAccepted: accepted };
    const { engine, vote } = await open({ ...main, vote: "shipped" });
    await using _ = engine;
    expect(vote).toBe("shipped");
    expect(engine.second).toEqual(shipped);
    await expect(open({ ...main, vote: path, voteLicenceAccepted: accepted })).rejects.toThrow(
      /needs another one/,
    );
    await expect(open({ vote: "shipped" })).rejects.toThrow(/needs another one/);
  });

  test("a vote that cannot be had is never left out, whatever the fallback says", async () => {
    const main = { recogniser: spare.path, recogniserLicenceAccepted: spare.accepted };
    const { path, file, accepted } = await given();
    writeFileSync(file, "");
    const face = { ...main, vote: path, voteLicenceAccepted: accepted, recogniserFallback: "shipped" };
    await expect(open(face)).rejects.toThrow(/expected SHA-256/);
  });
});

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build, ConversionError, unbuilt } from "../../scripts/models/build.ts";
import {
  convertedModels,
  packagedModels,
  readManifest,
  verifyModels,
} from "../../src/drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-onnx-"));
});
afterEach(() => rm(folder, { recursive: true }));

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const root = fileURLToPath(new URL("../..", import.meta.url));

/** One byte of the weights, in the middle of the file. */
async function changeOneByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

describe("a converted net that is not the one in the manifest", () => {
  const file = "face_recognition.onnx";
  const damages: readonly (readonly [string, (path: string) => Promise<void>, RegExp])[] = [
    ["changed in one byte", changeOneByte, /expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}/],
    ["cut short", (path) => truncate(path, 1000), /expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}/],
    [
      "replaced by another net",
      (path) => cp(join(convertedModels, "tiny_face_detector.onnx"), path),
      /expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}/,
    ],
    ["empty", (path) => truncate(path, 0), /found e3b0c442/],
    ["missing", (path) => rm(path), /cannot be read: ENOENT/],
  ];

  test.each(damages)("%s: refused with its name, and built anew", async (_, damage, message) => {
    await cp(convertedModels, folder, { recursive: true });
    await damage(join(folder, file));
    const refused = openFaceEngine({ backend: "onnx", converted: folder });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(file);

    const manifest = await readManifest();
    const missing = await unbuilt(manifest, folder);
    expect(missing.map(({ converted }) => converted.file)).toEqual([file]);
    await build(await verifyModels(manifest, packagedModels()), missing, folder);
    expect(await unbuilt(manifest, folder)).toEqual([]);
    // No half-written file is left beside it.
    expect((await readdir(folder)).toSorted()).toEqual((await readdir(convertedModels)).toSorted());
  });

  test("with any engine allowed, the next one computes, and says why", async () => {
    await cp(convertedModels, folder, { recursive: true });
    await changeOneByte(join(folder, file));
    await using engine = await openFaceEngine({ converted: folder });
    expect(["tfjs-node", "wasm"]).toContain(engine.backend);
    expect(engine.passedOver?.[0]).toEqual({
      backend: "onnx",
      reason: expect.stringMatching(/face_recognition\.onnx .*expected SHA-256/),
    });
  });

  test("weights in the package that are not the calibrated ones: no engine at all", async () => {
    await cp(packagedModels(), folder, { recursive: true });
    await changeOneByte(join(folder, "tiny_face_detector_model.bin"));
    await expect(openFaceEngine({ models: folder })).rejects.toThrow(
      /tiny_face_detector_model\.bin .*expected SHA-256 b7503ce7[0-9a-f]+, found [0-9a-f]{64}/,
    );
  });
});

test("an engine that fails its self-test is not taken; where all do, none is, and each says what it gave", async () => {
  const manifest = await readManifest();
  const [confidence = 0, ...box] = manifest.selfTest.tinyFaceDetector;
  const path = join(folder, "manifest.json");
  const selfTest = { ...manifest.selfTest, tinyFaceDetector: [confidence + 0.01, ...box] };
  await writeFile(path, JSON.stringify({ ...manifest, selfTest }));
  await expect(openFaceEngine({ backend: "onnx", manifest: path })).rejects.toThrow(
    /face backend onnx was asked for and cannot be used: self-test: tinyFaceDetector gave 0\.76\d+ where 0\.77\d+ is right/,
  );
  await expect(openFaceEngine({ manifest: path })).rejects.toThrow(
    /nothing here computes .*onnx: self-test: tiny.*; tfjs-node: .*; wasm: self-test: tiny/,
  );
});

describe("building", () => {
  test("gives the files of the manifest, byte for byte, whoever builds and when", async () => {
    const manifest = await readManifest();
    await build(await verifyModels(manifest, packagedModels()), manifest.nets, folder);
    for (const { converted } of manifest.nets) {
      const bytes = await readFile(join(folder, converted.file));
      expect([bytes.length, sha256(bytes)]).toEqual([converted.bytes, converted.sha256]);
    }
  });

  test("where something else comes out, nothing is written and it says what to do", async () => {
    const manifest = await readManifest();
    const [net] = manifest.nets;
    if (net === undefined) throw new Error("there are nets");
    const other = { ...net, converted: { ...net.converted, sha256: "0".repeat(64) } };
    const built = build(await verifyModels(manifest, packagedModels()), [other], folder);
    await expect(built).rejects.toThrow(ConversionError);
    await expect(built).rejects.toThrow(
      /gives SHA-256 [0-9a-f]{64}, models\/manifest\.json says 0{64}.*--accept/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

test("ONNX Runtime is taken before the others, and TensorFlow.js is then not even loaded", async () => {
  const script = `
    import { Module } from "node:module";
    import { openFaceEngine } from "./src/drivers/face-nets/open-face-engine.ts";
    const engine = await openFaceEngine();
    const loaded = Object.keys(Module._cache).filter((path) => path.includes("@tensorflow"));
    console.log(JSON.stringify({ backend: engine.backend, passedOver: engine.passedOver, loaded }));
  `;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", script],
    { cwd: root },
  );
  expect(JSON.parse(stdout)).toEqual({ backend: "onnx", passedOver: [], loaded: [] });
});

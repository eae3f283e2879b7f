import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FaceModel, Picture, Point } from "../../../ports/face-engine.ts";
import { ModelError } from "../model-manifest.ts";
import { type Chip, cutChip, mirrored } from "../recipe/chip.ts";
import { cropToPicture } from "./crop.ts";
import { type Embedder, openEmbedder } from "./embedder.ts";
import { requireSelfContained } from "./onnx-file.ts";
import { messageOf, type RecogniserManifest, readRecogniserManifest } from "./recogniser-manifest.ts";

/** Nets for recognising faces have 1 to 250 MB. */
const largestFile = 512 * 1024 * 1024;

/** Descriptors of two unlike inputs closer than this do not depend on the input. */
const leastSelfTestDistance = 1e-6;

/** A net somebody put in by a manifest: describes a face whose landmarks are known. */
export class Recogniser {
  /** The id changes whenever descriptors do, so that no template is compared with one made otherwise. */
  readonly model: FaceModel;
  readonly manifest: RecogniserManifest;
  readonly #embedder: Embedder;

  private constructor(model: FaceModel, manifest: RecogniserManifest, embedder: Embedder) {
    this.model = model;
    this.manifest = manifest;
    this.#embedder = embedder;
  }

  /** `landmarks`: whose landmarks its crops follow. Throws `ModelError`. */
  static async open(path: string, landmarks: FaceModel): Promise<Recogniser> {
    const manifest = await readRecogniserManifest(path);
    const file = join(dirname(path), manifest.file);
    const bytes = await readHashed(file, manifest.sha256);
    requireSelfContained(file, bytes);
    const embedder = await openEmbedder(file, bytes, manifest);
    const recogniser = new Recogniser(modelOf(manifest, landmarks), manifest, embedder);
    try {
      await recogniser.#selfTest(file);
      return recogniser;
    } catch (cause) {
      await embedder.dispose();
      if (cause instanceof ModelError) throw cause;
      throw new ModelError(`${file}: self-test: ${messageOf(cause)}`, { cause });
    }
  }

  /** Unit length; undefined where no crop can be cut, or the net's numbers are no direction. */
  async describe(picture: Picture, landmarks: readonly Point[]): Promise<Float32Array | undefined> {
    const { input, crop } = this.manifest;
    const toPicture = cropToPicture(landmarks, crop, input.size);
    if (toPicture === undefined) return undefined;
    return await this.#descriptorOf(cutChip(picture, toPicture, input.size));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#embedder.dispose();
  }

  async #descriptorOf(chip: Chip): Promise<Float32Array | undefined> {
    const seen = await this.#embedder.embed(chip);
    if (!this.manifest.mirror) return unitLength(seen);
    const inMirror = await this.#embedder.embed(mirrored(chip));
    return unitLength(seen.map((value, index) => value + (inMirror[index] ?? Number.NaN)));
  }

  /** Finite, the same for the same, another for another. */
  async #selfTest(file: string): Promise<void> {
    const { size } = this.manifest.input;
    const [one, again, other] = [
      await this.#embedder.embed(pattern(size, 1)),
      await this.#embedder.embed(pattern(size, 1)),
      await this.#embedder.embed(pattern(size, 2)),
    ].map(unitLength);
    if (one === undefined || again === undefined || other === undefined)
      throw new ModelError(`${file}: self-test: the net's numbers are not finite, or all nought`);
    if (cosine(one, other) < leastSelfTestDistance)
      throw new ModelError(`${file}: self-test: two unlike pictures have the same descriptor`);
    if (cosine(one, again) > leastSelfTestDistance)
      throw new ModelError(`${file}: self-test: one picture has two descriptors`);
  }
}

/** Read once: the bytes that were hashed are the bytes that run. */
async function readHashed(file: string, expected: string): Promise<Buffer> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > largestFile) throw new Error(`${size} bytes, more than ${largestFile}`);
    bytes = await readFile(file);
  } catch (cause) {
    throw new ModelError(`recogniser's file ${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found === expected) return bytes;
  throw new ModelError(
    `recogniser's file ${file} is not the one of its manifest: expected SHA-256 ${expected}, found ${found}; put the right file there, or write a manifest for this one and calibrate it`,
  );
}

function modelOf(manifest: RecogniserManifest, landmarks: FaceModel): FaceModel {
  const { id, sha256, input, crop, mirror, output } = manifest;
  const hash = createHash("sha256")
    .update(JSON.stringify([id, sha256, input, crop, mirror, output, landmarks.id, landmarks.hash]))
    .digest("hex");
  return { id: `${id}/${hash.slice(0, 12)}`, hash, dimensions: output.dimensions };
}

function unitLength(values: Float32Array): Float32Array | undefined {
  const length = Math.hypot(...values);
  return length > 0 && Number.isFinite(length) ? values.map((value) => value / length) : undefined;
}

const cosine = (one: Float32Array, other: Float32Array): number =>
  1 - one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** Blotches of all colours, the same for the same seed: a net that sees them sees anything. */
function pattern(size: number, seed: number): Chip {
  const pixels = new Float32Array(size * size * 3);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const wave =
          Math.sin((row * (seed + channel)) / 9) + Math.cos((column * (seed * 2 + channel)) / 7 + seed);
        pixels[(row * size + column) * 3 + channel] = 127 + 60 * wave;
      }
    }
  }
  return { size, pixels };
}

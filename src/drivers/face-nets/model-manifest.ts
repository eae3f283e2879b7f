import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const netNames = ["ssdMobilenetv1", "tinyFaceDetector", "faceLandmark68", "faceRecognition"] as const;
export type NetName = (typeof netNames)[number];

const fileEntry = z.strictObject({
  file: z.string().regex(/^[a-z0-9_.-]+$/i, "must be a bare file name"),
  bytes: z.int().positive().max(64_000_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
});

const distance = z.number().positive().max(1);
const byFalseMatchRate = z.strictObject({ "1e-5": distance, "1e-4": distance, "1e-3": distance });

const schema = z.strictObject({
  schema: z.literal(1),
  source: z.strictObject({
    package: z.string(),
    version: z.string(),
    folder: z.string(),
    licence: z.string(),
  }),
  descriptor: z.strictObject({
    id: z.string().min(1),
    dimensions: z.int().positive().max(4096),
    comparison: z.literal("cosine distance"),
  }),
  nets: z.array(
    z.strictObject({
      name: z.enum(netNames),
      purpose: z.string(),
      inputSize: z.union([z.int().positive(), z.string()]),
      origin: z.string(),
      licence: z.string(),
      files: z.array(fileEntry).length(2),
      /** What `scripts/models.ts` makes of `files`: the same net for ONNX Runtime. */
      converted: fileEntry,
    }),
  ),
  /** What each net gives for the drawn face of `self-test.ts`. */
  selfTest: z.strictObject({
    ssdMobilenetv1: z.array(z.number()).length(5),
    tinyFaceDetector: z.array(z.number()).length(5),
    faceLandmark68: z.array(z.number()).length(16),
    faceRecognition: z.array(z.number()).length(9),
  }),
  thresholds: z.strictObject({
    single: byFalseMatchRate,
    fused: byFalseMatchRate,
    calibratedOn: z.array(z.looseObject({ set: z.string() })).optional(),
  }),
});

export type ModelManifest = z.infer<typeof schema>;

/** A net's weights as read and verified: what was hashed is what is used. */
export interface NetWeights {
  /** The quantised numbers. */
  readonly data: Buffer;
  /** Their names, shapes and quantisation, as TensorFlow.js writes them. */
  readonly layout: string;
}

export interface VerifiedModels {
  readonly manifest: ModelManifest;
  /** SHA-256 over name and SHA-256 of every weights file in use, in the manifest's order. */
  readonly hash: string;
  readonly weights: Readonly<Record<NetName, NetWeights>>;
}

/** The models on this disk cannot be used; says which file and what to do. */
export class ModelError extends Error {
  override readonly name = "ModelError";
}

export const shippedManifest = fileURLToPath(new URL("../../../models/manifest.json", import.meta.url));

/** Where the converted nets are built. */
export const convertedModels = fileURLToPath(new URL("../../../models/onnx", import.meta.url));

/** The folder with the weights inside the installed npm package. */
export function packagedModels(): string {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve("@vladmandic/face-api/package.json")), "model");
  } catch (cause) {
    throw new ModelError("the package @vladmandic/face-api is not installed; run npm install", { cause });
  }
}

export async function readManifest(path: string = shippedManifest): Promise<ModelManifest> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`${path}: cannot be read as JSON: ${messageOf(cause)}`, { cause });
  }
  const checked = schema.safeParse(parsed);
  if (!checked.success) throw new ModelError(`${path}: ${z.prettifyError(checked.error)}`);
  return checked.data;
}

/** Reads every weights file and compares it with the manifest; throws `ModelError` at the first that differs. */
export async function verifyModels(manifest: ModelManifest, folder: string): Promise<VerifiedModels> {
  const all = createHash("sha256");
  const weights = new Map<NetName, NetWeights>();
  for (const net of manifest.nets) {
    let data: Buffer | undefined;
    let layout: string | undefined;
    for (const entry of net.files) {
      const bytes = await readVerified(join(folder, entry.file), entry.sha256, reinstall);
      all.update(`${entry.file} ${entry.sha256}\n`);
      if (entry.file.endsWith(".json")) layout = bytes.toString("utf8");
      else data = bytes;
    }
    if (data === undefined || layout === undefined) {
      throw new ModelError(`models manifest: net ${net.name} needs one .bin and one .json file`);
    }
    weights.set(net.name, { data, layout });
  }
  const get = (name: NetName): NetWeights => {
    const found = weights.get(name);
    if (found === undefined) throw new ModelError(`models manifest: net ${name} is missing`);
    return found;
  };
  return {
    manifest,
    hash: all.digest("hex"),
    weights: {
      ssdMobilenetv1: get("ssdMobilenetv1"),
      tinyFaceDetector: get("tinyFaceDetector"),
      faceLandmark68: get("faceLandmark68"),
      faceRecognition: get("faceRecognition"),
    },
  };
}

/** Reads the converted nets and compares each with the manifest; throws `ModelError` at the first that differs. */
export async function readConverted(
  manifest: ModelManifest,
  folder: string,
): Promise<Readonly<Record<NetName, Buffer>>> {
  const read = async (name: NetName): Promise<Buffer> => {
    const net = manifest.nets.find((one) => one.name === name);
    if (net === undefined) throw new ModelError(`models manifest: net ${name} is missing`);
    return readVerified(join(folder, net.converted.file), net.converted.sha256, rebuild);
  };
  return {
    ssdMobilenetv1: await read("ssdMobilenetv1"),
    tinyFaceDetector: await read("tinyFaceDetector"),
    faceLandmark68: await read("faceLandmark68"),
    faceRecognition: await read("faceRecognition"),
  };
}

interface Remedy {
  readonly missing: string;
  readonly different: string;
}
const reinstall: Remedy = {
  missing: "run npm install",
  different: "reinstall the package or calibrate anew",
};
const rebuild: Remedy = {
  missing: "run scripts/start, which builds it, or install the program again",
  different: "run scripts/start, which builds it anew, or install the program again",
};

async function readVerified(path: string, expected: string, remedy: Remedy): Promise<Buffer> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new ModelError(`model file ${path} cannot be read: ${messageOf(cause)}; ${remedy.missing}`, {
      cause,
    });
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== expected) {
    throw new ModelError(
      `model file ${path} is not the one that was calibrated: expected SHA-256 ${expected}, found ${found}; ${remedy.different}`,
    );
  }
  return bytes;
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { ModelError } from "../model-manifest.ts";
import { cropNames } from "./crop.ts";

const largestManifest = 1_000_000;

/** One number for all channels, or one for each. */
const channelNumbers = z.union([z.number(), z.array(z.number()).length(3)]);
const place = z.tuple([z.number(), z.number()]);

const crop = z.union([
  z.enum(cropNames),
  z.strictObject({
    size: z.number().positive().describe("Width and height of the square the places are given in, pixels"),
    leftEye: place.describe("The eye on the left of the picture"),
    rightEye: place,
    noseTip: place,
    leftMouthCorner: place,
    rightMouthCorner: place,
  }),
]);

const licence = z
  .strictObject({
    name: z.string().min(1).max(200),
    text: z.string().min(1).max(200_000).optional().describe("The licence's whole text"),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Where it can be read"),
    commercial: z.boolean().describe("Whether it permits commercial use"),
  })
  .refine(({ text, url }) => text !== undefined || url !== undefined, "text or url is needed");

const threshold = z.number().positive().max(2);
/** What too few comparisons cannot carry is left out. */
const byFalseMatchRate = z.strictObject({
  "1e-3": threshold.optional(),
  "1e-4": threshold.optional(),
  "1e-5": threshold.optional(),
});

const interval = z.strictObject({
  low: z.number(),
  high: z.number(),
});

const calibration = z.strictObject({
  set: z.string().min(1),
  on: z.iso.date(),
  pictures: z.int().nonnegative(),
  people: z.int().nonnegative().nullable(),
  genuine: z.int().nonnegative(),
  impostor: z.int().nonnegative(),
  fusedGenuine: z.int().nonnegative(),
  fusedImpostor: z.int().nonnegative(),
  failureToAcquire: z.number().min(0).max(1),
  /** 95 % intervals of the false match rate at each threshold. */
  falseMatches: z.record(z.string(), interval),
  /** The descriptors these are the thresholds of (`Recogniser.model.hash`). */
  fingerprint: z.string(),
});

export const recogniserSchema = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "lower-case letters, digits, . _ -, at most 64"),
  file: z
    .string()
    .regex(/^[\w][\w.-]{0,127}\.onnx$/i, "the bare name of an .onnx file that lies beside this manifest"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  licence,
  input: z.strictObject({
    size: z.int().min(32).max(512).describe("Width and height in pixels"),
    colour: z.enum(["rgb", "bgr", "grey"]),
    layout: z.enum(["nchw", "nhwc"]),
    mean: channelNumbers.describe("Subtracted from each value, 0 to 255; in the order of `colour`"),
    std: channelNumbers.describe("Then divided by; 1 leaves it as it is"),
  }),
  crop: crop.describe("How the face is cut out for this net"),
  mirror: z.boolean().describe("Average the descriptor with the mirror image's: twice the time"),
  output: z.strictObject({ name: z.string().min(1).max(200), dimensions: z.int().min(16).max(4096) }),
  distance: z
    .enum(["cosine", "euclidean"])
    .describe("Unit of the thresholds; euclidean: between descriptors of unit length"),
  thresholds: z
    .strictObject({
      single: byFalseMatchRate,
      fused: byFalseMatchRate,
      calibratedOn: z.array(calibration).min(1),
    })
    .optional()
    .describe("Written by `vestibule face calibrate`"),
});

export type RecogniserManifest = z.infer<typeof recogniserSchema>;
export type FalseMatchRate = keyof z.infer<typeof byFalseMatchRate>;

/** Throws `ModelError` that names the file and every field that is wrong. */
export async function readRecogniserManifest(path: string): Promise<RecogniserManifest> {
  let parsed: unknown;
  try {
    const { size } = await stat(path);
    if (size > largestManifest) throw new Error(`${size} bytes, more than ${largestManifest}`);
    parsed = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new ModelError(`${path}: cannot be read as JSON: ${messageOf(cause)}`, { cause });
  }
  const checked = recogniserSchema.safeParse(parsed);
  if (checked.success) {
    requireNonZero(path, checked.data);
    return checked.data;
  }
  const faults = checked.error.issues.map((issue) => `${issue.path.join(".") || "/"}: ${issue.message}`);
  throw new ModelError(`${path}: ${faults.join("; ")}`);
}

function requireNonZero(path: string, { input }: RecogniserManifest): void {
  if ([input.std].flat().some((value) => value === 0))
    throw new ModelError(`${path}: input.std: 0 cannot be divided by`);
}

/** Cosine distance at a false match rate; undefined where it was not calibrated. */
export function cosineThreshold(
  { distance, thresholds }: RecogniserManifest,
  kind: "single" | "fused",
  rate: FalseMatchRate,
): number | undefined {
  const value = thresholds?.[kind][rate];
  if (value === undefined) return undefined;
  return distance === "cosine" ? value : cosineOf(value);
}

/** For unit lengths |a − b|² = 2 − 2 cos: the same order, so one comparison serves both. */
export const cosineOf = (euclidean: number): number => (euclidean * euclidean) / 2;
export const euclideanOf = (cosine: number): number => Math.sqrt(2 * cosine);

/** What an acceptance is bound to: another net, or another wording, has to be accepted anew. */
export function licenceHash({
  id,
  sha256,
  licence: { name, text, url, commercial },
}: RecogniserManifest): string {
  const terms = JSON.stringify([id, sha256, name, text ?? null, url ?? null, commercial]);
  return createHash("sha256").update(terms).digest("hex");
}

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

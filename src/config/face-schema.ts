import { z } from "zod";
import { challengeActions } from "../domain/biometric/challenge.ts";
import { seconds } from "./seconds.ts";

export const livenessLevel = z.enum(["off", "passive", "challenge"]);

/** Processes and commands start in different places: only an absolute path names one file. */
const manifestPath = z.string().regex(/^\/[^\0]{1,500}$/, "an absolute path");
const licenceHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits, as `vestibule face accept-licence` shows them");

/** How faces are compared, and how sure the site wants to be that they are people's. */
export const faceSchema = z.strictObject({
  backend: z
    .enum(["auto", "onnx", "tfjs-node", "wasm"])
    .default("auto")
    .describe(
      "What computes; auto: ONNX Runtime where its self-test passes, else tfjs-node where it is installed, else WebAssembly",
    ),
  threshold: z
    .number()
    .positive()
    .optional()
    .describe(
      "Cosine distance; only a stricter (smaller) one than the model's calibrated threshold is taken",
    ),
  fmr: z
    .enum(["1e-4", "1e-5"])
    .default("1e-4")
    .describe("False matches the calibrated threshold allows: one stranger in 10,000, or in 100,000"),
  recogniser: manifestPath
    .optional()
    .describe("Manifest of a recogniser of the site's own; without it the shipped net describes faces"),
  recogniserLicenceAccepted: licenceHash
    .optional()
    .describe("Its licence's hash, where it was not accepted by `vestibule face accept-licence`"),
  recogniserFallback: z
    .enum(["none", "shipped"])
    .default("none")
    .describe(
      "Where the recogniser cannot be used. none: no faces are compared; shipped: by the shipped net",
    ),
  vote: z
    .union([z.literal("shipped"), manifestPath])
    .optional()
    .describe(
      "Manifest of a second recogniser, or the shipped net: both must agree, each by its own threshold",
    ),
  voteLicenceAccepted: licenceHash.optional().describe("Its licence's hash, likewise"),
  liveness: livenessLevel
    .default("passive")
    .describe(
      "off: a picture may pass; passive: refused when cues say attack, asked to move when they disagree; challenge: everybody is asked to move",
    ),
  livenessTime: seconds(0.45, 3, 0.45).describe(
    "How long a face is watched before silence of the cues counts for a person; longer finds more pictures, and whoever comes with the card waits for it",
  ),
  challenge: z
    .strictObject({
      actions: z
        .array(z.enum(challengeActions))
        .min(2)
        .max(challengeActions.length)
        .default([...challengeActions])
        .describe("What may be asked for; drawn at random, each at most once"),
      count: z.int().min(1).max(3).default(2).describe("How many of them are asked for"),
      timeout: seconds(2, 10, 5).describe("How long each may take"),
    })
    .prefault({})
    .describe("What people are asked to do where liveness asks for it"),
});

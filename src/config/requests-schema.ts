import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { centreActions } from "../ports/centre-rules.ts";
import { name } from "./name.ts";

const publicKey = z
  .string()
  .regex(
    /^[A-Za-z0-9+/]{43}=$/,
    "an Ed25519 public key, 32 bytes in base64, as `vestibule centre-key make` prints it",
  )
  .refine(isPublicKey, "an Ed25519 public key");

/** Operators' actions from the security centre over MQTT. */
export const requestsSchema = z.strictObject({
  keys: z
    .array(
      z.strictObject({
        id: name.describe("Stands in the request, to say which key has signed it"),
        operator: name.describe("Who has the private key; the record names them"),
        publicKey,
        actions: z.array(z.enum(centreActions)).min(1).describe("What may be asked for with this key"),
      }),
    )
    .min(1)
    .max(64)
    .describe("Keys of people at the centre; the private ones stay there"),
  secondSignature: z
    .array(z.enum(centreActions))
    .default(["lift-lockdown"])
    .describe("Actions that the keys of two people have to sign"),
});

function isPublicKey(base64: string): boolean {
  try {
    const x = Buffer.from(base64, "base64").toString("base64url");
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }).type === "public";
  } catch {
    return false; // it is no point of the curve, which is what the fault says
  }
}

import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import type { Milliseconds } from "../../domain/time.ts";

/** From being made to being too late. */
export const longestValidity: Milliseconds = 60_000;
/** With a second signature to be fetched. */
export const longestValidityOfTwo: Milliseconds = 300_000;

const keyId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "a key's id");
const word = z.string().min(1).max(128);
const why = z.string().trim().min(1).max(500);
const time = z.iso.datetime({ precision: 3 }).describe("ISO 8601 in UTC, with milliseconds");

const common = {
  schema: z.literal(1),
  site: word.describe("The site's id: a request to another site is none to this one"),
  nonce: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22,64}$/)
    .describe("Random, at least 128 bits in base64url; one is taken once"),
  issuedAt: time,
  expiresAt: time.describe("At most 60 s after `issuedAt`; 300 s where two sign"),
  keys: z.array(keyId).min(1).max(2).describe("Ids of the keys that sign"),
};

/** What is signed. */
export const requestBodySchema = z.discriminatedUnion("action", [
  z.strictObject({ ...common, action: z.literal("lockdown"), vestibule: word, reason: why }),
  z.strictObject({ ...common, action: z.literal("lift-lockdown"), vestibule: word, reason: why }),
  z.strictObject({ ...common, action: z.literal("acknowledge"), alarm: word, comment: why }),
  z.strictObject({
    ...common,
    action: z.literal("grant"),
    passage: word.describe("From the event RemoteGrantAsked: who waits now, and nobody else"),
    reason: why,
  }),
]);
export type RequestBody = z.output<typeof requestBodySchema>;

const signatureSchema = z.strictObject({
  key: keyId,
  signature: z
    .string()
    .regex(/^[A-Za-z0-9+/]{86}==$/)
    .describe("Ed25519, in base64, over `vestibule-request/1`, a line feed, and `request` as canonical JSON"),
});

export const signedRequestSchema = z.strictObject({
  request: requestBodySchema,
  signatures: z.array(signatureSchema).min(1).max(2),
});
export type SignedRequest = z.output<typeof signedRequestSchema>;

/** Nothing else that is ever signed begins like this. */
const signedText = (request: RequestBody): Buffer =>
  Buffer.from(`vestibule-request/1\n${canonicalJson(request)}`);

export function signatureOf(
  request: RequestBody,
  key: string,
  privateKey: KeyObject,
): SignedRequest["signatures"][number] {
  return { key, signature: sign(null, signedText(request), privateKey).toString("base64") };
}

export const isSignedBy = (request: RequestBody, signature: string, publicKey: KeyObject): boolean =>
  verify(null, signedText(request), publicKey, Buffer.from(signature, "base64"));

/** From the 32 bytes of an Ed25519 public key in base64. Throws for what is none. */
export function publicKeyOf(base64: string): KeyObject {
  const x = Buffer.from(base64, "base64").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

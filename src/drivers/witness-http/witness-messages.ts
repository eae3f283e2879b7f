import { createPublicKey, hash, verify } from "node:crypto";
import type { VerifyEd25519 } from "../../domain/journal/checkpoint.ts";
import type { Sha256 } from "../../domain/journal/merkle.ts";
import type { WitnessRequest } from "../../ports/witness.ts";

export const sha256: Sha256 = (data) => hash("sha256", data, "buffer");

const publicHeader = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: Ed25519 as SPKI

export const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: Buffer.concat([publicHeader, publicKey]), format: "der", type: "spki" }),
    signature,
  );

/** What the protocol allows at most. */
const mostProofLines = 63;

/** The body of `POST add-checkpoint` (C2SP tlog-witness). */
export const requestText = ({ oldSize, proof, note }: WitnessRequest): string =>
  [`old ${oldSize}`, ...proof, "", note].join("\n");

/** Undefined for what is no such body. */
export function parseRequest(body: string): WitnessRequest | undefined {
  const end = body.indexOf("\n\n");
  if (end < 0) return undefined;
  const [first, ...proof] = body.slice(0, end).split("\n");
  const size = /^old (0|[1-9]\d{0,15})$/.exec(first ?? "")?.[1];
  if (size === undefined || proof.length > mostProofLines || !Number.isSafeInteger(Number(size)))
    return undefined;
  return { oldSize: Number(size), proof, note: body.slice(end + 2) };
}

export const sizeType = "text/x.tlog.size";

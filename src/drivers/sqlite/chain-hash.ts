import { createHash } from "node:crypto";
import { type ChainedContent, chainedText } from "../../domain/journal/chain.ts";

/** A record's hash, hexadecimal. */
export const chainHash = (previousHash: string, content: ChainedContent): string =>
  createHash("sha256").update(chainedText(previousHash, content)).digest("hex");

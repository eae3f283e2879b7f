import { hash } from "node:crypto";
import { type ChainedContent, chainedText } from "../../domain/journal/chain.ts";

/** A record's hash, hexadecimal. */
export const chainHash = (previousHash: string, content: ChainedContent): string =>
  hash("sha256", chainedText(previousHash, content));

import { canonicalJson } from "./canonical-json.ts";
import type { ChainedContent } from "./chain.ts";

/** When something was recorded, and of what kind: what an auditor sees even where the payload is withheld. */
export type RecordHeader = Omit<ChainedContent, "payload" | "input">;

/** Bytes of salt for each record. */
export const saltLength = 16;

/**
 * The text whose first 16 bytes of SHA-256 are a record's salt. The 32 secret bytes are drawn for each stretch of 256
 * records: one record's salt says nothing about another's, and with the secret of a pruned stretch they are all gone.
 */
export const saltText = (secretHex: string, seq: number): string => `vestibule salt 1\n${secretHex}\n${seq}`;

/**
 * The text whose SHA-256 stands for what was recorded. Without the salt, few cards, doors and reasons would be few
 * guesses: whoever sees the hash could try them all.
 */
export const bodyText = (
  saltHex: string,
  { payload, input = null }: Pick<ChainedContent, "payload" | "input">,
): string => `vestibule body 1\n${saltHex}\n${input === null ? "" : input}\n${payload}`;

/** A leaf of the tree: header, and the hash of the body in hexadecimal. */
export function leafText({ seq, wall, at, boot, type, version }: RecordHeader, bodyHex: string): string {
  return `vestibule record 1\n${canonicalJson({ seq, wall, at, boot, type, version })}\n${bodyHex}`;
}

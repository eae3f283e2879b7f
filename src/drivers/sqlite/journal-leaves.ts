import { hash } from "node:crypto";
import {
  bodyText,
  leafText,
  type RecordHeader,
  saltLength,
  saltText,
} from "../../domain/journal/commitment.ts";
import { type Hash, leafHash, type Sha256 } from "../../domain/journal/merkle.ts";
import type { JournalRow } from "./journal-rows.ts";

export const sha256: Sha256 = (data) => hash("sha256", data, "buffer");

/** Records whose salts come from one secret, and over which one node of the tree is kept. */
export const chunkLength = 256;
export const chunkLevel = 8;
export const chunkOf = (seq: number): number => Math.floor((seq - 1) / chunkLength);

type LeafContent = RecordHeader & Pick<JournalRow, "payload" | "input">;

export const saltOf = (secret: Uint8Array, seq: number): string =>
  hash("sha256", saltText(Buffer.from(secret).toString("hex"), seq)).slice(0, 2 * saltLength);

export const bodyHashOf = (salt: string, content: LeafContent): string =>
  hash("sha256", bodyText(salt, content));

export const leafTextOf = (secret: Uint8Array, content: LeafContent): string =>
  leafText(content, bodyHashOf(saltOf(secret, content.seq), content));

export const leafOf = (secret: Uint8Array, content: LeafContent): Hash =>
  leafHash(sha256, leafTextOf(secret, content));

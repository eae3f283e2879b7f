import { fromBase64, toBase64 } from "./bytes.ts";
import type { Hash } from "./merkle.ts";
import { isBy, NoteFault, type NoteKey, type NoteSignature, type SignedNote } from "./signed-note.ts";

/** The state of a journal in three lines (C2SP tlog-checkpoint v1.0.0). */
export interface Checkpoint {
  /** Which journal. */
  readonly origin: string;
  /** How many records. */
  readonly size: number;
  readonly root: Hash;
}

/** RFC 8032. */
export type VerifyEd25519 = (publicKey: Uint8Array, message: string, signature: Uint8Array) => boolean;

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Extension lines are read over: the signature is over them, and ours have none. */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  const [origin, size, encoded, ...more] = lines;
  const root = fromBase64(encoded ?? "");
  if (origin === undefined || origin === "" || more.pop() !== "" || more.includes(""))
    throw new NoteFault("a checkpoint is its origin, size and root, a line each");
  if (size === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw new NoteFault("a checkpoint's size is a number without leading zeros");
  if (root?.length !== 32) throw new NoteFault("a checkpoint's root is 32 bytes in base64");
  return { origin, size: Number(size), root };
}

/** What a witness signs: that it saw this checkpoint, after all the others it saw, at that time (tlog-cosignature v1). */
export const cosignedText = (text: string, posixSeconds: number): string =>
  `cosignature/v1\ntime ${posixSeconds}\n${text}`;

export function cosignature(posixSeconds: number, ed25519: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + ed25519.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(posixSeconds));
  bytes.set(ed25519, 8);
  return bytes;
}

export type SignatureFinding =
  | { readonly is: "good"; readonly key: NoteKey; readonly posixSeconds?: number }
  | { readonly is: "bad"; readonly key: NoteKey }
  | { readonly is: "unknown" };

/** Whether one signature of a note is by one of `keys`, and right. */
export function checkSignature(
  verify: VerifyEd25519,
  { text }: Pick<SignedNote, "text">,
  signature: NoteSignature,
  keys: readonly NoteKey[],
): SignatureFinding {
  const key = keys.find((one) => isBy(signature, one));
  if (key === undefined) return { is: "unknown" };
  const bytes = signature.signature;
  if (key.algorithm === "ed25519")
    return { is: bytes.length === 64 && verify(key.publicKey, text, bytes) ? "good" : "bad", key };
  if (bytes.length !== 72) return { is: "bad", key };
  const time = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return { is: "bad", key };
  const posixSeconds = Number(time);
  if (!verify(key.publicKey, cosignedText(text, posixSeconds), bytes.subarray(8))) return { is: "bad", key };
  return { is: "good", key, posixSeconds };
}

import { areEqual, concatenated, fromBase64, fromHex, toBase64, toHex, utf8 } from "./bytes.ts";
import type { Sha256 } from "./merkle.ts";

// C2SP signed-note v1.0.0, with its two kinds of Ed25519 signature: a log's own, and a witness's with its time.

export type NoteAlgorithm = "ed25519" | "cosignature/v1";

const algorithms: readonly (readonly [number, NoteAlgorithm])[] = [
  [1, "ed25519"],
  [4, "cosignature/v1"],
];

/** Who signs. */
export interface NoteKey {
  readonly name: string;
  readonly algorithm: NoteAlgorithm;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Eight hexadecimal digits. */
  readonly id: string;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface SignedNote {
  /** With its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Says what about a note, key or checkpoint is not as its format wants it. */
export class NoteFault extends Error {
  override readonly name = "NoteFault";
}

const longestNote = 64 * 1024;
const mostSignatures = 64;

export function noteKey(
  sha256: Sha256,
  name: string,
  algorithm: NoteAlgorithm,
  publicKey: Uint8Array,
): NoteKey {
  if (!isKeyName(name)) throw new NoteFault(`${JSON.stringify(name)} is no name of a key`);
  if (publicKey.length !== 32) throw new NoteFault("an Ed25519 key has 32 bytes");
  const id = toHex(sha256(concatenated(utf8(`${name}\n`), typed(algorithm, publicKey))).subarray(0, 4));
  return { name, algorithm, publicKey, id };
}

/** As `NAME+ID+KEY`, which is what people hand on. */
export const verifierKeyText = ({ name, id, algorithm, publicKey }: NoteKey): string =>
  `${name}+${id}+${toBase64(typed(algorithm, publicKey))}`;

export function parseVerifierKey(sha256: Sha256, text: string): NoteKey {
  const [name, id, ...rest] = text.split("+");
  const bytes = fromBase64(rest.join("+")); // base64 has plus signs of its own
  const algorithm = algorithms.find(([byte]) => byte === bytes?.[0])?.[1];
  if (name === undefined || bytes === undefined || algorithm === undefined || bytes.length !== 33)
    throw new NoteFault("no public key as NAME+ID+KEY of an Ed25519 signer");
  const key = noteKey(sha256, name, algorithm, bytes.subarray(1));
  if (key.id !== id) throw new NoteFault("the key's id does not fit its name and key");
  return key;
}

export function signatureLine({ name, id }: Pick<NoteKey, "name" | "id">, signature: Uint8Array): string {
  return `— ${name} ${toBase64(concatenated(fromHex(id) ?? new Uint8Array(), signature))}\n`;
}

export function parseNote(note: string): SignedNote {
  if (note.length > longestNote) throw new NoteFault("a note longer than any of ours");
  if (hasControls(note)) throw new NoteFault("a note has no control characters");
  const end = note.lastIndexOf("\n\n");
  if (end < 1) throw new NoteFault("no empty line before the signatures");
  return { text: note.slice(0, end + 1), signatures: parseSignatures(note.slice(end + 2)) };
}

/** One or more signature lines. */
export function parseSignatures(lines: string): readonly NoteSignature[] {
  if (!lines.endsWith("\n")) throw new NoteFault("the last signature line has no end");
  const signatures = lines.slice(0, -1).split("\n").map(parseSignatureLine);
  if (signatures.length > mostSignatures) throw new NoteFault(`more than ${mostSignatures} signatures`);
  return signatures;
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(" ");
  const bytes = fromBase64(encoded ?? "");
  if (dash !== "—" || name === undefined || more.length > 0 || !isKeyName(name))
    throw new NoteFault("no signature line");
  if (bytes === undefined || bytes.length < 5) throw new NoteFault("no signature in a signature line");
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

export const isBy = (signature: NoteSignature, key: NoteKey): boolean =>
  signature.name === key.name && signature.id === key.id;

export const isSameKey = (one: NoteKey, other: NoteKey): boolean =>
  one.name === other.name && one.algorithm === other.algorithm && areEqual(one.publicKey, other.publicKey);

/** Or half a character, which is no UTF-8. */
const hasControls = (note: string): boolean =>
  /\p{Cs}/u.test(note) || Array.from(note).some((character) => character < " " && character !== "\n");

const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}\p{Zs}]{1,200}$/u.test(name);

function typed(algorithm: NoteAlgorithm, publicKey: Uint8Array): Uint8Array {
  const byte = algorithms.find(([, name]) => name === algorithm)?.[0] ?? 0;
  return concatenated(Uint8Array.of(byte), publicKey);
}

import { createPrivateKey, createPublicKey, hash, type KeyObject, randomBytes, sign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  noteKey,
  parseVerifierKey,
  signatureLine,
  verifierKeyText,
} from "../../domain/journal/signed-note.ts";
import { writeDurably } from "../../durable-files/durable-file.ts";
import { type Cipher, isSealedNow, type Resealing } from "../../ports/cipher.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { CheckpointSigner } from "../../ports/journal-proofs.ts";

export interface JournalKeyOptions {
  /** The data directory; the key lies in it, sealed, where systemd provides no credential. */
  readonly directory: string;
  /** systemd's `$CREDENTIALS_DIRECTORY`. */
  readonly credentials?: string | undefined;
  /** Seals the key file. */
  readonly cipher: Cipher;
  /** What a new key is called; left out: where there is none yet, none is made. */
  readonly name?: string | undefined;
}

/** Signs checkpoints; hands over from a former key where one was announced before. */
export interface JournalKey extends CheckpointSigner {
  /** Undefined: this key has been announced. Otherwise it is due to be, in a record that both keys sign. */
  readonly handover: { readonly former: string | undefined; readonly isSignedByFormer: boolean } | undefined;
  /** The record stands: from now on only the present key signs, and a former one in the key file is gone. */
  announced(): void;
  resealing(): Resealing;
}

const credentialName = "vestibule-journal-key";
const formerCredentialName = "vestibule-journal-key-former";
export const journalKeyFile = (directory: string): string => join(directory, "journal.key");
/** The public key that was announced last: for whoever verifies, and nothing secret. */
const verifierKeyFile = (directory: string): string => join(directory, "journal.vkey");

const seedLength = 32;
const privateHeader = Buffer.from("302e020100300506032b657004220420", "hex"); // RFC 8410: Ed25519 as PKCS #8
const publicHeaderLength = 12;

/** Undefined where there is no key and none is to be made. Throws StorageFault or SealBroken. */
export function openJournalKey(options: JournalKeyOptions): JournalKey | undefined {
  const { directory, cipher, credentials } = options;
  const announcedText = announcedKey(directory);
  const name =
    announcedText === undefined
      ? options.name
      : parseVerifierKey((data) => hash("sha256", data, "buffer"), announcedText).name;
  if (name === undefined) return undefined;
  const file = journalKeyFile(directory);
  const credential = credentialIn(credentials, credentialName);
  if (credential === undefined && !existsSync(file)) {
    if (options.name === undefined) return undefined;
    writeSeeds(directory, cipher, [randomBytes(seedLength)]);
  }
  const seeds = [
    credential,
    ...readSeeds(directory, cipher),
    credentialIn(credentials, formerCredentialName),
  ];
  const keys = seeds.filter((seed) => seed !== undefined).map((seed) => signerOf(name, seed));
  const [present] = keys;
  if (present === undefined) throw new StorageFault(`${file} holds no key`);
  return journalKey(options, name, present, announcedText, keys);
}

/** Puts a new key before the present one; both sign the record that says so, at the next start. Throws StorageFault. */
export function beginJournalKeyRotation(directory: string, cipher: Cipher): "begun" | "underWay" {
  if (announcedKey(directory) === undefined)
    throw new StorageFault(`${verifierKeyFile(directory)} is not there yet: start the controller once`);
  const [present, ...former] = readSeeds(directory, cipher);
  if (present === undefined)
    throw new StorageFault(`${journalKeyFile(directory)} is not there: the key is a credential of systemd's`);
  if (former.length > 0) return "underWay";
  writeSeeds(directory, cipher, [randomBytes(seedLength), present]);
  return "begun";
}

/** The public key that was announced last, as `NAME+ID+KEY`. */
export function announcedKey(directory: string): string | undefined {
  const file = verifierKeyFile(directory);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

function journalKey(
  { directory, cipher }: JournalKeyOptions,
  origin: string,
  present: Signer,
  announcedText: string | undefined,
  keys: readonly Signer[],
): JournalKey {
  const isAnnounced = announcedText === present.verifierKey;
  const former = keys.find(({ verifierKey }) => verifierKey === announcedText);
  let signers = isAnnounced || former === undefined ? [present] : [present, former];
  return {
    origin,
    verifierKey: present.verifierKey,
    handover: isAnnounced ? undefined : { former: announcedText, isSignedByFormer: former !== undefined },
    sign: (text) => signers.map((one) => one.sign(text)).join(""),
    announced() {
      if (isAnnounced) return;
      replaceFile(verifierKeyFile(directory), `${present.verifierKey}\n`, 0o644);
      signers = [present];
      const [first, ...others] = readSeeds(directory, cipher);
      if (first !== undefined && others.length > 0) writeSeeds(directory, cipher, [first]);
    },
    resealing: () => resealing(directory, cipher),
  };
}

interface Signer {
  readonly verifierKey: string;
  sign(text: string): string;
}

function signerOf(name: string, seed: Uint8Array): Signer {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privateHeader, seed]),
    format: "der",
    type: "pkcs8",
  });
  const key = noteKey((data) => hash("sha256", data, "buffer"), name, "ed25519", publicBytes(privateKey));
  return {
    verifierKey: verifierKeyText(key),
    sign: (text) => signatureLine(key, sign(null, Buffer.from(text), privateKey)),
  };
}

const publicBytes = (privateKey: KeyObject): Uint8Array =>
  createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(publicHeaderLength);

function credentialIn(folder: string | undefined, name: string): Uint8Array | undefined {
  if (folder === undefined || !existsSync(join(folder, name))) return undefined;
  const bytes = readFileSync(join(folder, name));
  if (bytes.length === seedLength) return bytes;
  const digits = bytes.toString("latin1").trim();
  if (/^[0-9a-fA-F]{64}$/.test(digits)) return Buffer.from(digits, "hex");
  throw new StorageFault(
    `${join(folder, name)} holds no key: 32 bytes, or 64 hexadecimal digits, are expected`,
  );
}

const binding = ["journal key"];

/** The present one first, a line each. */
function readSeeds(directory: string, cipher: Cipher): Uint8Array[] {
  return sealedLines(directory).map((sealed) => cipher.open(sealed, binding));
}

function sealedLines(directory: string): Uint8Array[] {
  const file = journalKeyFile(directory);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "latin1").trim().split("\n");
  return lines.map((line) => Buffer.from(line, "base64"));
}

function writeSeeds(directory: string, cipher: Cipher, seeds: readonly Uint8Array[]): void {
  const lines = seeds.map((seed) => `${Buffer.from(cipher.seal(seed, binding)).toString("base64")}\n`);
  replaceFile(journalKeyFile(directory), lines.join(""), 0o600);
}

/** In place whole or not at all. */
function replaceFile(file: string, text: string, mode: number): void {
  try {
    writeDurably(file, text, { mode, folder: "existing" });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new StorageFault(`${file} could not be written: ${detail}`, { cause: error });
  }
}

function resealing(directory: string, cipher: Cipher): Resealing {
  const due = sealedLines(directory).filter((sealed) => !isSealedNow(cipher, sealed)).length;
  let left = due;
  return {
    all: due,
    next() {
      const looked = left;
      if (looked > 0) writeSeeds(directory, cipher, readSeeds(directory, cipher));
      left = 0;
      return { looked, resealed: looked };
    },
  };
}

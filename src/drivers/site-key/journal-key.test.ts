import { createPublicKey, hash, verify } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkpointText, checkSignature, type VerifyEd25519 } from "../../domain/journal/checkpoint.ts";
import { parseNote, parseVerifierKey } from "../../domain/journal/signed-note.ts";
import { SealBroken } from "../../ports/cipher.ts";
import { createAesGcmCipher } from "./aes-gcm-cipher.ts";
import {
  announcedKey,
  beginJournalKeyRotation,
  type JournalKey,
  journalKeyFile,
  openJournalKey,
} from "./journal-key.ts";
import { keyOf } from "./site-keys.ts";

const [siteKey, otherKey] = [keyOf(Buffer.alloc(32, 1)), keyOf(Buffer.alloc(32, 2))];
const cipher = createAesGcmCipher([siteKey], "journal");
const text = checkpointText({ origin: "vestibule/bank", size: 3, root: new Uint8Array(32) });
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]),
      format: "der",
      type: "spki",
    }),
    signature,
  );

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-journal-key-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function open(more: Partial<Parameters<typeof openJournalKey>[0]> = {}): JournalKey {
  const key = openJournalKey({ directory, cipher, name: "vestibule/bank", ...more });
  if (key === undefined) throw new Error("no key");
  return key;
}

/** Which of these keys have signed, and right. */
const signedBy = (key: JournalKey, vkeys: readonly string[]): string[] => {
  const note = parseNote(`${text}\n${key.sign(text)}`);
  const keys = vkeys.map((vkey) => parseVerifierKey((data) => hash("sha256", data, "buffer"), vkey));
  return note.signatures.map((signature) => checkSignature(verifyEd25519, note, signature, keys).is);
};

test("is made at the first start, sealed, announced once, and the same from then on", () => {
  const key = open();
  expect(key.handover).toEqual({ former: undefined, isSignedByFormer: false });
  expect(announcedKey(directory)).toBeUndefined();
  key.announced();
  expect(announcedKey(directory)).toBe(key.verifierKey);
  expect(signedBy(key, [key.verifierKey])).toEqual(["good"]);
  expect(statSync(journalKeyFile(directory)).mode & 0o777).toBe(0o600);
  const again = open({ name: "another name" });
  expect(again).toMatchObject({
    verifierKey: key.verifierKey,
    origin: "vestibule/bank",
    handover: undefined,
  });
  expect(again.sign(text)).toBe(key.sign(text));
});

test("without a name none is made: a command beside the controller signs only with what is there", () => {
  expect(openJournalKey({ directory, cipher })).toBeUndefined();
  expect(existsSync(journalKeyFile(directory))).toBe(false);
  const key = open();
  key.announced();
  expect(openJournalKey({ directory, cipher })?.verifierKey).toBe(key.verifierKey);
});

test("does not open with another site's key", () => {
  open().announced();
  const other = createAesGcmCipher([otherKey], "journal");
  expect(() => openJournalKey({ directory, cipher: other })).toThrow(SealBroken);
});

test("rotation: both keys sign until the record stands, then the new one alone, and the former is gone", () => {
  const first = open();
  first.announced();
  expect(beginJournalKeyRotation(directory, cipher)).toBe("begun");
  expect(beginJournalKeyRotation(directory, cipher)).toBe("underWay");
  const next = open();
  expect(next.verifierKey).not.toBe(first.verifierKey);
  expect(next.handover).toEqual({ former: first.verifierKey, isSignedByFormer: true });
  expect(signedBy(next, [first.verifierKey, next.verifierKey])).toEqual(["good", "good"]);
  next.announced();
  expect(signedBy(next, [next.verifierKey])).toEqual(["good"]);
  expect(readFileSync(journalKeyFile(directory), "latin1").trim().split("\n")).toHaveLength(1);
  expect(open().handover).toBeUndefined();
});

test("a key that is lost is followed by one that the former did not sign", () => {
  const first = open();
  first.announced();
  rmSync(journalKeyFile(directory));
  expect(open().handover).toEqual({ former: first.verifierKey, isSignedByFormer: false });
});

test("systemd's credential comes first; a key file left behind hands over to it", () => {
  const file = open();
  file.announced();
  const credentials = join(directory, "credentials");
  mkdirSync(credentials);
  writeFileSync(join(credentials, "vestibule-journal-key"), Buffer.alloc(32, 9));
  const key = open({ credentials });
  expect(key.handover).toEqual({ former: file.verifierKey, isSignedByFormer: true });
  key.announced();
  expect(open({ credentials }).handover).toBeUndefined();
  writeFileSync(join(credentials, "vestibule-journal-key"), "short");
  expect(() => open({ credentials })).toThrow(/holds no key/);
});

test("under a new site key it is sealed anew", () => {
  const key = open();
  key.announced();
  const both = createAesGcmCipher([otherKey, siteKey], "journal");
  const pass = open({ cipher: both }).resealing();
  expect(pass.all).toBe(1);
  expect(pass.next(2)).toEqual({ looked: 1, resealed: 1 });
  expect(pass.next(2)).toEqual({ looked: 0, resealed: 0 });
  expect(open({ cipher: createAesGcmCipher([otherKey], "journal") }).verifierKey).toBe(key.verifierKey);
});

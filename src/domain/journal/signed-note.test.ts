import { createPrivateKey, createPublicKey, hash, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  checkpointText,
  checkSignature,
  cosignature,
  cosignedText,
  parseCheckpoint,
  type VerifyEd25519,
} from "./checkpoint.ts";
import type { Sha256 } from "./merkle.ts";
import {
  NoteFault,
  noteKey,
  parseNote,
  parseVerifierKey,
  signatureLine,
  verifierKeyText,
} from "./signed-note.ts";

const sha256: Sha256 = (data) => hash("sha256", data, "buffer");
const spki = Buffer.from("302a300506032b6570032100", "hex");
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
const verifyEd25519: VerifyEd25519 = (publicKey, message, signature) =>
  verify(
    null,
    Buffer.from(message),
    createPublicKey({ key: Buffer.concat([spki, publicKey]), format: "der", type: "spki" }),
    signature,
  );
const keyOfSeed = (seed: Buffer) =>
  createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });

// The example of Go's golang.org/x/mod/sumdb/note.
const vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const seed = Buffer.from("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz", "base64").subarray(1);
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const line =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

describe("signed-note: Go's reference example", () => {
  const key = parseVerifierKey(sha256, vkey);

  test("key, id and signature are the same to the byte", () => {
    expect(verifierKeyText(key)).toBe(vkey);
    expect(noteKey(sha256, "PeterNeumann", "ed25519", key.publicKey)).toEqual(key);
    expect(signatureLine(key, sign(null, Buffer.from(text), keyOfSeed(seed)))).toBe(line);
    const note = parseNote(`${text}\n${line}`);
    expect(note.text).toBe(text);
    const [signature] = note.signatures;
    if (signature === undefined) throw new Error("no signature");
    expect(checkSignature(verifyEd25519, note, signature, [key])).toEqual({ is: "good", key });
    expect(
      checkSignature(verifyEd25519, { text: text.replace("answer", "Answer") }, signature, [key]).is,
    ).toBe("bad");
    expect(checkSignature(verifyEd25519, note, { ...signature, name: "Another" }, [key]).is).toBe("unknown");
  });

  test("no part of the key, and no other byte in it, is a key", () => {
    for (let begin = 0; begin < vkey.length; begin++) {
      for (let end = begin + 1; end <= vkey.length; end++) {
        if (begin === 0 && end === vkey.length) continue;
        expect(() => parseVerifierKey(sha256, vkey.slice(begin, end))).toThrow(NoteFault);
      }
      const next = String.fromCharCode(vkey.charCodeAt(begin) + 1);
      expect(() => parseVerifierKey(sha256, vkey.slice(0, begin) + next + vkey.slice(begin + 1))).toThrow(
        NoteFault,
      );
    }
  });

  test.each([
    ["no signatures", text],
    ["an empty list of them", `${text}\n`],
    ["another dash", `${text}\n${line.replace("—", "-")}`],
    ["no last newline", `${text}\n${line.trimEnd()}`],
    ["a word more", `${text}\n${line.trimEnd()} x\n`],
    ["a control character", `${text.replace(" ", "\t")}\n${line}`],
    ["half a character", `\ud800${text}\n${line}`],
    ["base64 in another form", `${text}\n${line.replace("nAM=", "nAN=")}`],
    ["a short signature", `${text}\n— PeterNeumann x08gow==\n`],
    ["a name with a plus", `${text}\n${line.replace("PeterNeumann", "Peter+Neumann")}`],
  ])("refused: %s", (_, note) => expect(() => parseNote(note)).toThrow(NoteFault));
});

describe("tlog-checkpoint", () => {
  const root = new Uint8Array(32).fill(7);

  test("the example of the specification", () => {
    const example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    const checkpoint = parseCheckpoint(example);
    expect(checkpoint).toMatchObject({ origin: "example.com/behind-the-sofa", size: 20_852_163 });
    expect(checkpointText(checkpoint)).toBe(example);
    expect(parseCheckpoint(`${example}an extension\n`)).toEqual(checkpoint);
  });

  test.each(["01", "-1", "1.0", "", " 1", "99999999999999999"])("no size is %j", (size) => {
    const encoded = Buffer.from(root).toString("base64");
    expect(() => parseCheckpoint(`o\n${size}\n${encoded}\n`)).toThrow(NoteFault);
  });

  test.each(["", "o\n", "o\n1\n", "o\n1\nAAAA\n", "\n1\nx\n"])("no checkpoint is %j", (what) => {
    expect(() => parseCheckpoint(what)).toThrow(NoteFault);
  });

  test("a cosignature is over the checkpoint and its time, under a key id of its own kind", () => {
    const { publicKey } = parseVerifierKey(sha256, vkey);
    const witness = noteKey(sha256, "witness.example/w1", "cosignature/v1", publicKey);
    expect(witness.id).not.toBe(noteKey(sha256, "witness.example/w1", "ed25519", publicKey).id);
    expect(parseVerifierKey(sha256, verifierKeyText(witness))).toEqual(witness);
    const checkpoint = checkpointText({ origin: "o", size: 1, root });
    expect(cosignedText(checkpoint, 1_679_315_147)).toBe(`cosignature/v1\ntime 1679315147\n${checkpoint}`);
    const raw = sign(null, Buffer.from(cosignedText(checkpoint, 1_679_315_147)), keyOfSeed(seed));
    const bytes = cosignature(1_679_315_147, raw);
    const check = (signature: Uint8Array, of = checkpoint) =>
      checkSignature(verifyEd25519, { text: of }, { name: witness.name, id: witness.id, signature }, [
        witness,
      ]);
    expect(check(bytes)).toEqual({ is: "good", key: witness, posixSeconds: 1_679_315_147 });
    expect(check(cosignature(1_679_315_148, raw)).is).toBe("bad");
    expect(check(bytes, checkpoint.replace("1", "2")).is).toBe("bad");
    expect(check(raw).is).toBe("bad");
    expect(check(cosignature(1_679_315_147, raw.subarray(1))).is).toBe("bad");
  });
});

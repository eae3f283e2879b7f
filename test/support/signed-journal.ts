import { createPrivateKey, createPublicKey, hash, type KeyObject, sign } from "node:crypto";
import { cosignature, cosignedText } from "../../src/domain/journal/checkpoint.ts";
import {
  type NoteAlgorithm,
  noteKey,
  signatureLine,
  verifierKeyText,
} from "../../src/domain/journal/signed-note.ts";

/** Ed25519 keys made from a number, the same at each run. */
export class TestSigner {
  readonly verifierKey: string;
  readonly #key: ReturnType<typeof noteKey>;
  readonly #private: KeyObject;

  constructor(name: string, seed: number, algorithm: NoteAlgorithm = "ed25519") {
    const header = Buffer.from("302e020100300506032b657004220420", "hex");
    this.#private = createPrivateKey({
      key: Buffer.concat([header, Buffer.alloc(32, seed)]),
      format: "der",
      type: "pkcs8",
    });
    const publicKey = createPublicKey(this.#private).export({ format: "der", type: "spki" }).subarray(12);
    this.#key = noteKey((data) => hash("sha256", data, "buffer"), name, algorithm, publicKey);
    this.verifierKey = verifierKeyText(this.#key);
  }

  get origin(): string {
    return this.#key.name;
  }

  sign(text: string): string {
    return signatureLine(this.#key, sign(null, Buffer.from(text), this.#private));
  }

  cosign(text: string, posixSeconds: number): string {
    const ed25519 = sign(null, Buffer.from(cosignedText(text, posixSeconds)), this.#private);
    return signatureLine(this.#key, cosignature(posixSeconds, ed25519));
  }
}

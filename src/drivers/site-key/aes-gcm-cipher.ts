import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";

/** First byte of everything sealed: names the form, so that another one can follow. */
const form = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength;

/**
 * AES-256-GCM under a key of its own for each `purpose`, derived from the site's key (HKDF-SHA-256).
 * Sealed form: form byte, 12 bytes nonce, ciphertext, 16 bytes tag. Random nonces: good for 2^32 seals a key.
 */
export function createAesGcmCipher(siteKey: Uint8Array, purpose: string): Cipher {
  const key = Buffer.from(hkdfSync("sha256", siteKey, "", `vestibule ${purpose} 1`, 32));
  return {
    seal(plain, binding) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(bindingBytes(binding));
      return Buffer.concat([
        Buffer.of(form),
        nonce,
        cipher.update(plain),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(sealed, binding) {
      if (sealed.length < headLength + tagLength || sealed[0] !== form)
        throw new SealBroken("not a sealed form");
      const end = sealed.length - tagLength;
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, headLength));
      decipher.setAAD(bindingBytes(binding));
      decipher.setAuthTag(sealed.subarray(end));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headLength, end)), decipher.final()]);
      } catch (error) {
        throw new SealBroken("altered, in another's place, or sealed with another key", { cause: error });
      }
    },
  };
}

/** JSON keeps the parts apart: ["ab", "c"] and ["a", "bc"] must differ. */
const bindingBytes = (binding: readonly string[]): Buffer => Buffer.from(JSON.stringify([form, ...binding]));

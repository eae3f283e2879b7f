import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import type { SiteKey } from "./site-keys.ts";

/** First byte of everything sealed: names the form. Form 1 named no key; it opens still. */
const formWithoutKey = 1;
const form = 2;
const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM under a key of its own for each `purpose`, derived from a site key (HKDF-SHA-256). Seals with the first
 * of `keys`, opens with whichever it was. Sealed form: form byte, 4 bytes naming the key, 12 bytes nonce, ciphertext,
 * 16 bytes tag. Random nonces: good for 2^32 seals a key.
 */
export function createAesGcmCipher(keys: readonly [SiteKey, ...SiteKey[]], purpose: string): Cipher {
  const derived = keys.map(({ id, bytes }) => ({
    id,
    key: Buffer.from(hkdfSync("sha256", bytes, "", `vestibule ${purpose} 1`, 32)),
    mark: Buffer.concat([Buffer.of(form), id]),
  }));
  const [present] = derived;
  if (present === undefined) throw new RangeError("a cipher needs a key");
  return {
    mark: present.mark,
    seal(plain, binding) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv("aes-256-gcm", present.key, nonce);
      cipher.setAAD(bindingBytes([form, present.id.toString("hex")], binding));
      return Buffer.concat([present.mark, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, binding) {
      if (sealed[0] === form) {
        const sealer = derived.find(({ mark }) => mark.equals(sealed.subarray(0, mark.length)));
        if (sealer === undefined) throw new SealBroken("sealed with a key that is not here");
        const bound = bindingBytes([form, sealer.id.toString("hex")], binding);
        return opened(sealer.key, sealed.subarray(sealer.mark.length), bound);
      }
      if (sealed[0] !== formWithoutKey) throw new SealBroken("not a sealed form");
      return openedByAny(derived, sealed.subarray(1), bindingBytes([formWithoutKey], binding));
    },
  };
}

function openedByAny(
  keys: readonly { readonly key: Buffer }[],
  sealed: Uint8Array,
  binding: Buffer,
): Uint8Array {
  let broken: unknown;
  for (const { key } of keys) {
    try {
      return opened(key, sealed, binding);
    } catch (error) {
      broken = error;
    }
  }
  throw broken;
}

function opened(key: Buffer, sealed: Uint8Array, binding: Buffer): Uint8Array {
  if (sealed.length < nonceLength + tagLength) throw new SealBroken("not a sealed form");
  const end = sealed.length - tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceLength));
  decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength, end)), decipher.final()]);
  } catch (error) {
    throw new SealBroken("altered, in another's place, or sealed with another key", { cause: error });
  }
}

/** JSON keeps the parts apart: ["ab", "c"] and ["a", "bc"] must differ. */
const bindingBytes = (head: readonly (string | number)[], binding: readonly string[]): Buffer =>
  Buffer.from(JSON.stringify([...head, ...binding]));

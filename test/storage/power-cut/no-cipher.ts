import type { Cipher } from "../../../src/ports/cipher.ts";

/** What is sealed is not what these tests are about. */
export const noCipher: Cipher = {
  mark: Uint8Array.of(),
  seal: (plain) => Uint8Array.from(plain),
  open: (sealed) => Uint8Array.from(sealed),
};

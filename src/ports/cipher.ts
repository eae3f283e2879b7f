/** Ciphertext that does not open: altered, moved to another place, or sealed with another key. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/**
 * Keeps personal data unreadable at rest. What is sealed opens only under the same `binding`, the list of
 * what it belongs to, so that one person's template put in another's row does not open there.
 */
export interface Cipher {
  seal(plain: Uint8Array, binding: readonly string[]): Uint8Array;
  /** Throws SealBroken. */
  open(sealed: Uint8Array, binding: readonly string[]): Uint8Array;
}

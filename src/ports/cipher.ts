/** Ciphertext that does not open: altered, moved to another place, or sealed with another key. */
export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

/**
 * Keeps personal data unreadable at rest. What is sealed opens only under the same `binding`, the list of
 * what it belongs to, so that one person's template put in another's row does not open there.
 */
export interface Cipher {
  /** How whatever is sealed now begins. What begins otherwise opens too, and is due to be sealed anew. */
  readonly mark: Uint8Array;
  seal(plain: Uint8Array, binding: readonly string[]): Uint8Array;
  /** Throws SealBroken. */
  open(sealed: Uint8Array, binding: readonly string[]): Uint8Array;
}

export const isSealedNow = ({ mark }: Cipher, sealed: Uint8Array): boolean =>
  mark.every((byte, index) => sealed[index] === byte);

/** One pass over everything a store holds sealed, a few at a time; what is added meanwhile is sealed as it should be. */
export interface Resealing {
  /** How many there were at the beginning. */
  readonly all: number;
  /**
   * Looks at the next `most`, and seals anew what is due, each whole or not at all. Nothing looked at: that was all.
   * Throws StorageFault.
   */
  next(most: number): { readonly looked: number; readonly resealed: number };
}

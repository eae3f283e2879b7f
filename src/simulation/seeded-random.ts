/** Numbers that look random and are the same for the same seed (xorshift32). */
export class SeededRandom {
  #bits: number;

  constructor(seed: number) {
    // Xorshift stays at zero once there; the constant spreads small seeds apart.
    this.#bits = Math.imul(seed | 0, 0x9e3779b1) >>> 0 || 0x9e3779b9;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.#next() % (high - low + 1));
  }

  #next(): number {
    let bits = this.#bits;
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    this.#bits = bits >>> 0;
    return this.#bits;
  }
}

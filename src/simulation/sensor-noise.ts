/** Pictures of the scene prepared with different noise; rows are then dealt from them at random. */
const variantCount = 4;
/** Noise of one pixel, in steps of luma; about that of a small sensor in an indoor light. */
const deviation = 3;

/** A prime: no two rows of a picture get the same noise. */
const grainLength = 65_521;

/**
 * A still scene as a sensor sees it: no two pictures alike. Noise is drawn once per scene; a picture is then
 * made by copying rows, about a tenth of a millisecond, so that watching costs next to nothing.
 */
export class SensorNoise {
  readonly #width: number;
  readonly #height: number;
  #tremble: number;
  #random: number;
  #variants: readonly Uint8Array[] = [];
  #shiftX = 0;
  #shiftY = 0;
  #grain: Int8Array | undefined;

  constructor(width: number, height: number, seed: number, tremble: number) {
    this.#width = width;
    this.#height = height;
    this.#tremble = Math.round(tremble);
    // Xorshift stays at zero once there.
    this.#random = (seed >>> 0 || 1) ^ 0x9e3779b9 || 1;
  }

  /** From now on at this, by so many pixels unsteady. */
  look(rgb: Uint8Array, tremble = this.#tremble): void {
    this.#tremble = Math.round(tremble);
    this.#shiftX = 0;
    this.#shiftY = 0;
    this.#variants = Array.from({ length: variantCount }, () => this.#withNoise(rgb));
  }

  /** Noise in grey levels for pixels that are painted anew, and where in it to begin with the next picture. */
  grain(): { readonly noise: Int8Array; readonly from: number } {
    this.#grain ??= Int8Array.from({ length: grainLength }, () => Math.round(this.#gaussian()));
    return { noise: this.#grain, from: this.#next() % grainLength };
  }

  /** The next picture of the scene, in memory of its own. */
  picture(): Uint8Array {
    const stride = this.#width * 3;
    const picture = new Uint8Array(stride * this.#height);
    this.#move();
    const left = Math.max(this.#shiftX, 0) * 3;
    const right = stride + Math.min(this.#shiftX, 0) * 3;
    for (let row = 0; row < this.#height; row++) {
      const variant = this.#variants[this.#next() % variantCount];
      if (variant === undefined) continue;
      const from = Math.min(Math.max(row - this.#shiftY, 0), this.#height - 1) * stride;
      const shifted = from - this.#shiftX * 3;
      // The margin that trembling uncovers keeps its unshifted pixels; it is a pixel or two wide.
      if (this.#shiftX !== 0) picture.set(variant.subarray(from, from + stride), row * stride);
      picture.set(variant.subarray(shifted + left, shifted + right), row * stride + left);
    }
    return picture;
  }

  /** A person sways: a step of at most one pixel a picture, never further than the tremble. */
  #move(): void {
    const step = () => (this.#next() % 3) - 1;
    const limit = (shift: number) => Math.min(Math.max(shift, -this.#tremble), this.#tremble);
    this.#shiftX = limit(this.#shiftX + step());
    this.#shiftY = limit(this.#shiftY + step());
  }

  #withNoise(rgb: Uint8Array): Uint8Array {
    const noisy = new Uint8ClampedArray(rgb.length);
    for (let pixel = 0; pixel < rgb.length; pixel += 3) {
      const noise = this.#gaussian();
      // One value for all three: a camera's noise is mostly in the luma once its encoder is through.
      for (let channel = pixel; channel < pixel + 3; channel++) noisy[channel] = (rgb[channel] ?? 0) + noise;
    }
    return new Uint8Array(noisy.buffer);
  }

  /** Sum of four uniform values: near enough to normal, and far cheaper. */
  #gaussian(): number {
    const bits = this.#next();
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
    return ((sum - 510) / 148) * deviation;
  }

  /** Xorshift32: small, seeded, good enough for noise. */
  #next(): number {
    let bits = this.#random;
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    this.#random = bits >>> 0;
    return this.#random;
  }
}

/** Side of the blocks that are transformed. */
export const spectrumSide = 64;

const bits = 6;
const side = spectrumSide;
const cosines = Float64Array.from({ length: side / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / side));
const sines = Float64Array.from({ length: side / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / side));
const reversed = Uint8Array.from({ length: side }, (_, index) => {
  let turned = 0;
  for (let bit = 0; bit < bits; bit += 1) if (index & (1 << bit)) turned |= 1 << (bits - 1 - bit);
  return turned;
});
const hann = Float64Array.from(
  { length: side },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / side),
);

/** Discrete Fourier transform of 64 complex numbers, in place (Cooley and Tukey, radix 2). */
export function transform64(real: Float64Array, imaginary: Float64Array): void {
  for (let index = 0; index < side; index += 1) {
    const other = reversed[index] ?? 0;
    if (other <= index) continue;
    const [one, two] = [real[index] ?? 0, imaginary[index] ?? 0];
    real[index] = real[other] ?? 0;
    imaginary[index] = imaginary[other] ?? 0;
    real[other] = one;
    imaginary[other] = two;
  }
  for (let half = 1; half < side; half *= 2) {
    const stride = side / (2 * half);
    for (let start = 0; start < side; start += 2 * half) {
      for (let offset = 0; offset < half; offset += 1) {
        const cosine = cosines[offset * stride] ?? 0;
        const sine = sines[offset * stride] ?? 0;
        const low = start + offset;
        const high = low + half;
        const turnedReal = (real[high] ?? 0) * cosine - (imaginary[high] ?? 0) * sine;
        const turnedImaginary = (real[high] ?? 0) * sine + (imaginary[high] ?? 0) * cosine;
        real[high] = (real[low] ?? 0) - turnedReal;
        imaginary[high] = (imaginary[low] ?? 0) - turnedImaginary;
        real[low] = (real[low] ?? 0) + turnedReal;
        imaginary[low] = (imaginary[low] ?? 0) + turnedImaginary;
      }
    }
  }
}

/** Frequencies 0 to 32 across: what is left of them is the mirror image for real pictures. */
export const spectrumColumns = side / 2 + 1;

const rowReal = new Float64Array(side);
const rowImaginary = new Float64Array(side);
const blockReal = new Float64Array(side * spectrumColumns);
const blockImaginary = new Float64Array(side * spectrumColumns);

/**
 * Adds the power spectrum of the 64×64 block at (x, y), its mean taken off, under a Hann window. `sum` has 64 rows
 * (frequency down, wrapped) of 33 (frequency across). `read` gives the pixel at a position.
 */
export function addPowerSpectrum(
  read: (x: number, y: number) => number,
  x: number,
  y: number,
  sum: Float64Array,
): void {
  let mean = 0;
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) mean += read(x + column, y + row);
  mean /= side * side;
  // Two real rows make one complex row; its halves are told apart by symmetry.
  for (let row = 0; row < side; row += 2) {
    for (let column = 0; column < side; column += 1) {
      const weight = hann[column] ?? 0;
      rowReal[column] = (read(x + column, y + row) - mean) * weight * (hann[row] ?? 0);
      rowImaginary[column] = (read(x + column, y + row + 1) - mean) * weight * (hann[row + 1] ?? 0);
    }
    transform64(rowReal, rowImaginary);
    for (let column = 0; column < spectrumColumns; column += 1) {
      const mirror = (side - column) % side;
      const [ar, ai] = [rowReal[column] ?? 0, rowImaginary[column] ?? 0];
      const [br, bi] = [rowReal[mirror] ?? 0, rowImaginary[mirror] ?? 0];
      const at = row * spectrumColumns + column;
      blockReal[at] = (ar + br) / 2;
      blockImaginary[at] = (ai - bi) / 2;
      blockReal[at + spectrumColumns] = (ai + bi) / 2;
      blockImaginary[at + spectrumColumns] = (br - ar) / 2;
    }
  }
  for (let column = 0; column < spectrumColumns; column += 1) {
    for (let row = 0; row < side; row += 1) {
      rowReal[row] = blockReal[row * spectrumColumns + column] ?? 0;
      rowImaginary[row] = blockImaginary[row * spectrumColumns + column] ?? 0;
    }
    transform64(rowReal, rowImaginary);
    for (let row = 0; row < side; row += 1) {
      const at = row * spectrumColumns + column;
      sum[at] = (sum[at] ?? 0) + (rowReal[row] ?? 0) ** 2 + (rowImaginary[row] ?? 0) ** 2;
    }
  }
}

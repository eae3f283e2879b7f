import { countUpTo } from "../../src/domain/biometric/accuracy.ts";

/** False match rates the line is fitted between: enough impostors, and few enough to be the tail. */
const fittedFrom = 1e-2;
const fittedTo = 1e-4;
const points = 40;

/**
 * Where the false match rate would come to `rate` if its logarithm went on as it goes from 1e-2 to 1e-4: a parabola in
 * the distance, least squares. For rates that too few comparisons carry, and where a handful of pictures under the
 * wrong name stand in for strangers.
 */
export function extrapolated(impostor: Float32Array, rate: number): number {
  const [low, high] = [at(impostor, fittedTo), at(impostor, fittedFrom)];
  const xs = Array.from({ length: points }, (_, index) => low + ((high - low) * index) / (points - 1));
  const ys = xs.map((x) => Math.log10(Math.max(countUpTo(impostor, x), 1) / impostor.length));
  const [a, b, c] = parabola(xs, ys);
  const target = Math.log10(rate);
  // From the known part downwards: the root next to it.
  for (let x = low; x > 0; x -= 1e-5) {
    if (a * x * x + b * x + c <= target) return x;
  }
  return 0;
}

const at = (ascending: Float32Array, share: number): number =>
  ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;

/** y = a x² + b x + c. */
function parabola(xs: readonly number[], ys: readonly number[]): readonly [number, number, number] {
  const middle = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const basis = xs.map((x) => [(x - middle) ** 2, x - middle, 1] as const);
  const normal = [0, 1, 2].map((row) => [
    ...[0, 1, 2].map((column) => basis.reduce((sum, one) => sum + (one[row] ?? 0) * (one[column] ?? 0), 0)),
    basis.reduce((sum, one, index) => sum + (one[row] ?? 0) * (ys[index] ?? 0), 0),
  ]);
  for (let pivot = 0; pivot < 3; pivot += 1) {
    for (let row = 0; row < 3; row += 1) {
      if (row === pivot) continue;
      const factor = (normal[row]?.[pivot] ?? 0) / (normal[pivot]?.[pivot] ?? 1);
      for (let column = 0; column < 4; column += 1) {
        const target = normal[row];
        if (target !== undefined)
          target[column] = (target[column] ?? 0) - factor * (normal[pivot]?.[column] ?? 0);
      }
    }
  }
  const [a, b, c] = [0, 1, 2].map((row) => (normal[row]?.[3] ?? 0) / (normal[row]?.[row] ?? 1));
  const [p, q, r] = [a ?? 0, b ?? 0, c ?? 0];
  return [p, q - 2 * p * middle, r - q * middle + p * middle * middle];
}

/** Square matrices as rows one after the other. */
export type Matrix = Float64Array;

export function meanRow(values: Float32Array, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const [index, value] of values.entries()) mean[index % size] = (mean[index % size] ?? 0) + value;
  const rows = values.length / size;
  return mean.map((sum) => sum / rows);
}

/** Mean outer product of rows, each less what `centre` says about its row. */
export function scatter(values: Float32Array, size: number, centre: (row: number) => Float64Array): Matrix {
  const out = new Float64Array(size * size);
  const rows = values.length / size;
  const row = new Float64Array(size);
  for (let index = 0; index < rows; index += 1) {
    const middle = centre(index);
    for (let at = 0; at < size; at += 1) row[at] = (values[index * size + at] ?? 0) - (middle[at] ?? 0);
    for (let one = 0; one < size; one += 1) {
      for (let other = 0; other < size; other += 1)
        out[one * size + other] = (out[one * size + other] ?? 0) + (row[one] ?? 0) * (row[other] ?? 0);
    }
  }
  return out.map((sum) => sum / rows);
}

const sweeps = 12;

/** Eigenvalues and vectors (as columns) of a symmetric matrix, by Jacobi's rotations. */
function eigen(symmetric: Matrix, size: number): { values: Float64Array; vectors: Matrix } {
  const a = symmetric.slice();
  const vectors = new Float64Array(size * size);
  for (let index = 0; index < size; index += 1) vectors[index * size + index] = 1;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) rotate(a, vectors, size, p, q);
    }
  }
  return { values: Float64Array.from({ length: size }, (_, index) => a[index * size + index] ?? 0), vectors };
}

function rotate(a: Matrix, vectors: Matrix, size: number, p: number, q: number): void {
  const apq = a[p * size + q] ?? 0;
  if (Math.abs(apq) < 1e-18) return;
  const theta = ((a[q * size + q] ?? 0) - (a[p * size + p] ?? 0)) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (list: Matrix, one: number, other: number): void => {
    const [first, second] = [list[one] ?? 0, list[other] ?? 0];
    list[one] = c * first - s * second;
    list[other] = s * first + c * second;
  };
  for (let k = 0; k < size; k += 1) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k += 1) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k += 1) turn(vectors, k * size + p, k * size + q);
}

/** The symmetric matrix with the same vectors and `change` made of each eigenvalue. */
export function changed(symmetric: Matrix, size: number, change: (value: number) => number): Matrix {
  const { values, vectors } = eigen(symmetric, size);
  const made = values.map(change);
  const out = new Float64Array(size * size);
  for (let one = 0; one < size; one += 1) {
    for (let other = 0; other < size; other += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1)
        sum += (vectors[one * size + k] ?? 0) * (made[k] ?? 0) * (vectors[other * size + k] ?? 0);
      out[one * size + other] = sum;
    }
  }
  return out;
}

/** Every row, less `centre`, times a symmetric matrix. */
export function transformed(
  values: Float32Array,
  matrix: Matrix,
  centre: Float64Array,
  size: number,
): Float32Array {
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += size) {
    for (let at = 0; at < size; at += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1)
        sum += ((values[from + k] ?? 0) - (centre[k] ?? 0)) * (matrix[k * size + at] ?? 0);
      out[from + at] = sum;
    }
  }
  return out;
}

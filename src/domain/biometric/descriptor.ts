/** What a net makes of a face. Only descriptors of one model can be compared. */
export interface Descriptor {
  /** The model's id (`FaceModel.id`). */
  readonly model: string;
  readonly values: Float32Array;
}

/** Longest descriptor taken in; nets in use make 128 to 512 numbers. */
const mostDimensions = 4096;

function lengthOf(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** Whether the numbers point anywhere at all: a camera fault or a broken net must never look like a person. */
export function isUsable(values: Float32Array): boolean {
  const length = lengthOf(values);
  return values.length > 0 && values.length <= mostDimensions && Number.isFinite(length) && length > 0;
}

/**
 * 1 − cos of the angle between two descriptors: 0 for the same direction, 1 for unrelated, 2 for opposite.
 * Undefined where they cannot be compared: different models or sizes, a NaN, length zero.
 */
export function cosineDistance(one: Descriptor, other: Descriptor): number | undefined {
  if (one.model !== other.model || one.values.length !== other.values.length) return undefined;
  if (!isUsable(one.values) || !isUsable(other.values)) return undefined;
  let product = 0;
  for (let index = 0; index < one.values.length; index += 1) {
    product += (one.values[index] ?? Number.NaN) * (other.values[index] ?? Number.NaN);
  }
  const distance = 1 - product / (lengthOf(one.values) * lengthOf(other.values));
  return Number.isFinite(distance) ? Math.min(2, Math.max(0, distance)) : undefined;
}

/**
 * One descriptor out of several of the same person: the mean of their directions, of unit length.
 * Undefined for none, for different models or sizes, for an unusable one among them, or where they cancel out.
 */
export function fuse(descriptors: readonly Descriptor[]): Descriptor | undefined {
  const [first] = descriptors;
  if (first === undefined) return undefined;
  const sum = new Float64Array(first.values.length);
  for (const { model, values } of descriptors) {
    if (model !== first.model || values.length !== sum.length || !isUsable(values)) return undefined;
    const length = lengthOf(values);
    // By index: an iterator takes several times as long, and the search for one face goes through everybody's.
    for (let index = 0; index < sum.length; index += 1)
      sum[index] = (sum[index] ?? 0) + (values[index] ?? Number.NaN) / length;
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  const length = Math.sqrt(squares);
  // Directions that cancel out to rounding noise would otherwise be blown up to a random one.
  if (!(length > 1e-3 * descriptors.length)) return undefined;
  const values = new Float32Array(sum.length);
  for (let index = 0; index < sum.length; index += 1) values[index] = (sum[index] ?? Number.NaN) / length;
  return { model: first.model, values };
}

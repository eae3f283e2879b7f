import type { TrackPoint } from "./track.ts";

/**
 * How far brows, nose and eyes (landmarks 17 to 47) stand out towards the camera from the plane through the eyes, in
 * distances of the eyes. Proportions of an average adult from anthropometric tables (nose 31 mm before the eyes, their
 * outer corners 10 mm behind, distance 63 mm), good to a tenth: they weigh the landmarks and measure nothing. The mouth
 * is left out because it talks, the jaw because its landmarks slide along the outline.
 */
const depths: readonly number[] = [
  [-12, -1, 5, 8, 9, 9, 8, 5, -1, -12],
  [8, 15, 23, 31, 12, 17, 20, 17, 12],
  [-10, -2, 0, -4, -1, -3, -4, 0, -2, -10, -3, -1],
]
  .flat()
  .map((millimetres) => millimetres / 63);

const firstUsed = 17;
const shapePoints = depths.length;

/** Where a face stands in the picture, in pixels and radians. */
export interface FacePlacement {
  readonly x: number;
  readonly y: number;
  readonly eyeDistance: number;
  readonly roll: number;
}

/** A face without its place, size and tilt: x and y of each point used, in distances of the eyes from their middle. */
export interface FaceShape {
  readonly placement: FacePlacement;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Undefined where the landmarks do not make a face. */
export function shapeOf(landmarks: readonly TrackPoint[]): FaceShape | undefined {
  const right = centreOf(landmarks.slice(36, 42));
  const left = centreOf(landmarks.slice(42, 48));
  const eyeDistance = Math.hypot(left.x - right.x, left.y - right.y);
  const used = landmarks.slice(firstUsed, firstUsed + shapePoints);
  if (!(eyeDistance > 1 && used.length === shapePoints)) return undefined;
  const cosine = (left.x - right.x) / eyeDistance;
  const sine = (left.y - right.y) / eyeDistance;
  const middle = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  return {
    placement: { ...middle, eyeDistance, roll: Math.atan2(sine, cosine) },
    x: used.map((point) => ((point.x - middle.x) * cosine + (point.y - middle.y) * sine) / eyeDistance),
    y: used.map((point) => ((point.y - middle.y) * cosine - (point.x - middle.x) * sine) / eyeDistance),
  };
}

function centreOf(points: readonly TrackPoint[]): TrackPoint {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** What makes one frame's shape out of the track's mean shape. */
export interface ShapeChange {
  /** Sine of how far the head seems turned, by what stands out from a face; right is the picture's. */
  readonly right: number;
  readonly down: number;
  /** Shorter by longer axis of what the mean face's circle became; 1: neither stretched nor sheared. */
  readonly stretch: number;
  /** What none of that explains: root mean square, in distances of the eyes. */
  readonly rest: number;
}

/**
 * Splits the changes of a face's shape over a track. Every change of a sheet, flat or bent to a cylinder, is within
 * terms of second order over the face, up to noise; what a head's turning adds to that is its depth beyond them.
 */
export function shapeChanges(shapes: readonly FaceShape[]): readonly ShapeChange[] {
  const mean = (axis: "x" | "y"): readonly number[] =>
    depths.map(
      (_, point) => shapes.reduce((sum, shape) => sum + (shape[axis][point] ?? 0), 0) / shapes.length,
    );
  const terms = surfaceTerms(mean("x"), mean("y"));
  const solver = normalEquations(terms);
  if (solver === undefined) return [];
  const depth = fitted(terms, solver, depths).rest;
  const weight = depth.reduce((sum, value) => sum + value * value, 0);
  return shapes.map((shape) => {
    const across = fitted(terms, solver, shape.x);
    const along = fitted(terms, solver, shape.y);
    const right = dot(across.rest, depth) / weight;
    const down = dot(along.rest, depth) / weight;
    const unexplained = depth.reduce(
      (sum, value, point) =>
        sum +
        ((across.rest[point] ?? 0) - right * value) ** 2 +
        ((along.rest[point] ?? 0) - down * value) ** 2,
      0,
    );
    return {
      right,
      down,
      stretch: axisRatio(across.coefficients, along.coefficients),
      rest: Math.sqrt(unexplained / 2 / shapePoints),
    };
  });
}

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

/** 1, x, y, x², xy, y² at each point. */
const surfaceTerms = (x: readonly number[], y: readonly number[]): readonly (readonly number[])[] =>
  x.map((u, point) => {
    const v = y[point] ?? 0;
    return [1, u, v, u * u, u * v, v * v];
  });

/** Ratio of the singular values of the linear part. */
function axisRatio([, a = 0, b = 0]: readonly number[], [, c = 0, d = 0]: readonly number[]): number {
  const long = Math.hypot(a + d, c - b);
  const short = Math.hypot(a - d, c + b);
  return (long - short) / (long + short);
}

type Matrix = readonly (readonly number[])[];

/** The inverse of terms' inner products; undefined where the points lie on one line or curve. */
function normalEquations(terms: Matrix): Matrix | undefined {
  const count = terms[0]?.length ?? 0;
  const rows = Array.from({ length: count }, (_, i) => [
    ...Array.from({ length: count }, (__, j) =>
      terms.reduce((sum, term) => sum + (term[i] ?? 0) * (term[j] ?? 0), 0),
    ),
    ...Array.from({ length: count }, (__, j) => (i === j ? 1 : 0)),
  ]);
  for (let pivot = 0; pivot < count; pivot += 1) {
    const best = rows.reduce(
      (chosen, row, index) =>
        index >= pivot && Math.abs(row[pivot] ?? 0) > Math.abs(rows[chosen]?.[pivot] ?? 0) ? index : chosen,
      pivot,
    );
    const lead = rows[best];
    const displaced = rows[pivot];
    if (lead === undefined || displaced === undefined || !(Math.abs(lead[pivot] ?? 0) > 1e-12))
      return undefined;
    rows[best] = displaced;
    const scaled = lead.map((value) => value / (lead[pivot] ?? 1));
    rows[pivot] = scaled;
    for (const [index, row] of rows.entries()) {
      const factor = row[pivot] ?? 0;
      if (index !== pivot) rows[index] = row.map((value, column) => value - factor * (scaled[column] ?? 0));
    }
  }
  return rows.map((row) => row.slice(count));
}

function fitted(
  terms: Matrix,
  inverse: Matrix,
  values: readonly number[],
): { coefficients: readonly number[]; rest: readonly number[] } {
  const products = inverse.map((_, i) =>
    terms.reduce((sum, term, point) => sum + (term[i] ?? 0) * (values[point] ?? 0), 0),
  );
  const coefficients = inverse.map((row) => dot(row, products));
  return { coefficients, rest: values.map((value, point) => value - dot(terms[point] ?? [], coefficients)) };
}

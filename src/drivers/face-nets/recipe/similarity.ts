import type { Point } from "../../../ports/face-engine.ts";

/**
 * A rotation, a scale and a shift: (x, y) → (a·x − b·y + shiftX, b·x + a·y + shiftY).
 * The scale is √(a² + b²), the rotation atan2(b, a), clockwise on a screen whose y points down.
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly shiftX: number;
  readonly shiftY: number;
}

export function apply(map: Similarity, point: Point): Point {
  return {
    x: map.a * point.x - map.b * point.y + map.shiftX,
    y: map.b * point.x + map.a * point.y + map.shiftY,
  };
}

/** What is left of points that all lie in one place is rounding. */
const smallestScale = 1e-6;

/** How many target pixels one source pixel becomes. */
export const scaleOf = (map: Similarity): number => Math.hypot(map.a, map.b);

/** Degrees, clockwise on a screen. */
export const rotationOf = (map: Similarity): number => (Math.atan2(map.b, map.a) * 180) / Math.PI;

function centroid(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}

/**
 * The similarity that takes `from` nearest to `to` (least sum of squared distances, no reflection).
 * Undefined where there is none: fewer than two points, all of `from` in one place, or a number that is not finite.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity | undefined {
  if (from.length !== to.length)
    throw new RangeError(`${from.length} points cannot be fitted to ${to.length}`);
  if (from.length < 2) return undefined;
  const fromCentre = centroid(from);
  const toCentre = centroid(to);
  let spread = 0;
  let along = 0;
  let across = 0;
  for (const [index, point] of from.entries()) {
    const target = to[index];
    if (target === undefined) return undefined;
    const x = point.x - fromCentre.x;
    const y = point.y - fromCentre.y;
    const u = target.x - toCentre.x;
    const v = target.y - toCentre.y;
    spread += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  }
  const a = along / spread;
  const b = across / spread;
  const shiftX = toCentre.x - a * fromCentre.x + b * fromCentre.y;
  const shiftY = toCentre.y - b * fromCentre.x - a * fromCentre.y;
  // All-equal points or a NaN landmark divide by zero or spread: one check finds every such case.
  return Number.isFinite(a + b + shiftX + shiftY) && Math.hypot(a, b) > smallestScale
    ? { a, b, shiftX, shiftY }
    : undefined;
}

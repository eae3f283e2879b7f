/** A straight line through what was measured, and how far its slope may be off. */
export interface Trend {
  /** Of `y` for each unit of `x`. */
  readonly slope: number;
  /** Nineteen times in twenty the slope lies within this much of it. */
  readonly within: number;
}

/**
 * Least squares. Memory that was high a moment ago still is: samples that follow each other say less than as many independent ones,
 * by the correlation of what the line leaves over.
 */
export function trendOf(points: readonly (readonly [x: number, y: number])[]): Trend {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([one]) => one)), mean(points.map(([, one]) => one))];
  const spread = points.reduce((sum, [one]) => sum + (one - x) ** 2, 0);
  const slope = points.reduce((sum, [one, other]) => sum + (one - x) * (other - y), 0) / spread;
  const left = points.map(([one, other]) => other - y - slope * (one - x));
  const squares = left.reduce((sum, one) => sum + one ** 2, 0);
  const following = left.slice(1).reduce((sum, one, index) => sum + one * (left[index] ?? 0), 0);
  const correlation = squares === 0 ? 0 : Math.min(0.99, Math.max(0, following / squares));
  const error = Math.sqrt(squares / Math.max(1, points.length - 2) / spread);
  return { slope, within: 1.96 * error * Math.sqrt((1 + correlation) / (1 - correlation)) };
}

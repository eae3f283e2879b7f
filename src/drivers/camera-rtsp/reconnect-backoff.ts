import type { Milliseconds } from "../../domain/time.ts";

export interface BackoffLimits {
  readonly first: Milliseconds;
  readonly longest: Milliseconds;
}

/**
 * How long to wait after the `failures`-th failure in a row (1 and up). Doubles up to `longest`; the upper half
 * is random, so that many cameras behind one switch do not come back all at once.
 * `random` is from 0 up to, not including, 1.
 */
export function retryDelay(failures: number, limits: BackoffLimits, random: number): Milliseconds {
  // 2 ** 30 is far over any limit; more would only lead to infinity.
  const doubled = limits.first * 2 ** Math.min(Math.max(failures - 1, 0), 30);
  return Math.min(doubled, limits.longest) * (0.5 + random / 2);
}

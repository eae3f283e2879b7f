import type { Milliseconds } from "../../domain/time.ts";

export interface BackOffLimits {
  readonly first: Milliseconds;
  readonly longest: Milliseconds;
}

/**
 * How long to wait before attempt `attempt` (1, 2, 3 …): doubling up to `longest`, of which a random half
 * is taken off, so that a hundred boxes do not come back to a restarted broker in the same instant.
 */
export function backOff(attempt: number, limits: BackOffLimits, random: () => number): Milliseconds {
  const full = Math.min(limits.longest, limits.first * 2 ** Math.min(attempt - 1, 30));
  return full * (0.5 + random() / 2);
}

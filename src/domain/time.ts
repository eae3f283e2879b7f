declare const instantBrand: unique symbol;
declare const wallBrand: unique symbol;

/**
 * A point on the machine's monotonic clock, in milliseconds since boot (CLOCK_MONOTONIC).
 * All processes of one boot share it, so instants may be compared across processes; never across boots.
 */
export type Instant = number & { readonly [instantBrand]: true };

/** A point on the wall clock, in milliseconds since 1970 UTC. For people and schedules only: no timer uses it (A9). */
export type WallTime = number & { readonly [wallBrand]: true };

/** A length of time in milliseconds. */
export type Milliseconds = number;

export const instant = (milliseconds: number): Instant => milliseconds as Instant;
export const wallTime = (milliseconds: number): WallTime => milliseconds as WallTime;

export const after = (start: Instant, length: Milliseconds): Instant => instant(start + length);
export const since = (start: Instant, now: Instant): Milliseconds => now - start;

export const latest = (first: Instant, ...others: readonly Instant[]): Instant =>
  others.reduce((a, b) => (b > a ? b : a), first);

/** The earliest of the instants that are set. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const candidate of instants) {
    if (candidate !== undefined && (first === undefined || candidate < first)) first = candidate;
  }
  return first;
}

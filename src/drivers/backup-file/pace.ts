/**
 * How much of the disk a backup may have: pieces of a few megabytes, each made durable before the next, so that no
 * decision's own write has to wait behind hundreds of megabytes of it.
 */
export interface Pace {
  readonly bytesPerSecond: number;
}

export const syncEvery = 4 * 1024 * 1024;

/** Milliseconds to wait after `bytes` since `start`, at this pace. */
export function pauseAfter({ bytesPerSecond }: Pace, bytes: number, elapsed: number): number {
  return Math.max(0, (bytes / bytesPerSecond) * 1_000 - elapsed);
}

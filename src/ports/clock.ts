import type { Instant, WallTime } from "../domain/time.ts";

/** Tells time and wakes sleepers. Domain code never sees it: inputs carry their own instant. */
export interface Clock {
  /** Monotonic, never stepped. */
  now(): Instant;
  /** The wall clock, for records and schedules; may jump. */
  wall(): WallTime;
  /** Calls `wake` once, at `at` or as soon after as the machine manages. Disposing cancels. */
  wakeAt(at: Instant, wake: () => void): Disposable;
}

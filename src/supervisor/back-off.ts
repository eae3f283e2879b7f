import type { Milliseconds } from "../domain/time.ts";

/** A process that lived this long has recovered: its next restart is prompt again. */
const steadyLife: Milliseconds = 10_000;
const steps: readonly Milliseconds[] = [0, 100, 300, 1_000, 3_000, 10_000];

/** How many times in a row a process died young, and so how long to wait before the next start. */
export interface BackOff {
  readonly young: number;
}

export const fresh: BackOff = { young: 0 };

export function afterDeath(
  backOff: BackOff,
  lived: Milliseconds,
): { readonly backOff: BackOff; readonly wait: Milliseconds } {
  const young = lived >= steadyLife ? 0 : backOff.young;
  return { backOff: { young: young + 1 }, wait: steps[Math.min(young, steps.length - 1)] ?? 0 };
}

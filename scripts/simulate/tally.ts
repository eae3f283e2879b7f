/** What a run, or many, came to. */
export interface Tally {
  seeds: number;
  passages: number;
  granted: number;
  egress: number;
  taken: number;
  notTaken: number;
  records: number;
  commands: number;
  simulatedMilliseconds: number;
  /** Alarms that the facts demanded, and how many of those could not be expected because something else was broken. */
  demanded: number;
  waived: number;
  /** How often both doors stood open for a reason that no interlock can prevent. */
  bothOpen: number;
  readonly weather: Record<string, number>;
  readonly denied: Record<string, number>;
  readonly alarms: Record<string, number>;
  readonly troubles: Record<string, number>;
  readonly tricks: Record<string, number>;
  /** Fires, lockdowns, overrides and what else operators and the box's inputs brought. */
  readonly orders: Record<string, number>;
  readonly deaths: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  seeds: 0,
  passages: 0,
  granted: 0,
  egress: 0,
  taken: 0,
  notTaken: 0,
  records: 0,
  commands: 0,
  simulatedMilliseconds: 0,
  demanded: 0,
  waived: 0,
  bothOpen: 0,
  weather: {},
  denied: {},
  alarms: {},
  troubles: {},
  tricks: {},
  orders: {},
  deaths: {},
});

/** Adds `one` to `sum`. */
export function addTally(sum: Tally, one: Tally): void {
  const into = sum as unknown as Record<string, unknown>; // both have the same fields
  for (const [key, value] of Object.entries(one)) {
    if (typeof value === "number") into[key] = Number(into[key]) + value;
    else addCounts(into[key] as Record<string, number>, value as Record<string, number>);
  }
}

function addCounts(sum: Record<string, number>, one: Readonly<Record<string, number>>): void {
  for (const [key, value] of Object.entries(one)) sum[key] = (sum[key] ?? 0) + value;
}

import { type DoorName, doorNames } from "../names.ts";
import type { Milliseconds } from "../time.ts";
import type { DoorPolicy, InterlockPolicy } from "./policy.ts";
import type { InterlockState } from "./state.ts";

type DoorRunningRules = Pick<
  DoorPolicy,
  "releaseTime" | "relockOnOpen" | "relockDelay" | "heldOpenTime" | "heldOpenWarning"
>;

/**
 * What may be changed of an interlock that runs. Nothing of what is wired, and nothing by which it is judged whether
 * a door is secure: that stays as it was explored, until the next start.
 */
export interface RunningRules extends Pick<InterlockPolicy, "overrideTime" | "dwellTime"> {
  readonly doors: Readonly<Record<DoorName, DoorRunningRules>>;
}

/** domain.md §2, in milliseconds. */
export const runningRanges = {
  releaseTime: [2_000, 30_000],
  relockDelay: [0, 5_000],
  heldOpenTime: [5_000, 300_000],
  heldOpenWarning: [0, 60_000],
  overrideTime: [10_000, 600_000],
  dwellTime: [30_000, 900_000],
} as const satisfies Readonly<Record<string, readonly [Milliseconds, Milliseconds]>>;

export function runningRulesOf({ doors, overrideTime, dwellTime }: InterlockPolicy): RunningRules {
  const door = (name: DoorName): DoorRunningRules => {
    const { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning } = doors[name];
    return { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning };
  };
  return { doors: { outer: door("outer"), inner: door("inner") }, overrideTime, dwellTime };
}

/** The same interlock under other rules; whatever else came with them is left behind. */
export function withRunningRules(policy: InterlockPolicy, rules: RunningRules): InterlockPolicy {
  const { overrideTime, dwellTime } = rules;
  const door = (name: DoorName): DoorPolicy => {
    const { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning } = rules.doors[name];
    const changed = { releaseTime, relockOnOpen, relockDelay, heldOpenTime, heldOpenWarning };
    return { ...policy.doors[name], ...changed };
  };
  return { ...policy, overrideTime, dwellTime, doors: { outer: door("outer"), inner: door("inner") } };
}

/** What the interlock will not take, whoever sends it; undefined where all is well. */
export function faultOfRunningRules(rules: RunningRules): string | undefined {
  const faults = [
    rangeFault("overrideTime", rules.overrideTime),
    rangeFault("dwellTime", rules.dwellTime),
    ...doorNames.flatMap((door) => doorFaults(door, rules.doors[door])),
  ];
  return faults.find((fault) => fault !== undefined);
}

function doorFaults(door: DoorName, rules: DoorRunningRules): readonly (string | undefined)[] {
  const times = ["releaseTime", "relockDelay", "heldOpenTime", "heldOpenWarning"] as const;
  const faults = times
    .map((name) => rangeFault(name, rules[name]))
    .map((fault) => fault && `${door}: ${fault}`);
  if (typeof rules.relockOnOpen !== "boolean") faults.push(`${door}: relockOnOpen is neither true nor false`);
  if (!(rules.heldOpenWarning < rules.heldOpenTime))
    faults.push(`${door}: heldOpenWarning is not less than heldOpenTime`);
  return faults;
}

function rangeFault(name: keyof typeof runningRanges, value: Milliseconds): string | undefined {
  const [low, high] = runningRanges[name];
  // Not `value < low`: what is no number is in no range.
  return typeof value === "number" && value >= low && value <= high
    ? undefined
    : `${name} ${value} ms is not within ${low} to ${high} ms`;
}

/** Nothing is released, open, or still to be made certain: no release under way gets longer by other rules. */
export function mayChangeRules({ doors }: InterlockState): boolean {
  return doorNames.every((name) => {
    const { lock, leaf, contact, taking } = doors[name];
    return (
      lock.commanded === "secured" &&
      leaf.position !== "open" &&
      contact !== "open" &&
      taking.phase === "none"
    );
  });
}

export function areSameRules(one: RunningRules, other: RunningRules): boolean {
  const sameDoor = (name: DoorName): boolean => {
    const [a, b] = [one.doors[name], other.doors[name]];
    return (
      a.releaseTime === b.releaseTime &&
      a.relockOnOpen === b.relockOnOpen &&
      a.relockDelay === b.relockDelay &&
      a.heldOpenTime === b.heldOpenTime &&
      a.heldOpenWarning === b.heldOpenWarning
    );
  };
  return (
    one.overrideTime === other.overrideTime && one.dwellTime === other.dwellTime && doorNames.every(sameDoor)
  );
}

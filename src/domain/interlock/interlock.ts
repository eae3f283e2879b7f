/**
 * The interlock of one door pair (domain.md §2): pure, total, and the same code in the interlock process, in the
 * tests and in the simulation. This file is the module's only door.
 */
import type { DoorName, Lock } from "../names.ts";
import type { InterlockEvent } from "./event.ts";

export { deadline, decide } from "./decide.ts";
export { type Grant, type InterlockEvent, isRecorded, type OverriddenDoors } from "./event.ts";
export { evolve } from "./evolve.ts";
export type { InterlockInput, OccupancyChange } from "./input.ts";
export type { DoorPolicy, InterlockPolicy } from "./policy.ts";
export {
  areSameRules,
  faultOfRunningRules,
  mayChangeRules,
  type RunningRules,
  runningRulesOf,
  withRunningRules,
} from "./running-rules.ts";
export { type InterlockState, initialState, isLockedDown, isSecure, isWarning } from "./state.ts";

/** What the process around it must do. */
export interface InterlockEffect {
  readonly type: "commandLock";
  readonly door: DoorName;
  readonly lock: Lock;
}

const releasing: ReadonlySet<InterlockEvent["type"]> = new Set([
  "DoorReleased",
  "OverrideDoorReleased",
  "EmergencyDoorReleased",
] as const);

/** A release and its end switch a lock; everything else is only a record. */
export function effectOf(event: InterlockEvent): InterlockEffect | undefined {
  if (!("door" in event)) return undefined;
  if (releasing.has(event.type)) return { type: "commandLock", door: event.door, lock: "released" };
  if (event.type === "DoorSecured") return { type: "commandLock", door: event.door, lock: "secured" };
  return undefined;
}

import { type DoorName, doorNames } from "../names.ts";
import type { Instant } from "../time.ts";
import type { InterlockEvent } from "./event.ts";
import type { InterlockPolicy } from "./policy.ts";
import type { InterlockState } from "./state.ts";

/** Something that happens by itself at `at`, or as soon after as anyone looks. */
export interface Due {
  readonly at: Instant;
  readonly events: (now: Instant) => readonly InterlockEvent[];
}

export type Rule = (state: InterlockState, policy: InterlockPolicy) => readonly Due[];
export type DoorRule = (door: DoorName, state: InterlockState, policy: InterlockPolicy) => Due | undefined;

export const due = (at: Instant, ...what: readonly ((now: Instant) => InterlockEvent)[]): Due => ({
  at,
  events: (now) => what.map((make) => make(now)),
});

export const forEachDoor =
  (rule: DoorRule): Rule =>
  (state, policy) =>
    doorNames.flatMap((door) => rule(door, state, policy) ?? []);

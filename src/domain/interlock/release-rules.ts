import { type DoorName, doorNames, opposite } from "../names.ts";
import { after, earliest, type Instant } from "../time.ts";
import { burstStart } from "./contact-rules.ts";
import { type DoorRule, due, type Rule } from "./due.ts";
import type { SecuringCause } from "./event.ts";
import type { InterlockPolicy } from "./policy.ts";
import {
  type DoorState,
  freedBy,
  type InterlockState,
  isFreedByEmergency,
  isLockedDown,
  overdue,
  secureFrom,
} from "./state.ts";

/** R12: above everything, where the site's priority does not put lockdown above it (R14). */
export const emergencyRelease: DoorRule = (door, state, policy) =>
  isFreedByEmergency(state, door, policy) && freedBy(state.doors[door]) !== "emergency"
    ? due(overdue, (at) => ({ type: "EmergencyDoorReleased", at, door }))
    : undefined;

/** Ends of what holds a door released, each with its cause, the weightiest first. */
function endsOf(
  door: DoorName,
  state: InterlockState,
  policy: InterlockPolicy,
): readonly (readonly [Instant | undefined, SecuringCause])[] {
  const { lock } = state.doors[door];
  if (lock.commanded !== "released") return [];
  const lockdown = isLockedDown(state) ? overdue : undefined;
  const controllerLost = state.controller.phase === "present" ? undefined : overdue;
  switch (lock.by) {
    case "emergency":
      if (isFreedByEmergency(state, door, policy)) return [];
      return [[overdue, state.emergency ? "lockdown" : "emergencyReset"]];
    case "override":
      return [
        [lockdown, "lockdown"],
        [controllerLost, "controllerLost"],
        [lock.until, "overrideEnded"],
      ];
    case "grant":
      return [
        [lockdown, "lockdown"],
        [otherNotSecure(opposite(door), state, policy), "otherNotSecure"],
        [controllerLost, "controllerLost"],
        [throughAt(state.doors[door], policy, door), "opened"],
        [withdrawnAt(state.doors[door]), "withdrawn"],
        [lock.until, "timeUp"],
      ];
  }
}

/** R4, R12–R14, R16: a release ends at the first of these. */
export const releaseEnds: DoorRule = (door, state, policy) => {
  const ends = endsOf(door, state, policy);
  const first = earliest(...ends.map(([at]) => at));
  const end = ends.find(([at]) => at !== undefined && at === first);
  return end?.[0] === undefined
    ? undefined
    : due(end[0], (at) => ({ type: "DoorSecured", at, door, cause: end[1] }));
};

/** A released door's other one was secure at the release; anything that ends that ends the release at once. */
function otherNotSecure(
  other: DoorName,
  state: InterlockState,
  policy: InterlockPolicy,
): Instant | undefined {
  return secureFrom(state.doors[other], policy.doors[other], policy) === undefined ? overdue : undefined;
}

function throughAt(s: DoorState, policy: InterlockPolicy, door: DoorName): Instant | undefined {
  const rules = policy.doors[door];
  // Opened and closed again: the passage is over, even where the lock was to stay released while open.
  if (s.taking.phase === "none") return overdue;
  if (!rules.relockOnOpen) return undefined;
  if (s.leaf.position === "open") return after(s.leaf.since, rules.relockDelay);
  return s.contact === "open" ? after(burstStart(s, rules.contactDebounce), rules.relockDelay) : undefined;
}

/**
 * A8: at once, unless the door is open or on the move: no bolt is thrown at somebody who is going through. Should it
 * only have been rattled at, it is secured when its contact is closed again.
 */
function withdrawnAt({ lock, leaf, contact }: DoorState): Instant | undefined {
  const isWithdrawn = lock.commanded === "released" && lock.by === "grant" && lock.withdrawn === true;
  return isWithdrawn && leaf.position !== "open" && contact !== "open" ? overdue : undefined;
}

/** R4: the release is over and the door was not opened in it; a contact still bouncing is waited for. */
export const notTaken: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  const { contactDebounce } = policy.doors[door];
  if (s.taking.phase !== "awaited" || s.taking.to === undefined) return undefined;
  if (s.contact === "open" && burstStart(s, contactDebounce) <= s.taking.to) return undefined;
  const { grant } = s.taking;
  const certainAt = s.contact === "closed" ? after(s.contactSince, contactDebounce) : overdue;
  return due(certainAt, (at) => ({ type: "AccessNotTaken", at, door, grant }));
};

/** R13: a proposal nobody joins. */
export const proposalLapses: Rule = ({ proposal }) =>
  proposal === undefined
    ? []
    : [due(proposal.until, (at) => ({ type: "OverrideLapsed", at, id: proposal.id }))];

export const overrideEnds: Rule = ({ doors, overridden }) =>
  overridden && !doorNames.some((door) => freedBy(doors[door]) === "override")
    ? [due(overdue, (at) => ({ type: "OverrideEnded", at }))]
    : [];

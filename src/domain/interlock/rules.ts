import { doorNames } from "../names.ts";
import { after } from "../time.ts";
import { contactFault, doorMoved, heldOpen } from "./contact-rules.ts";
import { type Due, due, forEachDoor, type Rule } from "./due.ts";
import { lockFault, secureness } from "./lock-rules.ts";
import type { InterlockPolicy } from "./policy.ts";
import { emergencyRelease, notTaken, overrideEnds, proposalLapses, releaseEnds } from "./release-rules.ts";
import { type DoorState, freedBy, type InterlockState, overdue } from "./state.ts";

/** R16: silence is unsafe. */
const controllerSilent: Rule = ({ controller }, policy) =>
  controller.phase === "present"
    ? [due(after(controller.heardAt, policy.heartbeatTime), (at) => ({ type: "ControllerLost", at }))]
    : [];

/** R17: both open, whatever the reason, unless R12 or R13 explains it. */
const bothOpen: Rule = (state) => {
  const both = doorNames.every((door) => state.doors[door].leaf.position === "open");
  const violates = both && !isExplained(state);
  if (violates === state.violated) return [];
  return [
    due(overdue, (at) => (violates ? { type: "InterlockViolated", at } : { type: "InterlockRestored", at })),
  ];
};

/** A door is held released by a fire or by operators now, and neither was forced. */
function isExplained({ doors }: InterlockState): boolean {
  const wasForced = ({ leaf }: DoorState): boolean => leaf.position === "open" && leaf.cause === "forced";
  return (
    doorNames.some((door) => freedBy(doors[door]) !== undefined) &&
    !doorNames.some((door) => wasForced(doors[door]))
  );
}

/** R15: whoever has been between the doors for too long, until they have left. */
const detention: Rule = ({ entered, detained }, policy) => {
  const [oldest] = entered;
  if (detained !== undefined)
    return oldest === detained ? [] : [due(overdue, (at) => ({ type: "DetentionEnded", at }))];
  if (oldest === undefined) return [];
  return [due(after(oldest, policy.dwellTime), (at) => ({ type: "PersonDetained", at, since: oldest }))];
};

/**
 * In the order in which they act when several are due at the same instant: first what is believed,
 * then what must be secured, then what is said about it.
 */
const rules: readonly Rule[] = [
  forEachDoor(contactFault),
  forEachDoor(lockFault),
  controllerSilent,
  proposalLapses,
  forEachDoor(releaseEnds),
  forEachDoor(emergencyRelease),
  overrideEnds,
  forEachDoor(doorMoved),
  forEachDoor(notTaken),
  bothOpen,
  forEachDoor(heldOpen),
  detention,
  forEachDoor(secureness),
];

/** Everything that will happen by itself, unless something else happens first. */
export function dues(state: InterlockState, policy: InterlockPolicy): readonly Due[] {
  return rules.flatMap((rule) => rule(state, policy));
}

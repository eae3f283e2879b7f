import { after, latest } from "../time.ts";
import { type DoorRule, due } from "./due.ts";
import type { LockFaultKind } from "./event.ts";
import { type DoorState, overdue, secureFrom } from "./state.ts";

/** R8: the bolt follows the command within its time, or there is a fault. */
export const lockFault: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  // A line that would not switch is cleared by switching, see decide.
  if (policy.doors[door].bolt === "unfitted" || s.lockFault === "line") return undefined;
  const missing = boltExpectation(s);
  if (missing === s.lockFault) return undefined;
  if (missing === undefined)
    return boltAsCommanded(s) ? due(overdue, (at) => ({ type: "LockFaultCleared", at, door })) : undefined;
  const from =
    missing === "sensor"
      ? overdue
      : after(latest(s.lock.since, s.contactSince, s.boltSince), policy.doors[door].boltTime);
  return due(from, (at) => ({ type: "LockFault", at, door, fault: missing }));
};

function boltExpectation(s: DoorState): Exclude<LockFaultKind, "line"> | undefined {
  if (s.bolt === "fault") return "sensor";
  if (s.bolt === "unread") return undefined;
  if (s.lock.commanded === "released") return s.bolt === "retracted" ? undefined : "notRetracted";
  return s.contact === "closed" && s.bolt !== "thrown" ? "notThrown" : undefined;
}

/** A fault is over when the bolt is seen to follow, not when nobody asks any more. */
function boltAsCommanded(s: DoorState): boolean {
  if (s.lock.commanded === "secured") return s.contact === "closed" && s.bolt === "thrown";
  // One that would not throw proves nothing by staying retracted for the next release.
  return s.bolt === "retracted" && s.lockFault !== "notThrown";
}

/** Says when a door becomes secure and when it stops being so: what R1 and R2 go by, made visible. */
export const secureness: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  const from = secureFrom(s, policy.doors[door], policy);
  if (s.secure === (from !== undefined)) return undefined;
  return from === undefined
    ? due(overdue, (at) => ({ type: "DoorBecameInsecure", at, door }))
    : due(from, (at) => ({ type: "DoorBecameSecure", at, door }));
};

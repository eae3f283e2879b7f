import type { DoorName } from "../names.ts";
import { after, type Instant, latest, type Milliseconds, since } from "../time.ts";
import { type DoorRule, due } from "./due.ts";
import type { ContactFaultKind, InterlockEvent, OpeningCause } from "./event.ts";
import { flapWindow } from "./evolve.ts";
import type { InterlockPolicy } from "./policy.ts";
import { type DoorState, freedBy, overdue } from "./state.ts";

/** R9: a line that reads neither open nor closed, flaps, or never moves is not believed. */
export const contactFault: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  const { at, fault } = contactFaultOf(s, policy, door);
  if (fault === s.contactFault) return undefined;
  return fault === undefined
    ? due(at, (now) => ({ type: "ContactFaultCleared", at: now, door }))
    : due(at, (now) => ({ type: "ContactFault", at: now, door, fault }));
};

function contactFaultOf(
  s: DoorState,
  policy: InterlockPolicy,
  door: DoorName,
): { readonly at: Instant; readonly fault: ContactFaultKind | undefined } {
  const rules = policy.doors[door];
  if (s.contact === "fault") return { at: overdue, fault: "line" };
  // A contact that flapped is believed again after a whole window without a change.
  if (s.contactFault === "flapping") return { at: after(s.contactSince, flapWindow), fault: undefined };
  if (s.contactEdges.length > rules.flapLimit) return { at: overdue, fault: "flapping" };
  // Without a bolt sensor nothing else would show that the contact no longer follows the door (T28).
  if (rules.bolt === "unfitted" && s.notTaken >= rules.stuckContactLimit)
    return { at: overdue, fault: "stuckClosed" };
  return { at: overdue, fault: undefined };
}

/** The contact has been stable for long enough to be a record (T27); R5, R7 and R10 follow from it. */
export const doorMoved: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  if (s.contactFault === "flapping") return undefined;
  const { contactDebounce } = policy.doors[door];
  const stableAt = s.leaf.position === "unread" ? overdue : after(s.contactSince, contactDebounce);
  if (s.contact === "open" && s.leaf.position !== "open") {
    return { at: stableAt, events: (at) => openingEvents(door, s, burstStart(s, contactDebounce), at) };
  }
  if (s.contact === "closed" && s.leaf.position !== "closed") {
    return { at: stableAt, events: (at) => closingEvents(door, s, at) };
  }
  return undefined;
};

/** A bouncing contact's movement began with its first edge, not with its last. */
export function burstStart(
  { contactEdges, contactSince }: DoorState,
  contactDebounce: Milliseconds,
): Instant {
  let start = contactSince;
  for (const edge of contactEdges.toReversed()) {
    if (edge < start && since(edge, start) >= contactDebounce) break;
    start = edge;
  }
  return start;
}

function openingEvents(
  door: DoorName,
  s: DoorState,
  edgeAt: Instant,
  at: Instant,
): readonly InterlockEvent[] {
  const cause = openingCauseOf(s, edgeAt);
  const opened: InterlockEvent = { type: "DoorOpened", at, door, edgeAt, cause };
  switch (cause) {
    case "granted":
    case "override":
    case "emergency":
      return [opened];
    case "forced":
      return [opened, { type: "DoorForcedOpen", at, door }];
    case "found":
      return [opened, { type: "DoorFoundOpen", at, door }];
  }
}

function openingCauseOf({ leaf, lock, taking }: DoorState, edgeAt: Instant): OpeningCause {
  if (leaf.position === "unread") return "found";
  if (lock.commanded === "released" && lock.by === "grant") return "granted";
  // The edge decides, not the moment it became certain: the lock may have been secured in between.
  if (taking.phase === "awaited" && taking.to !== undefined && edgeAt <= taking.to) return "granted";
  if (lock.commanded === "released") return edgeAt >= lock.since ? lock.by : "forced";
  const { ended } = lock;
  return ended !== undefined && edgeAt >= ended.from && edgeAt <= lock.since ? ended.by : "forced";
}

function closingEvents(door: DoorName, s: DoorState, at: Instant): readonly InterlockEvent[] {
  const openFor = s.leaf.position === "open" ? s.contactSince - s.leaf.since : 0;
  const closed: InterlockEvent = { type: "DoorClosed", at, door, edgeAt: s.contactSince, openFor };
  return s.taking.phase === "open"
    ? [closed, { type: "AccessTaken", at, door, grant: s.taking.grant, openFor }]
    : [closed];
}

/** R6: first the local warning, then the alarm. */
export const heldOpen: DoorRule = (door, state, policy) => {
  const { leaf, lock } = state.doors[door];
  const rules = policy.doors[door];
  // Who holds it released wants it open; its time begins when that ends.
  if (leaf.position !== "open" || leaf.held || freedBy(state.doors[door]) !== undefined) return undefined;
  const wanted = leaf.cause === "override" || leaf.cause === "emergency";
  const alarmAt = after(wanted ? latest(leaf.since, lock.since) : leaf.since, rules.heldOpenTime);
  return leaf.warned
    ? due(alarmAt, (at) => ({ type: "DoorHeldOpen", at, door }))
    : due(after(alarmAt, -rules.heldOpenWarning), (at) => ({ type: "DoorHeldOpenWarning", at, door }));
};

import { type DoorName, doorNames, opposite } from "../names.ts";
import { after, earliest, type Instant, latest, type Milliseconds, since } from "../time.ts";
import type {
  ContactFaultKind,
  InterlockEvent,
  LockFaultKind,
  OpeningCause,
  SecuringCause,
} from "./event.ts";
import { flapWindow } from "./evolve.ts";
import type { InterlockPolicy } from "./policy.ts";
import { type DoorState, type InterlockState, overdue, secureFrom } from "./state.ts";

/** Something that happens by itself at `at`, or as soon after as anyone looks. */
export interface Due {
  readonly at: Instant;
  readonly events: (now: Instant) => readonly InterlockEvent[];
}

type Rule = (state: InterlockState, policy: InterlockPolicy) => readonly Due[];
type DoorRule = (door: DoorName, state: InterlockState, policy: InterlockPolicy) => Due | undefined;

const due = (at: Instant, ...what: readonly ((now: Instant) => InterlockEvent)[]): Due => ({
  at,
  events: (now) => what.map((make) => make(now)),
});

const forEachDoor =
  (rule: DoorRule): Rule =>
  (state, policy) =>
    doorNames.flatMap((door) => rule(door, state, policy) ?? []);

/** R16: silence is unsafe. */
const controllerSilent: Rule = ({ controller }, policy) =>
  controller.phase === "present"
    ? [due(after(controller.heardAt, policy.heartbeatTime), (at) => ({ type: "ControllerLost", at }))]
    : [];

/** R9: a line that reads neither open nor closed, flaps, or never moves is not believed. */
const contactFault: DoorRule = (door, state, policy) => {
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
const doorMoved: DoorRule = (door, state, policy) => {
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
function burstStart({ contactEdges, contactSince }: DoorState, contactDebounce: Milliseconds): Instant {
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
      return [opened];
    case "forced":
      return [opened, { type: "DoorForcedOpen", at, door }];
    case "found":
      return [opened, { type: "DoorFoundOpen", at, door }];
  }
}

function openingCauseOf({ leaf, lock, taking }: DoorState, edgeAt: Instant): OpeningCause {
  if (leaf.position === "unread") return "found";
  if (lock.commanded === "released") return "granted";
  // The edge decides, not the moment it became certain: the lock may have been secured in between.
  const inTime = taking.phase === "awaited" && taking.to !== undefined && edgeAt <= taking.to;
  return inTime ? "granted" : "forced";
}

function closingEvents(door: DoorName, s: DoorState, at: Instant): readonly InterlockEvent[] {
  const openFor = s.leaf.position === "open" ? s.contactSince - s.leaf.since : 0;
  const closed: InterlockEvent = { type: "DoorClosed", at, door, edgeAt: s.contactSince, openFor };
  return s.taking.phase === "open"
    ? [closed, { type: "AccessTaken", at, door, grant: s.taking.grant, openFor }]
    : [closed];
}

/** R8: the bolt follows the command within its time, or there is a fault. */
const lockFault: DoorRule = (door, state, policy) => {
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

/** R4: a release ends at the first of these. */
const releaseEnds: DoorRule = (door, state, policy) => {
  const { lock } = state.doors[door];
  if (lock.commanded !== "released") return undefined;
  const ends: readonly (readonly [Instant | undefined, SecuringCause])[] = [
    [otherNotSecure(opposite(door), state, policy), "otherNotSecure"],
    [state.controller.phase === "present" ? undefined : overdue, "controllerLost"],
    [throughAt(state.doors[door], policy, door), "opened"],
    [lock.until, "timeUp"],
  ];
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

/** R4: the release is over and the door was not opened in it; a contact still bouncing is waited for. */
const notTaken: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  const { contactDebounce } = policy.doors[door];
  if (s.taking.phase !== "awaited" || s.taking.to === undefined) return undefined;
  if (s.contact === "open" && burstStart(s, contactDebounce) <= s.taking.to) return undefined;
  const { grant } = s.taking;
  const certainAt = s.contact === "closed" ? after(s.contactSince, contactDebounce) : overdue;
  return due(certainAt, (at) => ({ type: "AccessNotTaken", at, door, grant }));
};

/** R6: first the local warning, then the alarm. */
const heldOpen: DoorRule = (door, state, policy) => {
  const { leaf } = state.doors[door];
  const rules = policy.doors[door];
  if (leaf.position !== "open" || leaf.held) return undefined;
  const alarmAt = after(leaf.since, rules.heldOpenTime);
  return leaf.warned
    ? due(alarmAt, (at) => ({ type: "DoorHeldOpen", at, door }))
    : due(after(alarmAt, -rules.heldOpenWarning), (at) => ({ type: "DoorHeldOpenWarning", at, door }));
};

/** R17: both open, whatever the reason. */
const bothOpen: Rule = ({ doors, violated }) => {
  const both = doors.outer.leaf.position === "open" && doors.inner.leaf.position === "open";
  if (both === violated) return [];
  return [
    due(overdue, (at) => (both ? { type: "InterlockViolated", at } : { type: "InterlockRestored", at })),
  ];
};

/** Says when a door becomes secure and when it stops being so: what R1 and R2 go by, made visible. */
const secureness: DoorRule = (door, state, policy) => {
  const s = state.doors[door];
  const from = secureFrom(s, policy.doors[door], policy);
  if (s.secure === (from !== undefined)) return undefined;
  return from === undefined
    ? due(overdue, (at) => ({ type: "DoorBecameInsecure", at, door }))
    : due(from, (at) => ({ type: "DoorBecameSecure", at, door }));
};

/**
 * In the order in which they act when several are due at the same instant: first what is believed,
 * then what must be secured, then what is said about it.
 */
const rules: readonly Rule[] = [
  forEachDoor(contactFault),
  forEachDoor(lockFault),
  controllerSilent,
  forEachDoor(releaseEnds),
  forEachDoor(doorMoved),
  forEachDoor(notTaken),
  bothOpen,
  forEachDoor(heldOpen),
  forEachDoor(secureness),
];

/** Everything that will happen by itself, unless something else happens first. */
export function dues(state: InterlockState, policy: InterlockPolicy): readonly Due[] {
  return rules.flatMap((rule) => rule(state, policy));
}

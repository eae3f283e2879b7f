import type { Bolt, Contact, DoorName } from "../names.ts";
import type { Instant } from "../time.ts";
import type { Grant, InterlockEvent } from "./event.ts";
import {
  type DoorState,
  freedBy,
  type InterlockState,
  type LockState,
  mostEntered,
  type OverrideProposal,
} from "./state.ts";

/** Contact changes older than this do not count as flapping (R9). */
export const flapWindow = 1000;
/** No flap limit is higher, so no longer history is ever needed. */
const longestHistory = 101;
/** A request is stale after seconds; more than these do not come to one door in them. */
const mostAnswered = 16;

/** The state after `event`. Total: any record of events can be replayed. */
export function evolve(state: InterlockState, event: InterlockEvent): InterlockState {
  if ("door" in event) {
    const moved = withDoor(state, event.door, evolveDoor(state.doors[event.door], event));
    return { ...moved, entered: enteredAfter(moved.entered, event) };
  }
  switch (event.type) {
    case "FireInputChanged":
      return { ...state, fire: event.value };
    case "EmergencyStarted":
      return { ...state, emergency: true };
    case "EmergencyReset":
      return { ...state, emergency: false };
    case "LockdownStarted":
    case "LockdownEnded":
      return lockdownChanged(state, event);
    case "OverrideProposed":
      return { ...state, proposal: proposalOf(event) };
    case "OverrideLapsed":
      return { ...state, proposal: undefined };
    case "OverrideStarted":
      return { ...state, proposal: undefined, overridden: true };
    case "OverrideEnded":
      return { ...state, overridden: false };
    case "PersonDetained":
      return { ...state, detained: event.since };
    case "DetentionEnded":
      return { ...state, detained: undefined };
    case "TamperDetected":
    case "TamperEnded":
      return { ...state, tampered: event.type === "TamperDetected" };
    case "MainsLost":
    case "MainsRestored":
      return { ...state, mains: event.type === "MainsRestored" };
    case "BatteryLow":
    case "BatteryRestored":
      return { ...state, battery: event.type === "BatteryRestored" };
    case "OccupancyRestored":
    case "OccupancyCorrected":
      return { ...state, entered: corrected(state.entered, event) };
    case "EmergencyResetRefused":
    case "OverrideRefused":
      return state;
    case "InterlockViolated":
      return { ...state, violated: true };
    case "InterlockRestored":
      return { ...state, violated: false };
    case "ControllerHeard":
    case "ControllerReturned":
      return { ...state, controller: { phase: "present", heardAt: event.sentAt } };
    case "ControllerLost":
      return { ...state, controller: { phase: "lost" } };
  }
}

function lockdownChanged(
  state: InterlockState,
  { type, by }: Extract<InterlockEvent, { readonly type: "LockdownStarted" | "LockdownEnded" }>,
): InterlockState {
  const active = type === "LockdownStarted";
  const { lockdown } = state;
  return {
    ...state,
    lockdown: by === "order" ? { ...lockdown, order: active } : { ...lockdown, input: active },
  };
}

function proposalOf({
  id,
  doors,
  operator,
  until,
}: Extract<InterlockEvent, { readonly type: "OverrideProposed" }>): OverrideProposal {
  return { id, doors, operator, until };
}

/** Who is said not to be there is taken for the newest: of those who stay nobody is measured from too late (R15). */
function corrected(entered: readonly Instant[], { people, at }: OccupancyEvent): readonly Instant[] {
  const kept = entered.slice(0, people);
  const come = Array.from({ length: Math.min(people, mostEntered) - kept.length }, () => at);
  return [...kept, ...come];
}

/** R15: who is between the doors. Through a door that operators or a fire opened everybody can leave, uncounted. */
function enteredAfter(entered: readonly Instant[], event: DoorEvent): readonly Instant[] {
  if (event.type === "DoorOpened" && (event.cause === "emergency" || event.cause === "override")) return [];
  if (event.type !== "AccessTaken") return entered;
  const people = peopleOf(event.grant);
  return event.grant.enters
    ? [...entered, ...Array.from({ length: people }, () => event.at)].slice(0, mostEntered)
    : entered.slice(people);
}

/** A1: of a group all of them; what is no number of people is one. */
function peopleOf({ people = 1 }: Grant): number {
  return people >= 1 ? Math.min(Math.floor(people), mostEntered) : 1;
}

type OccupancyEvent = Extract<InterlockEvent, { readonly type: "OccupancyRestored" | "OccupancyCorrected" }>;
type DoorEvent = Extract<InterlockEvent, { readonly door: DoorName }>;

function withDoor(state: InterlockState, name: DoorName, door: DoorState): InterlockState {
  return {
    ...state,
    doors: name === "outer" ? { ...state.doors, outer: door } : { ...state.doors, inner: door },
  };
}

function evolveDoor(door: DoorState, event: DoorEvent): DoorState {
  switch (event.type) {
    case "ContactRead":
      return contactRead(door, event.contact, event.at);
    case "BoltRead":
      return boltRead(door, event.bolt, event.at);
    case "DoorOpened":
      return opened(door, event);
    case "DoorClosed":
      return { ...door, leaf: { position: "closed" } };
    case "DoorReleased":
      return {
        ...door,
        lock: { commanded: "released", by: "grant", since: event.at, until: event.until, grant: event.grant },
        taking: { phase: "awaited", grant: event.grant, from: event.at, to: undefined },
        answered: answered(door, event.grant.id),
      };
    case "ReleaseWithdrawn":
      return door.lock.commanded === "released" && door.lock.by === "grant"
        ? { ...door, lock: { ...door.lock, withdrawn: true } }
        : door;
    case "OverrideDoorReleased":
      return {
        ...freed(door, event.at),
        lock: {
          commanded: "released",
          by: "override",
          since: freedSince(door, "override", event.at),
          until: event.until,
        },
      };
    case "EmergencyDoorReleased":
      return {
        ...freed(door, event.at),
        lock: { commanded: "released", by: "emergency", since: event.at },
      };
    case "DoorSecured":
      return {
        ...freed(door, event.at),
        lock: { commanded: "secured", since: event.at, cause: event.cause, ended: endedWith(door) },
      };
    case "AccessTaken":
      return { ...door, taking: { phase: "none" } };
    case "AccessNotTaken":
      return { ...door, taking: { phase: "none" }, notTaken: door.notTaken + (hadItsTime(door) ? 1 : 0) };
    case "DoorHeldOpenWarning":
      return door.leaf.position === "open" ? { ...door, leaf: { ...door.leaf, warned: true } } : door;
    case "DoorHeldOpen":
      return door.leaf.position === "open"
        ? { ...door, leaf: { ...door.leaf, warned: true, held: true } }
        : door;
    case "LockFault":
      return { ...door, lockFault: event.fault };
    case "LockFaultCleared":
      return { ...door, lockFault: undefined, lock: switched(door, event.at) };
    case "ContactFault":
      return { ...door, contactFault: event.fault };
    case "ContactFaultCleared":
      // The changes that made it flap have been judged; only new ones may count again.
      return {
        ...door,
        contactFault: undefined,
        contactEdges: door.contactFault === "flapping" ? [] : door.contactEdges,
      };
    case "DoorBecameSecure":
      return { ...door, secure: true };
    case "DoorBecameInsecure":
      return { ...door, secure: false };
    case "ReleaseRefused":
      return { ...door, answered: answered(door, event.grant.id) };
    case "ExitRequested":
    case "DoorForcedOpen":
    case "DoorFoundOpen":
      return door;
  }
}

/** Whatever else becomes of the lock, the grant's release is over (R4). */
function freed(door: DoorState, at: Instant): DoorState {
  const { taking } = door;
  return taking.phase === "awaited" && taking.to === undefined
    ? { ...door, taking: { ...taking, to: at } }
    : door;
}

/** Prolonged, it is still the same override. */
function freedSince({ lock }: DoorState, by: "override", at: Instant): Instant {
  return lock.commanded === "released" && lock.by === by ? lock.since : at;
}

function endedWith(door: DoorState): Extract<DoorState["lock"], { readonly commanded: "secured" }>["ended"] {
  const by = freedBy(door);
  return by === undefined ? undefined : { by, from: door.lock.since };
}

/** A line that would not switch has only now secured its lock: the settle time and the bolt's begin here. */
function switched({ lock, lockFault }: DoorState, at: Instant): LockState {
  return lock.commanded === "secured" && lockFault === "line" ? { ...lock, since: at } : lock;
}

function contactRead(door: DoorState, contact: Contact, at: Instant): DoorState {
  const first = door.contact === "unread";
  const recent = door.contactEdges.filter((edge) => at - edge < flapWindow);
  return {
    ...door,
    contact,
    contactSince: at,
    contactEdges: first ? [] : [...recent, at].slice(-longestHistory),
    leaf: door.leaf.position === "unread" && contact === "closed" ? { position: "closed" } : door.leaf,
  };
}

function answered({ answered: before }: DoorState, grant: string): readonly string[] {
  return [...before.filter((id) => id !== grant), grant].slice(-mostAnswered);
}

/** A release cut short says nothing about the contact: nobody had the time to open. */
function hadItsTime({ lock }: DoorState): boolean {
  return lock.commanded === "secured" && lock.cause === "timeUp";
}

function boltRead(door: DoorState, bolt: Bolt, at: Instant): DoorState {
  return { ...door, bolt, boltSince: at };
}

function opened(door: DoorState, event: Extract<DoorEvent, { readonly type: "DoorOpened" }>): DoorState {
  const { taking } = door;
  return {
    ...door,
    leaf: { position: "open", since: event.edgeAt, cause: event.cause, warned: false, held: false },
    taking:
      event.cause === "granted" && taking.phase === "awaited"
        ? { phase: "open", grant: taking.grant }
        : taking,
    notTaken: 0,
  };
}

import type { Bolt, Contact, DoorName } from "../names.ts";
import type { Instant } from "../time.ts";
import type { InterlockEvent } from "./event.ts";
import type { DoorState, InterlockState } from "./state.ts";

/** Contact changes older than this do not count as flapping (R9). */
export const flapWindow = 1000;
/** No flap limit is higher, so no longer history is ever needed. */
const longestHistory = 101;
/** A request is stale after seconds; more than these do not come to one door in them. */
const mostAnswered = 16;

/** The state after `event`. Total: any record of events can be replayed. */
export function evolve(state: InterlockState, event: InterlockEvent): InterlockState {
  if ("door" in event) return withDoor(state, event.door, evolveDoor(state.doors[event.door], event));
  switch (event.type) {
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
        lock: { commanded: "released", since: event.at, until: event.until, grant: event.grant },
        taking: { phase: "awaited", grant: event.grant, from: event.at, to: undefined },
        answered: answered(door, event.grant.id),
      };
    case "DoorSecured":
      return {
        ...door,
        lock: { commanded: "secured", since: event.at, cause: event.cause },
        taking: door.taking.phase === "awaited" ? { ...door.taking, to: event.at } : door.taking,
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
      return { ...door, lockFault: undefined };
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

import type { Bolt, Contact, DoorName } from "../names.ts";
import { after, type Instant, instant, latest } from "../time.ts";
import type { ContactFaultKind, Grant, LockFaultKind, OpeningCause, SecuringCause } from "./event.ts";
import type { DoorPolicy, InterlockPolicy } from "./policy.ts";

/** What is commanded of a lock; what the contact and the bolt say are facts of their own. */
export type LockState =
  | { readonly commanded: "secured"; readonly since: Instant; readonly cause: SecuringCause }
  | {
      readonly commanded: "released";
      readonly since: Instant;
      readonly until: Instant;
      readonly grant: Grant;
    };

/** The opening a release is for: awaited, under way, or none. */
export type Taking =
  | { readonly phase: "none" }
  /** `to` is set once the release is over and it is not yet clear whether the door was opened in time. */
  | {
      readonly phase: "awaited";
      readonly grant: Grant;
      readonly from: Instant;
      readonly to: Instant | undefined;
    }
  | { readonly phase: "open"; readonly grant: Grant };

export type Leaf =
  | { readonly position: "unread" }
  | { readonly position: "closed" }
  | {
      readonly position: "open";
      readonly since: Instant;
      readonly cause: OpeningCause;
      readonly warned: boolean;
      readonly held: boolean;
    };

export interface DoorState {
  readonly lock: LockState;
  /** The contact as read, undebounced: what safety goes by. */
  readonly contact: Contact | "unread";
  readonly contactSince: Instant;
  /** Instants of the contact's changes within the last second, oldest first, bounded. */
  readonly contactEdges: readonly Instant[];
  /** The door's position once the contact has been stable: what records go by. */
  readonly leaf: Leaf;
  readonly bolt: Bolt | "unread";
  readonly boltSince: Instant;
  readonly taking: Taking;
  readonly contactFault: ContactFaultKind | undefined;
  readonly lockFault: LockFaultKind | undefined;
  /** Releases in a row without an opening (T28). */
  readonly notTaken: number;
  /** Requests that were answered, oldest first, bounded: one request has one answer, however often it comes. */
  readonly answered: readonly string[];
  /** Whether the door is secure, as announced. */
  readonly secure: boolean;
}

export type ControllerPresence =
  | { readonly phase: "absent" }
  | { readonly phase: "present"; readonly heardAt: Instant }
  | { readonly phase: "lost" };

/** One door pair. */
export interface InterlockState {
  readonly doors: Readonly<Record<DoorName, DoorState>>;
  readonly controller: ControllerPresence;
  readonly violated: boolean;
}

/** Nothing has been read yet: locks are secured (R10), no door counts as secure. */
export function initialState(at: Instant): InterlockState {
  const door: DoorState = {
    lock: { commanded: "secured", since: at, cause: "start" },
    contact: "unread",
    contactSince: at,
    contactEdges: [],
    leaf: { position: "unread" },
    bolt: "unread",
    boltSince: at,
    taking: { phase: "none" },
    contactFault: undefined,
    lockFault: undefined,
    notTaken: 0,
    answered: [],
    secure: false,
  };
  return { doors: { outer: door, inner: door }, controller: { phase: "absent" }, violated: false };
}

/**
 * From when on the door is secure if nothing changes; undefined where it is not and waiting does not help.
 * Secure: lock secured and contact closed for the settle time, bolt thrown where fitted, no fault on either.
 */
export function secureFrom(door: DoorState, rules: DoorPolicy, policy: InterlockPolicy): Instant | undefined {
  const shut =
    door.lock.commanded === "secured" &&
    door.contact === "closed" &&
    door.leaf.position === "closed" &&
    door.contactFault === undefined &&
    door.lockFault === undefined &&
    (rules.bolt === "unfitted" || door.bolt === "thrown");
  // A lock just secured is still on its way: who pulls the handle at that moment has the door open yet.
  return shut ? after(latest(door.contactSince, door.lock.since), policy.settleTime) : undefined;
}

export function isSecure(
  state: InterlockState,
  door: DoorName,
  policy: InterlockPolicy,
  at: Instant,
): boolean {
  const from = secureFrom(state.doors[door], policy.doors[door], policy);
  return from !== undefined && from <= at;
}

/** Due at once, whatever the time. */
export const overdue: Instant = instant(Number.NEGATIVE_INFINITY);

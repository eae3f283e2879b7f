import { type Bolt, type Contact, type DoorName, doorNames, type FireInput } from "../names.ts";
import { after, type Instant, instant, latest } from "../time.ts";
import type {
  ContactFaultKind,
  Grant,
  LockFaultKind,
  OpeningCause,
  OverriddenDoors,
  SecuringCause,
} from "./event.ts";
import type { DoorPolicy, InterlockPolicy } from "./policy.ts";

/** What is commanded of a lock; what the contact and the bolt say are facts of their own. */
export type LockState =
  | {
      readonly commanded: "secured";
      readonly since: Instant;
      readonly cause: SecuringCause;
      /** What held it released until `since`, other than a grant: it explains an opening that is still to become certain. */
      readonly ended: { readonly by: "override" | "emergency"; readonly from: Instant } | undefined;
    }
  | {
      readonly commanded: "released";
      readonly by: "grant";
      readonly since: Instant;
      readonly until: Instant;
      readonly grant: Grant;
      /** A8: it ends as soon as nobody is opening the door. Left out: it stands. */
      readonly withdrawn?: true;
    }
  /** R13 */
  | {
      readonly commanded: "released";
      readonly by: "override";
      readonly since: Instant;
      readonly until: Instant;
    }
  /** R12: until it is reset. */
  | { readonly commanded: "released"; readonly by: "emergency"; readonly since: Instant };

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

/** No vestibule holds more; whoever comes after is still inside when the first of them is not. */
export const mostEntered = 16;

export type ControllerPresence =
  | { readonly phase: "absent" }
  | { readonly phase: "present"; readonly heardAt: Instant }
  | { readonly phase: "lost" };

/** One operator's half of an override (R13). */
export interface OverrideProposal {
  readonly id: string;
  readonly doors: OverriddenDoors;
  readonly operator: string;
  readonly until: Instant;
}

/** One door pair. */
export interface InterlockState {
  readonly doors: Readonly<Record<DoorName, DoorState>>;
  readonly controller: ControllerPresence;
  readonly violated: boolean;
  readonly fire: FireInput;
  /** R12: latched; whether it also releases doors is a matter of priority. */
  readonly emergency: boolean;
  /** R14: each of the two by itself locks down. */
  readonly lockdown: { readonly order: boolean; readonly input: boolean };
  readonly proposal: OverrideProposal | undefined;
  /** Whether doors are, or were until just now, released by operators. */
  readonly overridden: boolean;
  /** When those between the doors came in, oldest first, bounded; whoever leaves is taken for the oldest (R15). */
  readonly entered: readonly Instant[];
  /** The entry that is announced as a detention. */
  readonly detained: Instant | undefined;
  readonly tampered: boolean;
  readonly mains: boolean;
  /** It is good. */
  readonly battery: boolean;
}

/** Nothing has been read yet: locks are secured (R10), no door counts as secure. */
export function initialState(at: Instant): InterlockState {
  const door: DoorState = {
    lock: { commanded: "secured", since: at, cause: "start", ended: undefined },
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
  return {
    doors: { outer: door, inner: door },
    controller: { phase: "absent" },
    violated: false,
    fire: "inactive",
    emergency: false,
    lockdown: { order: false, input: false },
    proposal: undefined,
    overridden: false,
    entered: [],
    detained: undefined,
    tampered: false,
    mains: true,
    battery: true,
  };
}

export const isLockedDown = ({ lockdown }: InterlockState): boolean => lockdown.order || lockdown.input;

/** R12, R14: whether the emergency releases this door now. */
export function isFreedByEmergency(state: InterlockState, door: DoorName, policy: InterlockPolicy): boolean {
  if (!state.emergency || (policy.priority === "lockdown" && isLockedDown(state))) return false;
  return policy.onFire === "both" || policy.onFire === door;
}

/** What holds the door released by R12 or R13, if anything does. */
export const freedBy = ({ lock }: DoorState): "override" | "emergency" | undefined =>
  lock.commanded === "released" && lock.by !== "grant" ? lock.by : undefined;

export const doorsOf = (doors: OverriddenDoors): readonly DoorName[] =>
  doors === "both" ? doorNames : [doors];

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

/** R6: whether the local warning sounds: from the warning until the door is closed. */
export function isWarning({ doors }: InterlockState): boolean {
  return doorNames.some((name) => {
    const { leaf } = doors[name];
    return leaf.position === "open" && leaf.warned && freedBy(doors[name]) === undefined;
  });
}

/** Due at once, whatever the time. */
export const overdue: Instant = instant(Number.NEGATIVE_INFINITY);

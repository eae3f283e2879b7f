import type { Bolt, Contact, DoorName, FireInput } from "../names.ts";
import type { Instant, Milliseconds } from "../time.ts";

/** Who asked for a release, and under which passage it is recorded. */
export interface Grant {
  /** Identifies the request; a repeat of the same id is one release. */
  readonly id: string;
  readonly kind: "access" | "egress";
  /** Whether the passage leads into the vestibule; otherwise it leads out of it. */
  readonly enters: boolean;
  /** A1: how many pass together, at most 16; one where it is not said. All of them are counted in, or out. */
  readonly people?: number;
}

/** What an override is about. */
export type OverriddenDoors = DoorName | "both";

/** Why a lock was secured. */
export type SecuringCause =
  | "start" // R10
  | "opened" // R4: the person is through
  | "timeUp" // R4
  | "otherNotSecure" // R4: the other door stopped being secure
  | "controllerLost" // R16
  | "lockdown" // R14
  | "withdrawn" // A8: whom it was released for may not pass any more
  | "overrideEnded" // R13
  | "emergencyReset" // R12
  | "commanded" // the controller asked, for example on a storage fault
  | "hardwareFault"; // the line would not switch

/** Why the interlock would not release. */
export type ReleaseRefusal =
  | "otherNotSecure" // R1
  | "alreadyOpen" // there is nothing to release
  | "alreadyReleased"
  | "stale" // asked too long ago
  | "lockdown" // R14
  | "controllerLost"; // R16

/** Why the interlock would not take an operator's part in an override (R13). */
export type OverrideRefusal = "samePerson" | "lockdown" | "stale" | "controllerLost";

/** Why an emergency would not be reset (R12): the input still says fire; there is none. */
export type ResetRefusal = "stillActive" | "notActive";

/** How a door came to be open. `found`: it was so when the interlock took charge (R10). */
export type OpeningCause = "granted" | "forced" | "found" | "emergency" | "override";

export type ContactFaultKind = "line" | "flapping" | "stuckClosed";
export type LockFaultKind = "notThrown" | "notRetracted" | "sensor" | "line";

/** What happened at one door pair. `door` is where; `at` when. */
export type InterlockEvent =
  | { readonly type: "ContactRead"; readonly at: Instant; readonly door: DoorName; readonly contact: Contact }
  | { readonly type: "BoltRead"; readonly at: Instant; readonly door: DoorName; readonly bolt: Bolt }
  | {
      readonly type: "DoorOpened";
      readonly at: Instant;
      readonly door: DoorName;
      readonly edgeAt: Instant;
      readonly cause: OpeningCause;
    }
  | {
      readonly type: "DoorClosed";
      readonly at: Instant;
      readonly door: DoorName;
      readonly edgeAt: Instant;
      readonly openFor: Milliseconds;
    }
  | {
      readonly type: "DoorReleased";
      readonly at: Instant;
      readonly door: DoorName;
      readonly grant: Grant;
      readonly until: Instant;
    }
  | {
      readonly type: "ReleaseRefused";
      readonly at: Instant;
      readonly door: DoorName;
      readonly grant: Grant;
      readonly reason: ReleaseRefusal;
    }
  /** A8: the release is over as soon as the door is not being opened. */
  | {
      readonly type: "ReleaseWithdrawn";
      readonly at: Instant;
      readonly door: DoorName;
      readonly grant: Grant;
    }
  | {
      readonly type: "DoorSecured";
      readonly at: Instant;
      readonly door: DoorName;
      readonly cause: SecuringCause;
    }
  /** The door has become secure in the sense of domain.md §1, or stopped being so. */
  | { readonly type: "DoorBecameSecure"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "DoorBecameInsecure"; readonly at: Instant; readonly door: DoorName }
  | {
      readonly type: "AccessTaken";
      readonly at: Instant;
      readonly door: DoorName;
      readonly grant: Grant;
      readonly openFor: Milliseconds;
    }
  | { readonly type: "AccessNotTaken"; readonly at: Instant; readonly door: DoorName; readonly grant: Grant }
  | { readonly type: "ExitRequested"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "DoorHeldOpenWarning"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "DoorHeldOpen"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "DoorForcedOpen"; readonly at: Instant; readonly door: DoorName }
  /** A door found open when the interlock took charge (R10). */
  | { readonly type: "DoorFoundOpen"; readonly at: Instant; readonly door: DoorName }
  | {
      readonly type: "LockFault";
      readonly at: Instant;
      readonly door: DoorName;
      readonly fault: LockFaultKind;
    }
  | { readonly type: "LockFaultCleared"; readonly at: Instant; readonly door: DoorName }
  | {
      readonly type: "ContactFault";
      readonly at: Instant;
      readonly door: DoorName;
      readonly fault: ContactFaultKind;
    }
  | { readonly type: "ContactFaultCleared"; readonly at: Instant; readonly door: DoorName }
  /** R12: the fire input as read; each change is a record. */
  | { readonly type: "FireInputChanged"; readonly at: Instant; readonly value: FireInput }
  /** R12: latched until it is reset. `restored`: it was so before the interlock was started anew. */
  | { readonly type: "EmergencyStarted"; readonly at: Instant; readonly cause: "fire" | "restored" }
  | { readonly type: "EmergencyDoorReleased"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "EmergencyReset"; readonly at: Instant; readonly id: string }
  | {
      readonly type: "EmergencyResetRefused";
      readonly at: Instant;
      readonly id: string;
      readonly reason: ResetRefusal;
    }
  /** R14: `order` by an operator, `input` by a switch; each is ended by itself. */
  | { readonly type: "LockdownStarted"; readonly at: Instant; readonly by: "order" | "input" }
  | { readonly type: "LockdownEnded"; readonly at: Instant; readonly by: "order" | "input" }
  /** R13: the first of two operators. */
  | {
      readonly type: "OverrideProposed";
      readonly at: Instant;
      readonly id: string;
      readonly doors: OverriddenDoors;
      readonly operator: string;
      readonly until: Instant;
    }
  /** Nobody joined in time, or somebody asked for other doors. */
  | { readonly type: "OverrideLapsed"; readonly at: Instant; readonly id: string }
  | {
      readonly type: "OverrideRefused";
      readonly at: Instant;
      readonly id: string;
      readonly reason: OverrideRefusal;
    }
  | {
      readonly type: "OverrideStarted";
      readonly at: Instant;
      readonly id: string;
      readonly doors: OverriddenDoors;
      readonly operators: readonly [string, string];
      readonly until: Instant;
    }
  | {
      readonly type: "OverrideDoorReleased";
      readonly at: Instant;
      readonly door: DoorName;
      readonly until: Instant;
    }
  /** No door is released by operators any more. */
  | { readonly type: "OverrideEnded"; readonly at: Instant }
  /** R15: somebody has been between the doors since `since`. */
  | { readonly type: "PersonDetained"; readonly at: Instant; readonly since: Instant }
  | { readonly type: "DetentionEnded"; readonly at: Instant }
  /** The housing is open, or closed again. */
  | { readonly type: "TamperDetected"; readonly at: Instant }
  | { readonly type: "TamperEnded"; readonly at: Instant }
  | { readonly type: "MainsLost"; readonly at: Instant }
  | { readonly type: "MainsRestored"; readonly at: Instant }
  /** What bridges a failure of the mains will not for long. */
  | { readonly type: "BatteryLow"; readonly at: Instant }
  | { readonly type: "BatteryRestored"; readonly at: Instant }
  /** People who were between the doors when the interlock was started anew. */
  | { readonly type: "OccupancyRestored"; readonly at: Instant; readonly people: number }
  /** So many are between the doors now that an operator has said who is not, or is (R15). */
  | { readonly type: "OccupancyCorrected"; readonly at: Instant; readonly people: number }
  | { readonly type: "InterlockViolated"; readonly at: Instant }
  | { readonly type: "InterlockRestored"; readonly at: Instant }
  | { readonly type: "ControllerHeard"; readonly at: Instant; readonly sentAt: Instant }
  | { readonly type: "ControllerLost"; readonly at: Instant }
  | { readonly type: "ControllerReturned"; readonly at: Instant; readonly sentAt: Instant };

const unrecorded: ReadonlySet<InterlockEvent["type"]> = new Set([
  "ContactRead",
  "BoltRead",
  "ControllerHeard",
  "OccupancyRestored",
] as const);

/** Raw readings and heartbeats are too many to be records; what follows from them is recorded. */
export function isRecorded(event: InterlockEvent): boolean {
  return !unrecorded.has(event.type);
}

import type { Bolt, Contact, DoorName } from "../names.ts";
import type { Instant, Milliseconds } from "../time.ts";

/** Who asked for a release, and under which passage it is recorded. */
export interface Grant {
  /** Identifies the request; a repeat of the same id is one release. */
  readonly id: string;
  readonly kind: "access" | "egress";
}

/** Why a lock was secured. */
export type SecuringCause =
  | "start" // R10
  | "opened" // R4: the person is through
  | "timeUp" // R4
  | "otherNotSecure" // R4: the other door stopped being secure
  | "controllerLost" // R16
  | "commanded" // the controller asked, for example on a storage fault
  | "hardwareFault"; // the line would not switch

/** Why the interlock would not release. */
export type ReleaseRefusal =
  | "otherNotSecure" // R1
  | "alreadyOpen" // there is nothing to release
  | "alreadyReleased"
  | "stale" // asked too long ago
  | "controllerLost"; // R16

/** How a door came to be open. `found`: it was so when the interlock took charge (R10). */
export type OpeningCause = "granted" | "forced" | "found";

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
  | { readonly type: "InterlockViolated"; readonly at: Instant }
  | { readonly type: "InterlockRestored"; readonly at: Instant }
  | { readonly type: "ControllerHeard"; readonly at: Instant; readonly sentAt: Instant }
  | { readonly type: "ControllerLost"; readonly at: Instant }
  | { readonly type: "ControllerReturned"; readonly at: Instant; readonly sentAt: Instant };

/** Raw readings and heartbeats are too many to be records; what follows from them is recorded. */
export function isRecorded(event: InterlockEvent): boolean {
  return event.type !== "ContactRead" && event.type !== "BoltRead" && event.type !== "ControllerHeard";
}

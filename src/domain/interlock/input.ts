import type { Bolt, Contact, DoorName, FireInput } from "../names.ts";
import type { Instant } from "../time.ts";
import type { Grant, OverriddenDoors } from "./event.ts";

/** `nobody`: everybody is said to be elsewhere, however many were counted. */
export type OccupancyChange = number | "nobody";

/** What reaches one door pair's interlock. Each carries its own instant; a late one is judged by that. */
export type InterlockInput =
  | {
      readonly type: "ContactChanged";
      readonly at: Instant;
      readonly door: DoorName;
      readonly contact: Contact;
    }
  | { readonly type: "BoltChanged"; readonly at: Instant; readonly door: DoorName; readonly bolt: Bolt }
  | { readonly type: "RexPressed"; readonly at: Instant; readonly door: DoorName }
  | {
      readonly type: "ReleaseRequested";
      readonly at: Instant;
      readonly door: DoorName;
      readonly grant: Grant;
      /** Later than this the request is stale: whoever asked has long been told no. */
      readonly notAfter: Instant;
    }
  /** A8: whom the release of this id was granted to may not pass any more. An opening that has begun goes on. */
  | {
      readonly type: "WithdrawalRequested";
      readonly at: Instant;
      readonly door: DoorName;
      readonly id: string;
    }
  | { readonly type: "SecureRequested"; readonly at: Instant }
  /** The fire panel's contact or a break-glass (R12). */
  | { readonly type: "FireChanged"; readonly at: Instant; readonly value: FireInput }
  | { readonly type: "EmergencyResetRequested"; readonly at: Instant; readonly id: string }
  /** Before the interlock was started anew there was an emergency, and nobody has reset it. */
  | { readonly type: "EmergencyRestored"; readonly at: Instant }
  /** R14: by an operator's order, or by a switch that stands. Said again, it changes nothing. */
  | {
      readonly type: "LockdownChanged";
      readonly at: Instant;
      readonly by: "order" | "input";
      readonly active: boolean;
    }
  /** One operator's part in an override (R13). */
  | {
      readonly type: "OverrideRequested";
      readonly at: Instant;
      readonly id: string;
      readonly doors: OverriddenDoors;
      readonly operator: string;
      readonly notAfter: Instant;
    }
  /** Inputs of the box that no rule goes by: for the record and the alarm only. */
  | { readonly type: "TamperChanged"; readonly at: Instant; readonly open: boolean }
  | { readonly type: "MainsChanged"; readonly at: Instant; readonly present: boolean }
  | { readonly type: "BatteryChanged"; readonly at: Instant; readonly good: boolean }
  /** People between the doors before the interlock was started anew. */
  | { readonly type: "OccupancyKnown"; readonly at: Instant; readonly people: number }
  /** An operator has said where somebody is: so many more, or fewer, are between the doors than passages tell. */
  | { readonly type: "OccupancyReset"; readonly at: Instant; readonly change: OccupancyChange }
  /** The line did not do what was commanded. */
  | { readonly type: "CommandFailed"; readonly at: Instant; readonly door: DoorName }
  /** After a failure: the line does again what is commanded. */
  | { readonly type: "CommandWorked"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "HeartbeatReceived"; readonly at: Instant; readonly sentAt: Instant }
  /** The connection to the controller ended: no need to wait for the silence. */
  | { readonly type: "ControllerGone"; readonly at: Instant }
  | { readonly type: "TimePassed"; readonly at: Instant };

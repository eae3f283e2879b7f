import type { Bolt, Contact, DoorName } from "../names.ts";
import type { Instant } from "../time.ts";
import type { Grant, SecuringCause } from "./event.ts";

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
  | { readonly type: "SecureRequested"; readonly at: Instant; readonly cause: SecuringCause }
  /** The line did not do what was commanded. */
  | { readonly type: "CommandFailed"; readonly at: Instant; readonly door: DoorName }
  /** After a failure: the line does again what is commanded. */
  | { readonly type: "CommandWorked"; readonly at: Instant; readonly door: DoorName }
  | { readonly type: "HeartbeatReceived"; readonly at: Instant; readonly sentAt: Instant }
  /** The connection to the controller ended: no need to wait for the silence. */
  | { readonly type: "ControllerGone"; readonly at: Instant }
  | { readonly type: "TimePassed"; readonly at: Instant };

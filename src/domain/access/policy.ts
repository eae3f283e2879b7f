import type { AccessPointName, VestibuleId } from "../names.ts";
import type { Milliseconds } from "../time.ts";
import type { Schedule } from "./schedule.ts";

/** What must be shown of a person. `card` alone is an explicit, audited choice. */
export type VerificationMode = "card+face" | "card";

/** Which access points, when, verified how. */
export interface AccessLevel {
  readonly name: string;
  readonly vestibules: "all" | readonly VestibuleId[];
  readonly accessPoints: "all" | readonly AccessPointName[];
  readonly schedule: "always" | Schedule;
  readonly mode: VerificationMode;
}

export interface AccessPolicy {
  readonly levels: readonly AccessLevel[];
  /** How long the face may take. */
  readonly verifyTimeout: Milliseconds;
  /** How long the interlock may take to answer a request. */
  readonly releaseAnswerTime: Milliseconds;
  /** A6. */
  readonly maxFailures: number;
  readonly lockoutTime: Milliseconds;
  /** The same card again within this is the same presentation. */
  readonly sameCardTime: Milliseconds;
}

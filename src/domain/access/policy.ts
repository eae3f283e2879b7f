import type { LivenessLevel } from "../biometric/liveness/track.ts";
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
  /** At least this, wherever it is used. */
  readonly liveness?: LivenessLevel | undefined;
}

/** How sure the site wants to be that a person stands at an access point. */
export interface LivenessRules {
  readonly usual: LivenessLevel;
  /** By access point, as `v1/outer-entry`. */
  readonly at: Readonly<Record<string, LivenessLevel>>;
}

export interface AccessPolicy {
  readonly levels: readonly AccessLevel[];
  /** How long the face may take. */
  readonly verifyTimeout: Milliseconds;
  readonly liveness: LivenessRules;
  /** From the card to the end of a challenge, whatever is asked meanwhile. */
  readonly challengeTimeout: Milliseconds;
  /** How long the interlock may take to answer a request. */
  readonly releaseAnswerTime: Milliseconds;
  /** A6. */
  readonly maxFailures: number;
  readonly lockoutTime: Milliseconds;
  /** The same card again within this is the same presentation. */
  readonly sameCardTime: Milliseconds;
}

import type { DoorName, LockKind } from "../names.ts";
import type { Milliseconds } from "../time.ts";

/** The rules of one door; times in milliseconds. Keys and ranges: site configuration. */
export interface DoorPolicy {
  readonly lockKind: LockKind;
  readonly bolt: "fitted" | "unfitted";
  readonly releaseTime: Milliseconds;
  readonly relockOnOpen: boolean;
  readonly relockDelay: Milliseconds;
  readonly heldOpenTime: Milliseconds;
  /** Warns this long before `DoorHeldOpen`. */
  readonly heldOpenWarning: Milliseconds;
  readonly boltTime: Milliseconds;
  /** Changes of a contact within one second beyond which it is not believed (R9). */
  readonly flapLimit: number;
  /** A contact's change counts once it has been stable for this long; safety reacts before (T27). */
  readonly contactDebounce: Milliseconds;
  /** Releases in a row without an opening after which the contact is taken for stuck (T28). */
  readonly stuckContactLimit: number;
}

/** The rules of one door pair. */
export interface InterlockPolicy {
  readonly doors: Readonly<Record<DoorName, DoorPolicy>>;
  /** Dead time after the other door closed (R1). */
  readonly settleTime: Milliseconds;
  /** How long the access controller may be silent (R16). */
  readonly heartbeatTime: Milliseconds;
  /** Doors that a fire releases (R12). */
  readonly onFire: "both" | "outer" | "none";
  /** Which of the two wins where both are there (R14). */
  readonly priority: "fire" | "lockdown";
  /** How long a second operator may take to join the first (R13). */
  readonly overrideWindow: Milliseconds;
  /** How long an override lasts (R13). */
  readonly overrideTime: Milliseconds;
  /** How long somebody may be between the doors (R15). */
  readonly dwellTime: Milliseconds;
}

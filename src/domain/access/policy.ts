import type { LivenessLevel } from "../biometric/liveness/track.ts";
import type { AccessPointName, DoorName, VestibuleId } from "../names.ts";
import type { Milliseconds } from "../time.ts";
import type { Schedule } from "./schedule.ts";

/**
 * What must be shown of a person. `card+pin` and `card` are explicit, audited choices; `face+remote`: an operator looks
 * and grants (a card forgotten).
 */
export const verificationModes = ["card+face", "card+face+pin", "card+pin", "card", "face+remote"] as const;
export type VerificationMode = (typeof verificationModes)[number];

/** Which access points, when, verified how. */
export interface AccessLevel {
  readonly name: string;
  readonly vestibules: "all" | readonly VestibuleId[];
  readonly accessPoints: "all" | readonly AccessPointName[];
  readonly schedule: "always" | Schedule;
  readonly mode: VerificationMode;
  /** In place of `mode` while one of these schedules is open; several open ones ask for all they name together. */
  readonly modes?: readonly { readonly schedule: Schedule; readonly mode: VerificationMode }[] | undefined;
  /** At least this, wherever it is used. */
  readonly liveness?: LivenessLevel | undefined;
}

/** How sure the site wants to be that a person stands at an access point. */
export interface LivenessRules {
  readonly usual: LivenessLevel;
  /** By access point, as `v1/outer-entry`. */
  readonly at: Readonly<Record<string, LivenessLevel>>;
}

/** A1: how many people together, and of which groups at least one. */
export interface MultiPersonRule {
  /** 2 to 16 different cardholders. */
  readonly count: number;
  /** One of each, by different people. */
  readonly groups: readonly string[];
  /** How long the next one may take. */
  readonly window: Milliseconds;
  /** `entry`: into the secure area only. Whoever is inside can leave alone unless `both` (R15). */
  readonly directions: "entry" | "both";
}

/** A7, A4: how long others are waited for where no rule of the door says so. */
export const usualWindow: Milliseconds = 30_000;

/** What one door asks of people. */
export interface DoorRules {
  readonly multiPerson?: MultiPersonRule | undefined;
  /** Every entry waits for an operator who looks and grants. */
  readonly remoteGrant?: boolean | undefined;
}

/** A3 and A4 for one door pair. */
export interface AreaRules {
  readonly antiPassback: "off" | "soft" | "hard";
  /** People between the doors at once; 0: no limit. A group (A1) counts as its size. */
  readonly vestibuleMax: number;
  /** In the secure area behind this door pair; 0: no limit. */
  readonly secureMax: number;
  /** Nobody alone in there: 0, or 2 and more. Fewer than this and more than none are never left inside. */
  readonly secureMin: number;
  /** Id of the camera that counts faces between the doors before the inner door is released. */
  readonly countingCamera?: string | undefined;
}

/** A5 */
export interface DuressRules {
  readonly policy: "grant" | "grantOuterHoldInner" | "deny";
}

/** `v1/outer`. */
export type DoorKey = string;
export const doorKeyOf = (vestibule: VestibuleId, door: DoorName): DoorKey => `${vestibule}/${door}`;

export const noAreaRules: AreaRules = { antiPassback: "off", vestibuleMax: 0, secureMax: 0, secureMin: 0 };

export interface AccessPolicy {
  readonly levels: readonly AccessLevel[];
  /** By door, as `v1/outer`; one that is not named asks for nothing more. */
  readonly doors: Readonly<Record<DoorKey, DoorRules>>;
  readonly areas: Readonly<Record<VestibuleId, AreaRules>>;
  readonly duress: DuressRules;
  /** From the moment a PIN is asked for. */
  readonly pinTimeout: Milliseconds;
  /** How long an operator may take to look and grant. */
  readonly remoteWindow: Milliseconds;
  /** How long vision may take to count faces; later than this nothing is released. */
  readonly countTimeout: Milliseconds;
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

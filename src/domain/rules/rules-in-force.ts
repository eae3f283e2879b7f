import type { AccessPolicy } from "../access/access.ts";
import type { MarkedDay } from "../access/schedule.ts";
import type { ChallengeAction } from "../biometric/challenge.ts";
import type { InterlockPolicy } from "../interlock/policy.ts";
import type { VestibuleId } from "../names.ts";
import type { Milliseconds } from "../time.ts";

/** How faces are compared, as far as it decides how sure a match is. */
export interface FaceRules {
  /** Cosine distance; undefined: the model's calibrated one. */
  readonly threshold: number | undefined;
  /** False matches that the calibrated threshold allows. */
  readonly falseMatchRate: number;
  readonly minFrames: number;
  readonly frameMaxAge: Milliseconds;
  readonly livenessTime: Milliseconds;
  readonly challengeCount: number;
  /** Whether two recognisers must agree. */
  readonly vote: boolean;
}

/** How people say that they are forced (A5). */
export interface DuressSigns {
  readonly pin: "own" | "lastDigitPlusOne";
  readonly gesture: ChallengeAction | undefined;
}

/** Every rule that somebody may want to weaken, as it holds. */
export interface RulesInForce {
  readonly access: AccessPolicy;
  readonly interlock: Readonly<Record<VestibuleId, InterlockPolicy>>;
  readonly markedDays: readonly MarkedDay[];
  readonly timeZone: string;
  readonly face: FaceRules;
  readonly duressSigns: DuressSigns;
  /** Whether rows and repetitions will do as PINs. */
  readonly easyPins: boolean;
  /** Whether what weakens takes a second operator. */
  readonly fourEyes: boolean;
  /** Roles that sign in with something beside the password. */
  readonly secondFactor: readonly string[];
}

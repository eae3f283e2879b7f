import type { ChallengeAction } from "../biometric/challenge.ts";
import type { LivenessAssessment, LivenessLevel } from "../biometric/liveness/track.ts";
import type { AccessPointRef, DoorName, VestibuleId } from "../names.ts";
import type { Instant, Milliseconds } from "../time.ts";
import type { VerificationMode } from "./policy.ts";

/** domain.md §3, those that this path can meet. */
export type DenialReason =
  | "interlocked"
  | "unknownCredential"
  | "lostCredential"
  | "suspendedCredential"
  | "expiredCredential"
  | "notYetValid"
  | "outOfSchedule"
  | "noAccessLevel"
  | "lockedOut"
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault"
  | "timeout"
  | "lockdown"
  | "storageFault";

/** The figures of a comparison, as plain data for the record. Never a template. */
export interface FaceFacts {
  /** Similarity, 1 − cosine distance; null where nothing could be compared. */
  readonly score: number | null;
  readonly distance: number | null;
  readonly threshold: number;
  /** Of a second recogniser, where the site asks for its vote. */
  readonly vote?: {
    readonly model: string;
    readonly distance: number | null;
    readonly threshold: number;
  };
  /** How far under the threshold, negative over it; null where nothing could be compared. */
  readonly margin: number | null;
  /** Null where it was not looked at. */
  readonly liveness: LivenessAssessment | null;
  readonly model: string;
  readonly modelHash: string;
  readonly framesUsed: number;
  readonly framesSeen: number;
  readonly frameTimes: readonly number[];
  readonly quality: Readonly<Record<string, number>>;
  readonly timings: Readonly<Record<string, number>>;
  /** SHA-256 of the captured picture, or null. */
  readonly evidence: string | null;
  /** SHA-256 of the pictures that show an attack, oldest first. */
  readonly attackFrames: readonly string[];
}

/** Who is trying, where, under which passage. */
export interface PassageFacts extends AccessPointRef {
  readonly passage: string;
  readonly card: string;
  readonly cardholder: string | null;
}

/** What happened at the access points. */
export type AccessEvent =
  | ({ readonly type: "CardPresented"; readonly at: Instant; readonly format: string } & PassageFacts)
  | ({ readonly type: "CardRepeated"; readonly at: Instant } & PassageFacts)
  | ({
      readonly type: "VerificationStarted";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly liveness: LivenessLevel;
      readonly until: Instant;
    } & PassageFacts)
  /** Vision asks the person to do something, until then. */
  | ({
      readonly type: "ChallengeAsked";
      readonly at: Instant;
      readonly action: ChallengeAction;
      readonly step: number;
      readonly of: number;
      readonly until: Instant;
      /** When the verification is given up. */
      readonly patience: Instant;
    } & PassageFacts)
  /** Nothing is asked any more; the verdict will follow. */
  | ({ readonly type: "ChallengeOver"; readonly at: Instant } & PassageFacts)
  | ({
      readonly type: "AccessGranted";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly presentedAt: Instant;
      readonly face: FaceFacts | null;
    } & PassageFacts)
  | ({
      readonly type: "AccessDenied";
      readonly at: Instant;
      readonly reason: DenialReason;
      /** For the record and the operator, never for the display. */
      readonly detail: string | null;
      readonly face: FaceFacts | null;
    } & PassageFacts)
  /** The interlock has released the door for this passage. */
  | ({ readonly type: "PassageReleased"; readonly at: Instant; readonly presentedAt: Instant } & PassageFacts)
  | ({ readonly type: "AccessTaken"; readonly at: Instant; readonly openFor: Milliseconds } & PassageFacts)
  | ({ readonly type: "AccessNotTaken"; readonly at: Instant } & PassageFacts)
  /** R11: the button was pressed and the door may be released. */
  | {
      readonly type: "Egress";
      readonly at: Instant;
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly passage: string;
    }
  | {
      readonly type: "EgressDenied";
      readonly at: Instant;
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly reason: "lockdown" | "interlocked" | "storageFault";
    }
  /** A6: too many failures in a row with this card. */
  | ({
      readonly type: "CardLockedOut";
      readonly at: Instant;
      readonly card: string;
      readonly until: Instant;
      readonly failures: number;
    } & AccessPointRef)
  | { readonly type: "CardLockoutEnded"; readonly at: Instant; readonly card: string }
  /** A6: too many failures in a row at this access point. */
  | ({ readonly type: "RepeatedDenials"; readonly at: Instant; readonly failures: number } & AccessPointRef);

import type { ChallengeAction } from "../biometric/challenge.ts";
import type { LivenessAssessment, LivenessLevel } from "../biometric/liveness/track.ts";
import type { AccessPointRef, DoorName, VestibuleId } from "../names.ts";
import type { Instant, Milliseconds } from "../time.ts";
import type { Area } from "./input.ts";
import type { DuressRules, VerificationMode } from "./policy.ts";

/** domain.md §3. */
export type DenialReason =
  | "interlocked"
  | "unknownCredential"
  | "lostCredential"
  | "suspendedCredential"
  | "expiredCredential"
  | "notYetValid"
  | "outOfSchedule"
  | "noAccessLevel"
  | "antiPassback"
  | "lockedOut"
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault"
  | "wrongPin"
  | "timeout"
  | "multiPersonIncomplete"
  | "samePerson"
  | "groupMissing"
  | "remoteDenied"
  | "occupancyLimit"
  | "lockdown"
  | "storageFault"
  | "notAuthorised";

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

/** What is asked for besides the card, in the order in which the display asks for it. */
export const factors = ["face", "pin", "remote"] as const;
export type Factor = (typeof factors)[number];

/** Who is trying, where, under which passage. */
export interface PassageFacts extends AccessPointRef {
  readonly passage: string;
  /** Null where none was presented (face+remote). */
  readonly card: string | null;
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
      /** What is still asked for: here the face, and what comes after it. */
      readonly wants: readonly Factor[];
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
  /** Somebody without a card is looked at because this operator asked for it. */
  | ({
      readonly type: "RemoteVerificationStarted";
      readonly at: Instant;
      readonly operator: string;
      readonly reason: string;
      readonly mode: VerificationMode;
      readonly wants: readonly Factor[];
      readonly liveness: LivenessLevel;
      readonly until: Instant;
    } & PassageFacts)
  /** The face is the owner's; something else is still asked for. */
  | ({ readonly type: "FaceMatched"; readonly at: Instant; readonly face: FaceFacts } & PassageFacts)
  | ({
      readonly type: "PinAsked";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly wants: readonly Factor[];
      readonly until: Instant;
    } & PassageFacts)
  /** A duress PIN is a correct one here: what it says besides is `DuressSignalled`'s alone. */
  | ({ readonly type: "PinEntered"; readonly at: Instant; readonly correct: boolean } & PassageFacts)
  /** An operator has to look. */
  | ({
      readonly type: "RemoteGrantAsked";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly wants: readonly Factor[];
      readonly until: Instant;
    } & PassageFacts)
  /** A1, A7: fully verified, and waits for others. */
  | ({
      readonly type: "PersonVerified";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly presentedAt: Instant;
      readonly face: FaceFacts | null;
      readonly operator: string | null;
      readonly groups: readonly string[];
      /** A7: whom a visitor comes to. */
      readonly host: string | null;
      /** This many are there now, of so many. */
      readonly present: number;
      readonly of: number;
      /** Groups of which nobody is there yet. */
      readonly missing: readonly string[];
      /** A7: a visitor waits for the host. */
      readonly awaitsHost: boolean;
      readonly until: Instant;
    } & PassageFacts)
  /** A4: the camera between the doors is asked how many faces it sees. */
  | ({
      readonly type: "FaceCountAsked";
      readonly at: Instant;
      readonly camera: string;
      /** Of those who pass together; this one's own is the last. */
      readonly passages: readonly string[];
      readonly until: Instant;
    } & PassageFacts)
  /** A4: more faces than people verified. Nothing is released. */
  | ({
      readonly type: "TailgatingFound";
      readonly at: Instant;
      readonly faces: number;
      readonly verified: number;
      readonly evidence: string | null;
    } & PassageFacts)
  /** A3, soft: a second entry without an exit, let through. */
  | ({ readonly type: "AntiPassbackNoticed"; readonly at: Instant; readonly area: Area } & PassageFacts)
  /**
   * A5. Reaches the centre and nobody at the door: no display, buzzer, or console at the box shows it. Written in the
   * same step as what anybody may see.
   */
  | ({
      readonly type: "DuressSignalled";
      readonly at: Instant;
      readonly form: "pin" | "card" | "gesture";
      readonly policy: DuressRules["policy"];
    } & PassageFacts)
  /** One for each person of a group; `lead` is the passage under which the door is released, its own for whoever came last. */
  | ({
      readonly type: "AccessGranted";
      readonly at: Instant;
      readonly mode: VerificationMode;
      readonly presentedAt: Instant;
      readonly face: FaceFacts | null;
      readonly lead: string;
      /** How many pass together. */
      readonly people: number;
      /** Who looked and granted, where an operator did. */
      readonly operator: string | null;
      readonly groups: readonly string[];
    } & PassageFacts)
  | ({
      readonly type: "AccessDenied";
      readonly at: Instant;
      readonly reason: DenialReason;
      /** For the record and the operator, never for the display. */
      readonly detail: string | null;
      readonly face: FaceFacts | null;
    } & PassageFacts)
  /**
   * A8: may not pass any more, since people, cards or rules were changed after the grant. The release under `lead` is
   * taken back for everybody it was for, unless the door has been opened: how it ends is told as ever.
   */
  | ({
      readonly type: "AccessWithdrawn";
      readonly at: Instant;
      readonly reason: DenialReason;
      readonly lead: string;
    } & PassageFacts)
  /** The interlock has released the door for this passage. */
  | ({ readonly type: "PassageReleased"; readonly at: Instant; readonly presentedAt: Instant } & PassageFacts)
  /** One for each person of a group. */
  | ({
      readonly type: "AccessTaken";
      readonly at: Instant;
      readonly openFor: Milliseconds;
      readonly lead: string;
      /** Groups of the person, for the first person in (A2). */
      readonly groups: readonly string[];
    } & PassageFacts)
  | ({ readonly type: "AccessNotTaken"; readonly at: Instant; readonly lead: string } & PassageFacts)
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
  /** A6: too many failures in a row at this access point: its keypad takes no PIN until then. */
  | ({
      readonly type: "RepeatedDenials";
      readonly at: Instant;
      readonly failures: number;
      readonly until: Instant;
    } & AccessPointRef)
  | ({ readonly type: "KeypadLockoutEnded"; readonly at: Instant } & AccessPointRef)
  /** A5: what was held after a duress is no longer. */
  | { readonly type: "DuressHoldEnded"; readonly at: Instant; readonly vestibule: VestibuleId };

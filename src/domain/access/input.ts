import type { ChallengeStep } from "../biometric/challenge.ts";
import type { AccessPointRef, DoorName, VestibuleId } from "../names.ts";
import type { Instant, Milliseconds, WallTime } from "../time.ts";
import type { FaceFacts, PassageFacts } from "./event.ts";
import type { LocalTime } from "./schedule.ts";

export type CredentialStatus = "active" | "lost" | "suspended" | "expired" | "revoked";

/** A3: where somebody is, as far as passages tell. */
export type Area = "outside" | "vestibule" | "secure";

/** What the directory knows of the card that was presented, and the journal of its holder. */
export interface KnownCredential {
  readonly cardholder: string;
  readonly groups: readonly string[];
  /** A7: a visitor passes only together with the host named. */
  readonly kind: "staff" | "visitor";
  readonly host: string | undefined;
  /** A5: presenting this card says that its holder is forced. */
  readonly isDuressCard: boolean;
  readonly hasPin: boolean;
  /** Undefined: not known, for example never seen since the installation. */
  readonly area: Area | undefined;
  readonly cardStatus: CredentialStatus;
  readonly cardholderStatus: "active" | "suspended";
  readonly validFrom: WallTime | undefined;
  readonly validUntil: WallTime | undefined;
  readonly accessLevels: readonly string[];
  /** Templates that the present model can compare with. */
  readonly templates: number;
}

/** What the shell sees around the doors at this instant. */
export interface Surroundings {
  /** Whether each door of this vestibule is secure, as the interlock last reported; false where it is silent. */
  readonly secure: Readonly<Record<DoorName, boolean>>;
  /** Whether this access point's camera can be believed at all. */
  readonly camera: "usable" | "faulty" | "unfitted";
  readonly storage: "ok" | "failed";
  /** R14: by an operator's order or by a switch. */
  readonly lockdown: boolean;
  /** The doors are being tried by an installer: nobody's card opens them. Left out: they are not. */
  readonly commissioning?: boolean;
  /** A4: cardholders known to be there. */
  readonly occupancy: { readonly vestibule: number; readonly secure: number };
  /** A2: schedules with a first person, by name, whose span now running has seen one. */
  readonly openedSchedules: readonly string[];
  /**
   * A8: what the directory says now of those who wait at this access point for others (`waitingAt`), by passage.
   * Whoever is not named here does not pass.
   */
  readonly waiting: Readonly<Record<string, KnownCredential | undefined>>;
}

/** A8: what is known now of somebody under way, and what was so around the own decision. */
export interface Reviewed {
  readonly credential: KnownCredential | undefined;
  readonly local: LocalTime;
  readonly surroundings: Pick<Surroundings, "openedSchedules">;
}

export type FaceRefusal =
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault";

export type AccessInput =
  | ({
      readonly type: "CardPresented";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      readonly passage: string;
      readonly card: string;
      readonly format: string;
      readonly credential: KnownCredential | undefined;
      readonly surroundings: Surroundings;
    } & AccessPointRef)
  | {
      readonly type: "FaceJudged";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      /** The card's holder as the directory knows it now: much may have happened since it was presented (A8). */
      readonly credential: KnownCredential | undefined;
      readonly passage: string;
      readonly verdict:
        | { readonly accepted: true /** A5: the gesture agreed on was seen. */; readonly duress?: boolean }
        | { readonly accepted: false; readonly reason: FaceRefusal; readonly detail: string };
      readonly face: FaceFacts;
      readonly surroundings: Surroundings;
    }
  /** An operator asks that this cardholder, who has no card at hand, be looked at (mode face+remote). */
  | ({
      readonly type: "RemoteVerificationRequested";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      readonly passage: string;
      readonly operator: string;
      readonly reason: string;
      readonly credential: KnownCredential | undefined;
      readonly surroundings: Surroundings;
    } & AccessPointRef)
  /** The operator has looked at whoever waits. */
  | {
      readonly type: "RemoteDecided";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      readonly passage: string;
      readonly operator: string;
      readonly granted: boolean;
      readonly reason: string;
      readonly credential: KnownCredential | undefined;
      readonly surroundings: Surroundings;
    }
  /** Keys were completed by `#` (or given up): what they are is known to the shell alone. */
  | {
      readonly type: "PinJudged";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      readonly passage: string;
      readonly verdict: "correct" | "duress" | "wrong";
      readonly credential: KnownCredential | undefined;
      readonly surroundings: Surroundings;
    }
  /** A5: whose passage has just been refused has entered a duress PIN. It is heard, and otherwise nothing of it is judged. */
  | ({ readonly type: "DuressPinEntered"; readonly at: Instant } & PassageFacts)
  /** A4: how many faces the camera between the doors saw at most; undefined: it could not be counted. */
  | {
      readonly type: "FacesCounted";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly local: LocalTime;
      readonly passage: string;
      readonly faces: number | undefined;
      /** SHA-256 of the picture that shows most. */
      readonly evidence: string | null;
      readonly surroundings: Surroundings;
    }
  /** A8: people, cards or rules were changed; by passage, everybody under way. Whoever is not named is left alone. */
  | {
      readonly type: "CredentialsReviewed";
      readonly at: Instant;
      readonly wall: WallTime;
      readonly people: Readonly<Record<string, Reviewed>>;
    }
  /** A5: the centre has acknowledged; the inner door of this vestibule is no longer held. */
  | { readonly type: "DuressCleared"; readonly at: Instant; readonly vestibule: VestibuleId }
  /** Vision asks somebody for something; undefined: for nothing any more. */
  | {
      readonly type: "ChallengeShown";
      readonly at: Instant;
      readonly passage: string;
      readonly step: ChallengeStep | undefined;
    }
  /** The interlock's process ended: how a release under way ended will never be told. */
  | { readonly type: "InterlockLost"; readonly at: Instant }
  /** Vision cannot answer any more. */
  | { readonly type: "VisionLost"; readonly at: Instant }
  | {
      readonly type: "ExitRequested";
      readonly at: Instant;
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly passage: string;
      readonly surroundings: Surroundings;
    }
  | { readonly type: "DoorReleased"; readonly at: Instant; readonly passage: string }
  | {
      readonly type: "ReleaseRefused";
      readonly at: Instant;
      readonly passage: string;
      readonly refusal: string;
    }
  | {
      readonly type: "DoorPassed";
      readonly at: Instant;
      readonly passage: string;
      readonly openFor: Milliseconds;
    }
  | { readonly type: "DoorNotPassed"; readonly at: Instant; readonly passage: string }
  | { readonly type: "TimePassed"; readonly at: Instant };

import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";

/** Somebody at a door whom an operator has to look at. */
export interface WaitingPassage {
  readonly passage: string;
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
  readonly cardholder: string | null;
  readonly until: Instant;
}

export interface RemoteDecision {
  readonly vestibule: VestibuleId;
  readonly door: DoorName;
  /** Where the door has somebody waiting on both sides, or nobody is waiting yet. */
  readonly accessPoint?: AccessPointName | undefined;
  /** Who has no card at hand: the camera there compares with this person (mode face+remote). */
  readonly cardholder?: string | undefined;
  readonly granted: boolean;
  readonly operator: string;
  readonly reason: string;
}

export type RemoteOutcome =
  /** Of who was waiting; `door released` follows, or the doors refuse for a reason of theirs. */
  | { readonly is: "granted"; readonly passage: string }
  | { readonly is: "denied"; readonly passage: string; readonly reason: string }
  /** Recorded, and somebody or something else is still waited for: another person, a count of faces. */
  | { readonly is: "waiting"; readonly passage: string }
  /** The camera looks for this person now; the records tell how it ends. */
  | { readonly is: "looking"; readonly passage: string }
  | { readonly is: "nobodyWaits" }
  | { readonly is: "unknownCardholder" };

/** What an operator does about people at the doors. */
export interface PassageServices {
  /** Who waits for an operator, longest first. */
  waiting(): readonly WaitingPassage[];
  /** Grants, or refuses, whoever waits at a door; or has somebody without a card looked at there. */
  decideRemotely(decision: RemoteDecision): Promise<RemoteOutcome>;
}

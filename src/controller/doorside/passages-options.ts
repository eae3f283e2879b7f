import type { AccessEvent, AccessPolicy } from "../../domain/access/access.ts";
import type { Condition } from "../../domain/alarm/conditions.ts";
import type { VestibuleId } from "../../domain/names.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import type { InterlockClient } from "../interlock-client.ts";
import type { VisionClient } from "../vision-client.ts";
import type { DecisionFactsOptions } from "./decision-facts.ts";
import type { LockOuts } from "./lock-outs-before.ts";

/** Takes as long whatever is entered, and whoever enters it (T25). */
export interface PinJudge {
  judge(cardholder: string | undefined, entered: string): Promise<"correct" | "duress" | "wrong">;
}

/** Who is to be looked at, or has been, by an operator at his desk. */
export interface RemoteRequest {
  readonly operator: string;
  readonly reason: string;
}

export interface PassagesOptions extends DecisionFactsOptions {
  readonly policy: () => AccessPolicy;
  readonly clock: Clock;
  readonly interlock: InterlockClient;
  readonly vision: VisionClient;
  readonly pins: PinJudge;
  /** Keeps a picture and answers with its hash at once; the writing may follow. */
  readonly keepPicture: (jpeg: Uint8Array, passage: string) => string;
  readonly newPassage: () => string;
  /**
   * Writes what was decided, with what it means for the alarms. `mustBeDurable`: false is answered where the disk
   * refused, and then nothing of it has happened; otherwise it is kept until it can be written.
   */
  readonly record: (
    entries: readonly JournalEntry[],
    conditions: readonly Condition[],
    mustBeDurable: boolean,
  ) => boolean;
  /** A5: vestibules whose inner door was held when the controller before this one ended. */
  readonly held: readonly VestibuleId[];
  /** A6: cards and keypads that were still locked out then. */
  readonly lockedOut: LockOuts;
  /** After the state has changed. */
  readonly onEvent: (event: AccessEvent) => void;
}

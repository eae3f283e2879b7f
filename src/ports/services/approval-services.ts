import type { Right } from "../../domain/operator/rights.ts";
import type { JsonObject } from "../journal.ts";

/** What may need a second operator. */
export const approvalActions = [
  "removeCardholder",
  "enrolPhoto",
  "addOperator",
  "changeOperator",
  "removeOperator",
  "resetPassword",
  "removeSecondFactor",
  "changeDoor",
  "changeAccessLevels",
  "changeSchedules",
  "changeHolidays",
  "changeConfiguration",
  "revertConfiguration",
  "applyDraft",
  "showDuress",
] as const;
export type ApprovalAction = (typeof approvalActions)[number];

/** Whom or what it is about. An operator who is that cardholder may not confirm it (T43). */
export interface ApprovalSubject {
  readonly cardholder?: string;
  readonly operator?: string;
  readonly vestibule?: string;
  readonly door?: string;
  /** Of a rule: its name. */
  readonly name?: string;
}

/** The same in both languages of the page. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

export interface Proposer {
  /** As records name them; `token:NAME` for a program. */
  readonly operator: string;
  /** The person behind: of a token, who made it. */
  readonly person: string;
}

export interface Proposal<Result> {
  readonly action: ApprovalAction;
  /** What the action itself needs; who may confirm it follows from it (`mayConfirm`). */
  readonly right: Right;
  readonly subject: ApprovalSubject;
  /** For the one who confirms, and for the record: no names, no pictures, no secrets. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** What security loses by it, in words; nothing where the action itself says it. */
  readonly weakens?: readonly Bilingual[];
  /** Why the proposer wants it, where he said so. */
  readonly reason?: string;
  /**
   * False where what it is about is no longer as it was proposed for; asked at the confirmation, before anything is
   * done. Leave it out where `execute` refuses by itself.
   */
  readonly unchanged?: () => boolean;
  /** With it there is somebody who can confirm: done alone while nobody else could. */
  readonly makesSecondOperator?: boolean;
  /** Raises ConfigurationChanged with these words once it is done. */
  readonly alarm?: string;
  /** What the second operator has to see, as JPEG. */
  readonly picture?: Uint8Array;
  /** What the second operator is told once it is done, and nobody else. */
  readonly forConfirmer?: () => JsonObject;
  /** Does it: at once where no second operator is needed, else at the confirmation. `confirmedBy` is null where alone. */
  readonly execute: (by: {
    readonly operator: string;
    readonly confirmedBy: string | null;
  }) => Promise<Result>;
}

/** One that waits. */
export interface ApprovalView {
  readonly id: string;
  readonly action: ApprovalAction;
  readonly subject: ApprovalSubject;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly weakens: readonly Bilingual[];
  /** Empty where none was given. */
  readonly reason: string;
  /** Whether there is a picture to look at before it is confirmed. */
  readonly picture: boolean;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly until: string;
}

export type ProposalOutcome<Result> =
  | { readonly is: "done"; readonly result: Result }
  | { readonly is: "waiting"; readonly approval: ApprovalView }
  /** Nobody else could confirm it, or too many wait: nothing was done. */
  | { readonly is: "refused"; readonly reason: "nobodyToConfirm" | "tooManyWaiting" };

export type ConfirmationOutcome =
  /** `forConfirmer`: what only the one who confirmed is told. */
  | { readonly is: "done"; readonly forConfirmer?: JsonObject }
  | {
      readonly is: "refused";
      readonly reason: "unknown" | "proposer" | "subject" | "notAuthorised" | "changed";
    };

/** Four-eyes: what weakens security takes a second operator, who is neither the first nor whom it is about. */
export interface ApprovalServices {
  /** Whether this site asks for a second operator at all. */
  readonly inForce: boolean;
  /** Does what is proposed, or has it wait. Throws what `execute` throws, and StorageFault. */
  propose<Result>(proposal: Proposal<Result>, proposer: Proposer): Promise<ProposalOutcome<Result>>;
  /** Those that wait, oldest first. */
  waiting(): readonly ApprovalView[];
  picture(id: string): Uint8Array | undefined;
  /** Does it. Throws what it throws: then it is no longer waiting. */
  confirm(id: string, operator: string, comment: string): Promise<ConfirmationOutcome>;
  /** The proposer may take it back in this way. */
  reject(id: string, operator: string, comment: string): Promise<ConfirmationOutcome>;
}

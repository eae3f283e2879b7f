import type { Outcome } from "./recorded.ts";

/** A decision that the rules, asked again, would make otherwise. */
export interface Difference {
  /** The record at which it shows. */
  readonly seq: number;
  readonly rules: "access" | "interlock" | "alarms";
  /** The whole input, with what was referred to put in. */
  readonly input: object;
  /** As recorded. */
  readonly recorded: readonly Outcome[];
  /** As decided now. */
  readonly decided: readonly Outcome[];
  /** Which rules held: of access the reference of `RulesInForce`, of the interlock the vestibule. */
  readonly policy: string;
  /** `outcome`: something else happens; `state`: what is said to have been so before does not follow from the records. */
  readonly kind: "outcome" | "state";
}

/** A decision that was asked again, or could not be. */
export interface Decided {
  readonly rules: "access" | "interlock";
  /** Of the records it came to. */
  readonly seqs: readonly number[];
  readonly input: object;
  readonly policy: { readonly reference: string; readonly content: unknown };
  readonly recorded: readonly Outcome[];
  readonly decided: readonly Outcome[];
  readonly same: boolean;
}

export const reasons = ["olderRelease", "startMissing", "inputsLost", "rulesUnknown"] as const;
/**
 * Why a decision could not be asked again: an older release wrote no inputs; what was so before it is not in what was
 * read; inputs in between are not on record; or the rules are not.
 */
export type Reason = (typeof reasons)[number];

export interface Listener {
  decided(decision: Decided): void;
  differs(difference: Difference): void;
  skipped(reason: Reason, seq: number): void;
}

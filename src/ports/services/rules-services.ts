import type { VestibuleId } from "../../domain/names.ts";
import type { Weakening } from "../../domain/rules/weakening.ts";
import type { WeakeningText } from "../../domain/rules/weakening-words.ts";
import type { JsonValue } from "../journal.ts";
import type { RuleFault } from "../rule-book.ts";
import type { RuleKind, RuleVersion, RuleVersionQuery } from "../rules-store.ts";

/** One value that a change makes another; null where there is none. */
export interface RuleDifference {
  readonly path: string;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/** What a change weakened when it was made; bounded, `inAll` counts those that are not told too. */
export interface WeakenedThen {
  readonly weakens: readonly WeakeningText[];
  readonly inAll: number;
}

/** A rule as it holds. */
export interface RuleInForce {
  readonly document: JsonValue;
  /** 0: the site's file. */
  readonly version: number;
}

/** What a change would come to; nothing has been done. */
export type RuleChangePlan =
  | { readonly is: "faulty"; readonly faults: readonly RuleFault[] }
  | { readonly is: "same" }
  | {
      readonly is: "possible";
      readonly kind: RuleKind;
      /** As it will be kept; null: the site's file holds again. */
      readonly body: JsonValue;
      /** Bounded; `more` are not listed. */
      readonly differences: readonly RuleDifference[];
      readonly more: number;
      /** The whole, as it holds and as it would; with what stands in the site's file. */
      readonly whole: { readonly before: JsonValue; readonly after: JsonValue };
      readonly weakens: readonly Weakening[];
      /** Cardholders who have an access level that is gone then, by level. */
      readonly losing: Readonly<Record<string, number>>;
      /** Of this kind, when it was planned. */
      readonly revision: number;
    };
export type PossibleChange = Extract<RuleChangePlan, { readonly is: "possible" }>;

export interface RuleAuthor {
  readonly operator: string;
  readonly approver: string | null;
  readonly reason: string;
}

/** Somebody else has changed them since this was planned. */
export class RulesMoved extends Error {
  override readonly name = "RulesMoved";
}

/** The rules that may be changed while the site runs, each version of them, and back. */
export interface RulesServices {
  readonly kinds: readonly RuleKind[];
  /** Undefined where this site has no such rule. */
  inForce(kind: RuleKind): RuleInForce | undefined;
  /** Grows with each change of the kind. */
  revision(kind: RuleKind): number;
  /** Whether the interlock still waits to take up what holds: for a door to be shut, or to be there at all. */
  isAwaited(vestibule: VestibuleId): boolean;
  /** `change` over what was changed before: for doors and settings, only what is given. */
  plan(kind: RuleKind, change: JsonValue): RuleChangePlan;
  /** What it takes for an earlier version to hold again; of the newest: for the one before it. */
  planRevert(version: RuleVersion): RuleChangePlan;
  /** Recorded first, in force for the next decision. Throws StorageFault, and RulesMoved. */
  apply(change: PossibleChange, by: RuleAuthor): RuleVersion;
  versions(query: RuleVersionQuery): readonly RuleVersion[];
  version(id: number): RuleVersion | undefined;
  /** What it made another, against the version before it of its kind, or the site's file. */
  differencesOf(version: RuleVersion): {
    readonly differences: readonly RuleDifference[];
    readonly more: number;
    readonly before: JsonValue;
    readonly after: JsonValue;
  };
  /** What it made weaker, as it was recorded; undefined where the record no longer goes so far back. */
  weakenedBy(version: RuleVersion): WeakenedThen | undefined;
  /** How many cardholders have each access level in force; those nobody has are left out. */
  holders(): Readonly<Record<string, number>>;
}

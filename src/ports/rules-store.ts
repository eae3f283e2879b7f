import type { WallTime } from "../domain/time.ts";
import type { JsonValue } from "./journal.ts";

/** What is changed as one document. `site-file`: what the site's file said when the controller started. */
export type RuleKind =
  | "access-levels"
  | "schedules"
  | "holidays"
  | "settings"
  | `doors/${string}/${"outer" | "inner"}`;
export type StoredKind = RuleKind | "site-file";

export interface NewRuleVersion {
  readonly kind: StoredKind;
  /** Null: taken back, the site's file holds again. */
  readonly body: JsonValue;
  /** SHA-256 of the body's canonical JSON, hexadecimal. */
  readonly hash: string;
  /** Null where nobody did it from within: the site's file. */
  readonly operator: string | null;
  /** The second operator, where two were asked for. */
  readonly approver: string | null;
  readonly reason: string;
}

export interface RuleVersion extends NewRuleVersion {
  /** 1, 2, 3 … over all kinds. */
  readonly id: number;
  /** 1, 2, 3 … of its kind. */
  readonly version: number;
  readonly at: WallTime;
}

export interface RuleVersionQuery {
  readonly kind?: StoredKind | undefined;
  /** Only versions with a smaller id. */
  readonly before?: number | undefined;
  /** By whom it was made or confirmed. */
  readonly operator?: string | undefined;
  /** Made no earlier than this. */
  readonly from?: WallTime | undefined;
  /** Made earlier than this. */
  readonly to?: WallTime | undefined;
  /** 1 to 500. */
  readonly limit: number;
}

/** Every version of every rule that was changed while the site ran; none is ever changed or removed. */
export interface RulesStore {
  /** Which holds; undefined where the kind was never changed. */
  newest(kind: StoredKind): RuleVersion | undefined;
  get(id: number): RuleVersion | undefined;
  /** Newest first. */
  list(query: RuleVersionQuery): readonly RuleVersion[];
  /** The kinds there are versions of. */
  kinds(): readonly StoredKind[];
  append(version: NewRuleVersion): RuleVersion;
  /** How many cardholders have each of these access levels; those nobody has are left out. */
  holders(levels: readonly string[]): Readonly<Record<string, number>>;
  /** Runs `work`, and forgets every version it appended if it throws. */
  transact<Result>(work: () => Result): Result;
}

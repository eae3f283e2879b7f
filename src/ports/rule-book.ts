import type { RulesInForce } from "../domain/rules/rules-in-force.ts";
import type { JsonObject, JsonValue } from "./journal.ts";
import type { RuleKind } from "./rules-store.ts";

/** One thing wrong with rules somebody wants, and what to do about it. */
export interface RuleFault {
  /** `accessLevels[2].schedule` */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
  readonly remedy: { readonly en: string; readonly zh: string };
}

/** What was changed while the site ran, by kind; of a kind that is missing the site's file holds. */
export type RuleDocuments = Readonly<Partial<Record<RuleKind, JsonValue>>>;

export interface BookedRules {
  readonly rules: RulesInForce;
  /** Each kind's document as it holds, whether from the file or from a change; with its defaults. */
  readonly documents: RuleDocuments;
}

export type BookOutcome =
  | ({ readonly fits: true } & BookedRules)
  /** All that is wrong, at once. */
  | { readonly fits: false; readonly faults: readonly RuleFault[] };

/** What the site's file says, and what documents laid over it come to. */
export interface RuleBook {
  /** Those of this site: a door's rules are a kind each. */
  readonly kinds: readonly RuleKind[];
  /** The file as far as it decides over doors and people, and whom they tell. */
  readonly file: JsonObject;
  /** Checks all of them, by themselves and against each other. */
  with(documents: RuleDocuments): BookOutcome;
  /** What another reading of the file comes to; undefined where this program does not understand it. */
  withFile(file: JsonValue, documents: RuleDocuments): RulesInForce | undefined;
  /** What was changed of a kind, after `change`: some kinds are given whole, of others what is given is changed. */
  merged(kind: RuleKind, present: JsonValue | undefined, change: JsonValue): JsonValue;
}

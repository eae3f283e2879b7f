import { createHash } from "node:crypto";
import type { AccessPolicy } from "../../domain/access/access.ts";
import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { type Instant, since } from "../../domain/time.ts";
import { plainJson } from "../../ports/decided-on.ts";
import type { JournalEntry } from "../../ports/journal.ts";
import { compactRules } from "../../ports/recorded-rules.ts";

/** Written again after this long: a journal whose oldest part is gone says within a day which rules hold. */
const repeatedAfter = 24 * 3_600_000;
/** One record holds no more; what is longer is written in parts. */
const longestPart = 100_000;

interface Written {
  readonly reference: string;
  readonly at: Instant;
}

/** Which rules decisions are made by: on record before the first of them, and again where they change. */
export class RulesOnRecord {
  #known: { readonly policy: AccessPolicy; readonly reference: string } | undefined;
  #written: Written | undefined;
  /** Before the last that was made. */
  #writtenBefore: Written | undefined;

  /** What is to be written before the decision, and what the decision calls the rules by. */
  entries(
    policy: AccessPolicy,
    at: Instant,
  ): { readonly reference: string; readonly entries: readonly JournalEntry[] } {
    const reference = this.#referenceOf(policy);
    const written = this.#written;
    this.#writtenBefore = written;
    const isThere = written?.reference === reference && since(written.at, at) < repeatedAfter;
    if (isThere) return { reference, entries: [] };
    this.#written = { reference, at };
    return { reference, entries: rulesEntries(policy, reference, at) };
  }

  /** What was last made is not on record, or perhaps it is. */
  refused(): void {
    this.#written = this.#writtenBefore;
  }

  /** Rules are another object where they are others. */
  #referenceOf(policy: AccessPolicy): string {
    if (this.#known?.policy !== policy) this.#known = { policy, reference: hashOf(textOf(policy)) };
    return this.#known.reference;
  }
}

const textOf = (policy: AccessPolicy): string => canonicalJson(plainJson(compactRules(policy)));
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function rulesEntries(policy: AccessPolicy, rules: string, at: Instant): readonly JournalEntry[] {
  const text = textOf(policy);
  if (text.length <= longestPart)
    return [
      { type: "RulesInForce", at, payload: { rules }, input: { rules: plainJson(compactRules(policy)) } },
    ];
  const of = Math.ceil(text.length / longestPart);
  return Array.from({ length: of }, (_, index) => ({
    type: "RulesInForce",
    at,
    payload: { rules, part: index + 1, of },
    input: { text: text.slice(index * longestPart, (index + 1) * longestPart) },
  }));
}

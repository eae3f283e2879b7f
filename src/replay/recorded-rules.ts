import type { AccessPolicy } from "../domain/access/access.ts";
import { ruleReferenceLength } from "../ports/decided-on.ts";
import type { JournalRecord, JsonObject } from "../ports/journal.ts";
import { rulesOf } from "../ports/recorded-rules.ts";

/** Rules that are remembered at once; a decision is made by the newest, or the ones just before. */
const mostRemembered = 16;

/** The access rules that decisions refer to, as far as they have been read. */
export class RecordedRules {
  readonly #known = new Map<string, AccessPolicy>();
  #parts: string[] = [];

  take({ payload, input }: JournalRecord): void {
    const { rules, part, of } = payload;
    if (typeof rules !== "string" || input === undefined) return;
    if (typeof part !== "number") return this.#learn(rules, input["rules"]);
    const { text } = input;
    if (part === 1) this.#parts = [];
    if (typeof text === "string" && part === this.#parts.length + 1) this.#parts.push(text);
    if (this.#parts.length === of) this.#learn(rules, JSON.parse(this.#parts.join("")));
  }

  of(reference: string): AccessPolicy | undefined {
    return this.#known.get(reference.slice(0, ruleReferenceLength));
  }

  #learn(hash: string, stored: unknown): void {
    const reference = hash.slice(0, ruleReferenceLength);
    const policy = isObject(stored) ? rulesOf(stored) : undefined;
    if (policy === undefined || this.#known.has(reference)) return;
    this.#known.set(reference, policy);
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size > mostRemembered) this.#known.delete(oldest);
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;

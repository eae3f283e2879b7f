import { createHash } from "node:crypto";
import type { Instant } from "../../../src/domain/time.ts";
import type { LinkMessage } from "../../../src/ports/alarm-link.ts";
import type { Journal, JournalRecord, JsonValue } from "../../../src/ports/journal.ts";
import type { Findings } from "./findings.ts";

/** Follows the chain from the beginning, in its own words: numbers without a gap, each hash over what is written. */
export class JournalOracle {
  readonly #findings: Findings;
  readonly #now: () => Instant;
  #hash = "0".repeat(64);
  #seq = 0;

  constructor(now: () => Instant, findings: Findings) {
    this.#now = now;
    this.#findings = findings;
  }

  get head(): string {
    return this.#hash;
  }

  get records(): number {
    return this.#seq;
  }

  onRecord({ hash, ...content }: JournalRecord): void {
    if (content.seq !== this.#seq + 1) this.#violated(content.seq, `follows ${this.#seq}`);
    const text = `vestibule journal 1\n${this.#hash}\n${sorted(content as unknown as JsonValue)}`; // plain data
    if (createHash("sha256").update(text).digest("hex") !== hash)
      this.#violated(content.seq, "has a hash that is not its own");
    this.#seq = content.seq;
    this.#hash = hash;
  }

  /** What was told while it was written is what stands there in the end. */
  finish(journal: Journal): void {
    const verdict = journal.verify();
    if (!verdict.intact) return this.#violated(verdict.seq, verdict.detail);
    if (verdict.last !== this.#seq || verdict.head !== this.#hash)
      this.#violated(verdict.last, "is not the record that was written last");
  }

  #violated(seq: number, what: string): void {
    this.#findings.violated("journal", this.#now(), `record ${seq} ${what}`);
  }
}

/** JSON with its keys in order. */
function sorted(value: JsonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(",")}}`;
}

/** Every record reaches the centre, in order; again only after something was lost on the way. */
export function checkDelivery(
  taken: readonly LinkMessage[],
  last: number,
  mayRepeat: boolean,
  at: Instant,
  findings: Findings,
): void {
  let reached = 0;
  for (const { body, topic } of taken) {
    if (!topic.includes("/event/")) continue;
    const seq = Number(body?.seq);
    if (seq === reached + 1) reached = seq;
    else if (seq > reached + 1)
      return findings.violated("outbox", at, `record ${seq} overtook ${reached + 1}`);
    else if (!mayRepeat)
      return findings.violated("outbox", at, `record ${seq} was delivered again for no reason`);
  }
  if (reached !== last) findings.violated("outbox", at, `${reached} of ${last} records were delivered`);
}

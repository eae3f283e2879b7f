import { type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import { Problem } from "./problem.ts";

/** Twice a second is what a guide asks for. */
const shortest: Milliseconds = 250;
/** Of all operators: each takes a part of the processor that watches the doors. */
const atOnce = 2;
/** More have no account on any site. */
const remembered = 200;

/** One picture of the guide at a time for each operator, and few in all: 429 otherwise, before anything is read. */
export class LookLimit {
  readonly #clock: Pick<Clock, "now">;
  readonly #underWay = new Set<string>();
  readonly #begun = new Map<string, Instant>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** To be called once it is answered. */
  begin(operator: string): () => void {
    const now = this.#clock.now();
    const before = this.#begun.get(operator);
    const isTooSoon = before !== undefined && since(before, now) < shortest;
    if (isTooSoon || this.#underWay.has(operator) || this.#underWay.size >= atOnce)
      throw new Problem(429, "too-many-looks", "One picture at a time, about twice a second.", {
        retryAfterSeconds: 1,
      });
    if (this.#begun.size >= remembered) this.#begun.clear();
    this.#begun.set(operator, now);
    this.#underWay.add(operator);
    return () => this.#underWay.delete(operator);
  }
}

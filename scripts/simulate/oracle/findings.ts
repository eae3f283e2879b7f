import type { Instant } from "../../../src/domain/time.ts";

/** What must not be. */
export interface Violation {
  readonly rule: string;
  readonly at: Instant;
  readonly what: string;
}

/** Ends the run: what follows a violation proves nothing. */
export class ViolationFound extends Error {
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(`${violation.rule} at ${violation.at}: ${violation.what}`);
    this.violation = violation;
  }
}

/** Where the parts of the oracle report; the first violation counts. */
export class Findings {
  #first: Violation | undefined;

  violated(rule: string, at: Instant, what: string): void {
    this.#first ??= { rule, at, what };
  }

  get first(): Violation | undefined {
    return this.#first;
  }

  throwIfAny(): void {
    if (this.#first !== undefined) throw new ViolationFound(this.#first);
  }
}

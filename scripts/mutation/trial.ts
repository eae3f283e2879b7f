import { firstViolation, isExplored } from "./exploration.ts";
import { InterlockTests } from "./interlock-tests.ts";
import type { SeededMutation } from "./mutation.ts";
import { SourceCopy } from "./source-copy.ts";

/** What became of one seeded mistake. */
export interface Verdict {
  readonly mutation: SeededMutation;
  /** The first test that fails. */
  readonly test: string | undefined;
  /** What the exploration of all states finds first; `null` where it was not run. */
  readonly exploration: string | null | undefined;
  readonly seconds: number;
}

export const survives = ({ test, exploration }: Verdict): boolean =>
  test === undefined && typeof exploration !== "string";

/** Tries one mistake after the other on a copy of its own. */
export class Trial implements AsyncDisposable {
  readonly #copy: SourceCopy;
  readonly #tests: InterlockTests;
  readonly #explores: boolean;

  private constructor(copy: SourceCopy, tests: InterlockTests, explores: boolean) {
    this.#copy = copy;
    this.#tests = tests;
    this.#explores = explores;
  }

  static async begin(name: string, explores: boolean): Promise<Trial> {
    const copy = new SourceCopy(name);
    return new Trial(copy, await InterlockTests.over(copy.folder), explores);
  }

  /** What fails without any mistake: then no failure with one would mean anything. */
  failureWithout(): Promise<string | undefined> {
    return this.#tests.firstFailure();
  }

  async of(mutation: SeededMutation): Promise<Verdict> {
    const started = performance.now();
    const made = this.#copy.with(mutation);
    this.#tests.changed(mutation.file);
    try {
      const test = await this.#tests.firstFailure();
      const explores = this.#explores && isExplored(mutation.file);
      const exploration = explores ? await firstViolation(this.#copy.folder) : null;
      return { mutation, test, exploration, seconds: (performance.now() - started) / 1000 };
    } finally {
      made[Symbol.dispose]();
      this.#tests.changed(mutation.file);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tests[Symbol.asyncDispose]();
    this.#copy[Symbol.dispose]();
  }
}

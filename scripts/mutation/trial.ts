import { InterlockTests } from "./interlock-tests.ts";
import type { SeededMutation } from "./mutation.ts";
import { SourceCopy } from "./source-copy.ts";

/** What became of one seeded mistake. */
export interface Verdict {
  readonly mutation: SeededMutation;
  /** The first test that fails. */
  readonly test: string | undefined;
  /** What the exploration of all states finds; `undefined` where it was not run or found nothing. */
  readonly exploration: string | undefined;
  readonly seconds: number;
}

export const survives = ({ test, exploration }: Verdict): boolean =>
  test === undefined && exploration === undefined;

/** Looks for violations in the interlock's module in `folder`; says the first in words. */
export type Exploration = (folder: string) => Promise<string | undefined>;

/** Tries one mistake after the other on a copy of its own. */
export class Trial implements AsyncDisposable {
  readonly #copy: SourceCopy;
  readonly #tests: InterlockTests;
  readonly #explore: Exploration | undefined;

  private constructor(copy: SourceCopy, tests: InterlockTests, explore: Exploration | undefined) {
    this.#copy = copy;
    this.#tests = tests;
    this.#explore = explore;
  }

  static async begin(name: string, explore: Exploration | undefined): Promise<Trial> {
    const copy = new SourceCopy(name);
    return new Trial(copy, await InterlockTests.over(copy.folder), explore);
  }

  /** What fails without any mistake: then no failure with one would mean anything. */
  async failureWithout(): Promise<string | undefined> {
    return (await this.#tests.firstFailure()) ?? (await this.#explore?.(this.#copy.folder));
  }

  async of(mutation: SeededMutation): Promise<Verdict> {
    const started = performance.now();
    const made = this.#copy.with(mutation);
    this.#tests.changed(mutation.file);
    try {
      const test = await this.#tests.firstFailure();
      const exploration = await this.#explore?.(this.#copy.folder);
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

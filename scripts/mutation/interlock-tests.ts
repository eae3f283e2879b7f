import { join } from "node:path";
import { createVitest, type TestModule, type Vitest } from "vitest/node";

/** The interlock's unit tests over a copy of its sources, again and again in one process. */
export class InterlockTests implements AsyncDisposable {
  readonly #vitest: Vitest;
  readonly #folder: string;

  private constructor(vitest: Vitest, folder: string) {
    this.#vitest = vitest;
    this.#folder = folder;
  }

  static async over(folder: string): Promise<InterlockTests> {
    const vitest = await createVitest("test", {
      root: folder,
      config: join(folder, "scripts/mutation/vitest.config.ts"),
      watch: false,
      bail: 1,
      pool: "threads",
      maxWorkers: 1,
      reporters: [{}],
    });
    return new InterlockTests(vitest, folder);
  }

  changed(file: string): void {
    this.#vitest.invalidateFile(join(this.#folder, file));
  }

  /** The first test that fails, in words; nothing where all pass. */
  async firstFailure(): Promise<string | undefined> {
    const all = await this.#vitest.globTestSpecifications();
    if (all.length === 0) throw new Error("no test was found");
    // Vitest keeps what it ran before, and would return it as a result of this run too.
    this.#vitest.state.filesMap.clear();
    const { testModules, unhandledErrors } = await this.#vitest.runTestSpecifications(all, true);
    if (unhandledErrors.length > 0) return `an error outside of the tests: ${String(unhandledErrors[0])}`;
    return testModules.map(failureOf).find((failure) => failure !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vitest.close();
  }
}

function failureOf(module: TestModule): string | undefined {
  const [failed] = module.children.allTests("failed");
  if (failed !== undefined) return failed.fullName;
  const [error] = module.errors();
  return error === undefined
    ? undefined
    : `${module.relativeModuleId}: ${error.message.split("\n")[0] ?? ""}`;
}

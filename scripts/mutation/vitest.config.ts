import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Sequences of anything take seconds each time: they are for what the examples leave. */
const withSequences = process.env.INTERLOCK_SEQUENCES === "true";

/** What finds most in the least time comes first: one failure is enough. */
const quickestFirst = ["/domain/interlock/release.test", "/domain/interlock/", "/interlock/", ".property."];

class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      moduleId.includes(".property.") ? 3 : quickestFirst.findIndex((part) => moduleId.includes(part));
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/** The tests of the interlock alone, with the same random choices every time, so that a score can be repeated. */
export default defineConfig({
  test: {
    include: ["src/domain/interlock/*.test.ts", "src/interlock/*.test.ts"],
    exclude: withSequences ? [] : ["src/domain/interlock/*.property.test.ts"],
    setupFiles: withSequences ? ["scripts/mutation/fixed-seed.ts"] : [],
    isolate: false,
    sequence: { sequencer: QuickestFirst },
    // A slow machine finds no mistakes.
    testTimeout: 600_000,
  },
});

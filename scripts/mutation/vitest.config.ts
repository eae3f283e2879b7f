import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const isProperty = ({ moduleId }: TestSpecification): boolean => moduleId.includes(".property.");

/** What takes long comes last: most mistakes are found before. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => !isProperty(file)), ...sorted.filter(isProperty)];
  }
}

/** The tests of the interlock alone, with the same random choices every time, so that a score can be repeated. */
export default defineConfig({
  test: {
    include: ["src/domain/interlock/*.test.ts", "src/interlock/*.test.ts"],
    setupFiles: ["scripts/mutation/fixed-seed.ts"],
    sequence: { sequencer: ExamplesFirst },
    // A slow machine finds no mistakes.
    testTimeout: 600_000,
  },
});

import { defineConfig } from "vitest/config";

/** Sequences of anything take seconds each time: they are for what the examples leave. */
const withSequences = process.env.INTERLOCK_SEQUENCES === "true";

/** The tests of the interlock alone, with the same random choices every time, so that a score can be repeated. */
export default defineConfig({
  test: {
    include: ["src/domain/interlock/*.test.ts", "src/interlock/*.test.ts"],
    exclude: withSequences ? [] : ["src/domain/interlock/any-sequence.property.test.ts"],
    setupFiles: ["scripts/mutation/fixed-seed.ts"],
    isolate: false,
    // A slow machine finds no mistakes.
    testTimeout: 600_000,
  },
});

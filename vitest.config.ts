import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", "dist/**", ".tools/**", "var/**", "artifacts/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "deploy/**/*.test.ts"],
          exclude: never,
          // Unit tests run on virtual time: one that needs longer waits for something real.
          testTimeout: 10_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: "system",
          include: ["test/**/*.test.ts"],
          exclude: never,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Whole daemons share two cores, ports and deadlines: one file at a time.
          fileParallelism: false,
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

const never = ["**/node_modules/**", "dist/**", ".tools/**", "var/**", "artifacts/**"];
/** An emulated machine, which keeps one core busy for minutes and has no deadline of ours. */
const kernel = ["test/kernel/**/*.test.ts"];
/** Nothing but computing: as long as it takes. */
const compute = ["test/interlock-*.test.ts", "test/simulation.test.ts", "test/faces/!(watching).test.ts"];
/** Cameras, brokers, readers and disks, real ones: they are waited for, and take little of the machine. */
const devices = [
  "test/camera-*.test.ts",
  "test/{keeping,mqtt,readers,storage}/**/*.test.ts",
  "test/wiring-drawings.test.ts",
];
/** People at the pages in a real browser, each with a daemon of their own. */
const pages = ["test/browser-*.test.ts"];
/** Whole machines, daemons and buildings: one file at a time. */
const large = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

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
          // No module keeps anything between tests, and loading each for every file took half of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: "system",
          include: ["test/**/*.test.ts"],
          // Whole daemons share two cores, ports and deadlines.
          exclude: [...never, ...kernel, ...compute, ...devices, ...pages],
          ...large,
        },
      },
      { test: { name: "kernel", include: kernel, exclude: never, ...large } },
      { test: { name: "devices", include: devices, exclude: never, ...large } },
      { test: { name: "pages", include: pages, exclude: never, ...large } },
      { test: { name: "compute", include: compute, exclude: never, ...large } },
    ],
  },
});

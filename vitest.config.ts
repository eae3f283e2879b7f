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
/** Beside the code like unit tests, and too long for the day's loop: `scripts/check` leaves them to `scripts/test`. */
const long = [
  // Whole pictures, computed one after the other.
  "src/vision/{camera-health,face-watch,idle-health,liveness-run,view}.test.ts",
  "src/vision/liveness/{colour,raster,surround}-measures.test.ts",
  "src/domain/biometric/liveness/geometry.test.ts",
  // Nets, and other programs that are started.
  "src/drivers/face-nets/recogniser/recogniser.test.ts",
  "src/drivers/{process-end,process-memory}/*.test.ts",
  "scripts/lib/bootstrap.test.ts",
  // Thousands of rows in files.
  "src/drivers/sqlite/{alike-faces,journal-tree,open-database,search-index,survey-in-worker,verify-in-worker}.test.ts",
];
/** No module keeps anything between tests, and loading each for every file took half of the time. */
const beside = { testTimeout: 10_000, maxWorkers: 2, isolate: false };
/** Whole machines, daemons and buildings: one file at a time. */
const large = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "deploy/**/*.test.ts"],
          // Unit tests run on virtual time: one that needs longer than `testTimeout` waits for something real.
          exclude: [...never, ...long],
          ...beside,
        },
      },
      // Beside checks and other tests on two cores: as long as it takes.
      { test: { name: "long", include: long, exclude: never, ...beside, testTimeout: 60_000 } },
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
      // What is waited for there comes through a browser, a daemon and a net, beside other daemons: nothing promises it
      // within a second, nor a whole step within a minute.
      {
        test: {
          name: "pages",
          include: pages,
          exclude: never,
          ...large,
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      { test: { name: "compute", include: compute, exclude: never, ...large } },
    ],
  },
});

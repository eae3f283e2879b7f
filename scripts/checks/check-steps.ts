import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./source-files.ts";
import type { Step } from "./steps.ts";

const present = (path: string): boolean => existsSync(join(root, path));

export const unitResults = "artifacts/unit.json";
export const longResults = "artifacts/long.json";
export const systemResults = "artifacts/system.json";
export const devicesResults = "artifacts/devices.json";
export const pagesResults = "artifacts/pages.json";
export const kernelResults = "artifacts/kernel.json";
export const computeResults = "artifacts/compute.json";

const vitest = (project: string, results: string, filters: readonly string[]): Step["command"] => [
  "vitest",
  "run",
  `--project=${project}`,
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
  // Filters may all belong to another project; `tally` sees to it that something ran.
  ...(filters.length > 0 ? ["--passWithNoTests", ...filters] : []),
];

export const unitTests = (filters: readonly string[] = []): Step => ({
  name: "unit tests",
  command: vitest("unit", unitResults, filters),
});

/** Unit tests that would make the day's loop long. */
export const longTests = (filters: readonly string[] = []): Step => ({
  name: "long unit tests",
  command: vitest("long", longResults, filters),
});

export const systemTests = (filters: readonly string[] = []): Step => ({
  name: "system tests",
  command: vitest("system", systemResults, filters),
  live: true,
});

/** What waits for devices, beside the daemons. */
export const deviceTests = (filters: readonly string[] = []): Step => ({
  name: "device tests",
  command: vitest("devices", devicesResults, filters),
});

/** People at the console and at the doors' screens, in a real browser; they wait for what they see. */
export const pageTests = (filters: readonly string[] = []): Step => ({
  name: "page tests",
  command: vitest("pages", pagesResults, filters),
});

export const kernelTests = (filters: readonly string[] = []): Step => ({
  name: "kernel tests",
  command: vitest("kernel", kernelResults, filters),
});

/** The interlock's states, seeded buildings, and what the face nets make of pictures. */
export const computeTests = (filters: readonly string[] = []): Step => ({
  name: "computing",
  command: vitest("compute", computeResults, filters),
});

/** Whether the interlock's tests still notice every mistake that is made on purpose. */
export const seededMistakes: Step = {
  name: "seeded mistakes",
  command: ["node", "scripts/mutation/seeded.ts", "--tests"],
};

/** Of what has not changed since the last time the compiler keeps what it found. */
const typeCheck = (project: string, kept: string): Step["command"] => [
  "tsc",
  "-p",
  project,
  "--incremental",
  "--tsBuildInfoFile",
  join(root, `.tools/types/${kept}.tsbuildinfo`),
];

/** What can be said of the tree without running it; the slowest first, so that the quick ones fill the gaps. */
export function staticSteps(): readonly Step[] {
  const steps: Step[] = [
    { name: "types", command: typeCheck(".", "all") },
    { name: "lint", command: ["oxlint"] },
    { name: "dead code", command: ["knip", "--no-progress"] },
    { name: "types: domain", command: typeCheck("src/domain", "domain") },
    { name: "format", command: ["biome", "check", "--error-on-warnings", "."] },
    { name: "arrows", command: ["node", "scripts/checks/arrows.ts"] },
    { name: "house style", command: ["node", "scripts/checks/house-style.ts"] },
    { name: "dependencies", command: ["node", "scripts/checks/dependencies.ts"] },
  ];
  if (present("src/console/tsconfig.json")) {
    steps.splice(1, 0, { name: "types: console", command: typeCheck("src/console", "console") });
  }
  return steps;
}

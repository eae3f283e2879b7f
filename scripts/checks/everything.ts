/**
 * All checks and all tests, for `scripts/test`. Paths or parts of them as arguments run only the tests that match.
 * The last line is `N passed, N failed`, a check counting as one.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  seededMistakes,
  staticSteps,
  systemResults,
  systemTests,
  unitResults,
  unitTests,
} from "./check-steps.ts";
import { root } from "./source-files.ts";
import { runSteps, type StepResult } from "./steps.ts";
import { sum, type Tally, tallyOf } from "./tally.ts";

const filters = process.argv.slice(2);
mkdirSync(join(root, "artifacts"), { recursive: true });
for (const results of [unitResults, systemResults]) rmSync(join(root, results), { force: true });

const checks = filters.length === 0 ? staticSteps() : [];
const quick = await runSteps([unitTests(filters), ...checks], 2);
// Takes both cores for itself, and would make unit tests wait.
const seeded = await runSteps(filters.length === 0 ? [seededMistakes] : [], 1);
// Whole daemons have deadlines of their own: they get the machine for themselves.
const slow = await runSteps([systemTests(filters)], 1);

const { passed, failed } = sum([
  ...[...quick.filter(({ name }) => name !== unitTests().name), ...seeded].map(tallyOfStep),
  tallyOf(readResults(unitResults), endedWell(quick, unitTests().name)),
  tallyOf(readResults(systemResults), endedWell(slow, systemTests().name)),
]);
for (const result of [...quick, ...seeded, ...slow])
  if (!result.passed) console.log(`failed: ${result.name}`);
if (passed + failed === 0) console.log("no test ran");
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function tallyOfStep(result: StepResult): Tally {
  return result.passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function endedWell(results: readonly StepResult[], name: string): boolean {
  return results.some((result) => result.name === name && result.passed);
}

function readResults(path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(root, path), "utf8"));
  } catch {
    return undefined; // the run ended before it wrote any: `tallyOf` counts that as a failure
  }
}

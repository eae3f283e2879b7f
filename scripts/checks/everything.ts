/**
 * All checks and all tests, for `scripts/test`. Paths or parts of them as arguments run only the tests that match.
 * The last line is `N passed, N failed`, a check counting as one.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  computeResults,
  computeTests,
  devicesResults,
  deviceTests,
  kernelResults,
  kernelTests,
  longResults,
  longTests,
  pagesResults,
  pageTests,
  seededMistakes,
  staticSteps,
  systemResults,
  systemTests,
  unitResults,
  unitTests,
} from "./check-steps.ts";
import { root } from "./source-files.ts";
import { runSteps, type StepResult } from "./steps.ts";
import { failuresIn, sum, type Tally, tallyOf } from "./tally.ts";

const filters = process.argv.slice(2);
const suites = [
  { step: unitTests(filters), results: unitResults },
  { step: longTests(filters), results: longResults },
  { step: kernelTests(filters), results: kernelResults },
  { step: computeTests(filters), results: computeResults },
  { step: deviceTests(filters), results: devicesResults },
  { step: pageTests(filters), results: pagesResults },
  { step: systemTests(filters), results: systemResults },
];
mkdirSync(join(root, "artifacts"), { recursive: true });
for (const { results } of suites) rmSync(join(root, results), { force: true });

const checks = filters.length === 0 ? staticSteps() : [];
const quick = await runSteps([unitTests(filters), ...checks, longTests(filters)], 2);
// An emulated machine keeps one core busy; what only computes goes on beside it.
const patient = await runSteps(
  [kernelTests(filters), ...(filters.length === 0 ? [seededMistakes] : []), computeTests(filters)],
  2,
);
// Whole daemons have deadlines of their own: beside them only what mostly waits.
const slow = await runSteps([systemTests(filters), deviceTests(filters), pageTests(filters)], 2);

const all = [...quick, ...patient, ...slow];
const tested: ReadonlySet<string> = new Set(suites.map(({ step }) => step.name));
const { passed, failed } = sum([
  ...all.filter(({ name }) => !tested.has(name)).map(tallyOfStep),
  ...suites.map(({ step, results }) => tallyOf(readResults(results), endedWell(all, step.name))),
]);
// Said once more where the end of a long log is all that is looked at.
for (const { results } of suites)
  for (const line of failuresIn(readResults(results), root)) console.log(`failed: ${line}`);
for (const result of all) if (!result.passed) console.log(`failed: ${result.name}`);
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

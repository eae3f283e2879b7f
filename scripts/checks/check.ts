/** The day's loop, `npm run check`: everything that takes seconds. Names of steps as arguments run only those. */
import { staticSteps, unitTests } from "./check-steps.ts";
import { runSteps } from "./steps.ts";

const wanted = process.argv.slice(2);
const all = [unitTests(), ...staticSteps()];
const unknown = wanted.filter((name) => !all.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(", ")}; there are: ${all.map((step) => step.name).join(", ")}`);
  process.exit(2);
}

const started = performance.now();
const steps = wanted.length === 0 ? all : all.filter((step) => wanted.includes(step.name));
const results = await runSteps(steps, 2);
const failed = results.filter((result) => !result.passed).map((result) => result.name);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(failed.length === 0 ? `all in order, ${seconds} s` : `${failed.join(", ")} failed, ${seconds} s`);
if (failed.length > 0) process.exitCode = 1;

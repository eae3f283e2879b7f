/**
 * Makes each seeded mistake in a copy of the interlock and looks whether its tests, and the exploration of all its
 * states, notice. names of mistakes try only those.
 */
import { parseArgs } from "node:util";
import type { SeededMutation } from "./mutation.ts";
import { seededMutations } from "./seeds.ts";
import { survives, Trial, type Verdict } from "./trial.ts";

/** As many at a time as the smallest box has cores. */
const width = 2;

const { positionals } = parseArgs({
  options: {},
  allowPositionals: true,
});
const wanted = seededMutations.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const unknown = positionals.filter((name) => !seededMutations.some((mutation) => mutation.name === name));
if (unknown.length > 0) {
  console.error(`no such mistake: ${unknown.join(", ")}`);
  process.exit(2);
}

const waiting = [...wanted];
const verdicts: Verdict[] = [];
const started = performance.now();
await Promise.all(Array.from({ length: width }, (_, index) => work(`seeded-${index + 1}`)));

const survivors = verdicts.filter(survives);
for (const { mutation } of survivors)
  console.log(`not caught: ${mutation.name} (${mutation.rule}): ${mutation.why}`);
console.log(
  `${verdicts.length} seeded mistakes, ${verdicts.length - survivors.length} caught, ${survivors.length} not, ` +
    `${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exitCode = survivors.length > 0 || verdicts.length !== wanted.length ? 1 : 0;

async function work(name: string): Promise<void> {
  await using trial = await Trial.begin(name, undefined);
  const failure = await trial.failureWithout();
  if (failure !== undefined) throw new Error(`without any mistake something fails: ${failure}`);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const verdict = await trial.of(next);
    verdicts.push(verdict);
    console.log(lineOf(verdict));
  }
}

function lineOf({ mutation, test, seconds }: Verdict): string {
  const caught = test ?? "NOT CAUGHT";
  return `${titleOf(mutation)} ${seconds.toFixed(1).padStart(5)} s  ${caught}`;
}

function titleOf({ name, rule }: SeededMutation): string {
  return `${rule.padEnd(3)} ${name.padEnd(46)}`;
}

/**
 * Makes each seeded mistake in a copy of the interlock and looks whether its tests, and the exploration of all its
 * states, notice. `--tests` leaves the exploration out; names of mistakes try only those. What came of all of them
 * goes to docs/interlock-mutations.md with `node scripts/mutation/report.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../checks/source-files.ts";
import { firstViolation } from "./exploration.ts";
import { SeededResults, seededResults } from "./seeded-results.ts";
import { seededMutations } from "./seeds.ts";
import { survives, Trial, type Verdict } from "./trial.ts";

/** As many at a time as the smallest box has cores. */
const width = 2;

const { values, positionals } = parseArgs({
  options: { tests: { type: "boolean", default: false } },
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
mkdirSync(join(root, "artifacts/mutation"), { recursive: true });
await Promise.all([
  ...Array.from({ length: width }, (_, index) => work(`seeded-${process.pid}-${index + 1}`)),
  values.tests ? undefined : exploreWithout(),
]);

const survivors = verdicts.filter(survives);
for (const { mutation } of survivors)
  console.log(`not caught: ${mutation.name} (${mutation.rule}): ${mutation.why}`);
console.log(
  `${verdicts.length} seeded mistakes, ${verdicts.length - survivors.length} caught, ${survivors.length} not, ` +
    `${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exitCode = survivors.length > 0 || verdicts.length !== wanted.length ? 1 : 0;

async function exploreWithout(): Promise<void> {
  const violation = await firstViolation(root);
  if (violation !== undefined) throw new Error(`without any mistake the exploration finds: ${violation}`);
}

async function work(name: string): Promise<void> {
  await using trial = await Trial.begin(name, !values.tests);
  const failure = await trial.failureWithout();
  if (failure !== undefined) throw new Error(`without any mistake something fails: ${failure}`);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const verdict = await trial.of(next);
    verdicts.push(verdict);
    console.log(lineOf(verdict));
    keep();
  }
}

/** What an earlier run explored stays known where this one only tests. */
function keep(): void {
  const path = join(root, seededResults);
  const before = existsSync(path) ? SeededResults.parse(JSON.parse(readFileSync(path, "utf8"))) : [];
  const results = new Map(before.map((result) => [result.name, result]));
  for (const { mutation, test, exploration } of verdicts) {
    const explored = exploration !== null;
    const earlier = results.get(mutation.name);
    results.set(mutation.name, {
      name: mutation.name,
      test: test ?? null,
      explored: explored || (earlier?.explored ?? false),
      exploration: explored ? (exploration ?? null) : (earlier?.exploration ?? null),
    });
  }
  writeFileSync(path, JSON.stringify([...results.values()], undefined, 1));
}

function lineOf({ mutation, test, exploration, seconds }: Verdict): string {
  const { name, rule } = mutation;
  const explored = exploration === null ? "" : `  |  ${exploration ?? "–"}`;
  return `${rule.padEnd(3)} ${name.padEnd(46)} ${seconds.toFixed(1).padStart(5)} s  ${test ?? "NOT CAUGHT BY A TEST"}${explored}`;
}

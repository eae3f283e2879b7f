/**
 * Simulates the whole building, seed by seed: npm run simulate -- --seeds N [--from F] [--passages M] [--jobs J]
 * [--report FILE], or one seed to look at: --seed S [--passages M] [--trace]. Ends with 1 where anything was violated.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { failureOf, tableOf } from "./simulate/report.ts";
import { runMany } from "./simulate/run-many.ts";
import { runSeed, type SeedRun } from "./simulate/run-seed.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    passages: { type: "string", default: "100" },
    jobs: { type: "string", default: String(Math.min(2, availableParallelism())) },
    trace: { type: "boolean", default: false },
    report: { type: "string" },
  },
});

/** Whole numbers only; anything else is a slip of the hand. */
function whole(name: string, text: string, low: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= low) return value;
  throw new RangeError(`--${name} wants a whole number from ${low} on, not ${text}`);
}

const passages = whole("passages", values.passages, 1);
process.exitCode = values.seed === undefined ? await many() : await one(whole("seed", values.seed, 0));

async function one(seed: number): Promise<number> {
  const started = performance.now();
  const run = await runSeed({ seed, passages, traced: values.trace ? 1_000_000 : 60 });
  if (values.trace) for (const line of run.trace) console.log(line);
  const failed = run.violation === undefined ? [] : [run];
  for (const line of tableOf(run.tally, (performance.now() - started) / 1000, failed)) console.log(line);
  console.log(`hash                      ${run.hash}`);
  if (run.violation !== undefined)
    for (const line of failureOf(values.trace ? { ...run, trace: [] } : run, passages)) console.log(line);
  return failed.length;
}

async function many(): Promise<number> {
  const seeds = whole("seeds", values.seeds, 1);
  const first = whole("from", values.from, 0);
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  const hashes: string[] = [];
  // Interrupted, it tells what it has come to so far; interrupted twice, it ends.
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
  const found: SeedRun[] = [];
  let told = 0;
  const { tally, failed, hash } = await runMany({
    first,
    seeds,
    passages,
    jobs: whole("jobs", values.jobs, 1),
    traced: 60,
    signal: interrupted.signal,
    onRun: (run, done, sofar) => {
      hashes.push(`${run.seed} ${run.hash}`);
      if (run.violation !== undefined) {
        found.push(run);
        console.log(failureOf(run, passages).slice(0, 2).join("\n"));
      }
      if (seconds() - told < 10 && done < seeds) return;
      told = seconds();
      process.stderr.write(`${done} of ${seeds} seeds, ${told.toFixed(0)} s\n`);
      // Whatever becomes of a long run, what it has come to is there.
      keep([...tableOf(sofar, told, found), "not at its end yet"]);
    },
  });
  const lines = [
    ...tableOf(tally, seconds(), failed),
    `hash over all seeds       ${hash}`,
    ...failed.flatMap((run) => failureOf(run, passages)),
  ];
  for (const line of lines) console.log(line);
  keep([...lines, "", ...hashes.toSorted()]);
  return failed.length === 0 ? 0 : 1;
}

function keep(lines: readonly string[]): void {
  if (values.report === undefined) return;
  mkdirSync(dirname(values.report), { recursive: true });
  writeFileSync(values.report, `${lines.join("\n")}\n`);
}

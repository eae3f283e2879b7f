import { type ChildProcess, fork } from "node:child_process";
import { createHash } from "node:crypto";
import { instant } from "../../src/domain/time.ts";
import type { SeedOptions, SeedRun } from "./run-seed.ts";
import { addTally, emptyTally, type Tally } from "./tally.ts";

export interface ManyOptions {
  readonly first: number;
  readonly seeds: number;
  readonly passages: number;
  readonly jobs: number;
  /** Lines kept of a seed that fails. */
  readonly traced: number;
  /** Aborted, it begins no more seeds. */
  readonly signal?: AbortSignal;
  /** `tally`: of all that are done. */
  readonly onRun: (run: SeedRun, done: number, tally: Tally) => void;
}

export interface ManyRuns {
  readonly tally: Tally;
  readonly failed: readonly SeedRun[];
  /** Over the hashes of all seeds in their order. */
  readonly hash: string;
}

/** A seed whose process died is a failure like any other. */
const lost = (seed: number, how: string): SeedRun => ({
  seed,
  hash: "",
  tally: emptyTally(),
  violation: { rule: "crash", at: instant(0), what: `the process that simulated it ended: ${how}` },
  trace: [],
});

/** Runs seeds side by side; the order in which they end changes nothing. */
export async function runMany({
  first,
  seeds,
  passages,
  jobs,
  traced,
  signal,
  onRun,
}: ManyOptions): Promise<ManyRuns> {
  const tally = emptyTally();
  const hashes = new Map<number, string>();
  const failed: SeedRun[] = [];
  let next = first;
  const end = first + seeds;
  const take = (run: SeedRun): void => {
    addTally(tally, run.tally);
    hashes.set(run.seed, run.hash);
    if (run.violation !== undefined) failed.push(run);
    onRun(run, hashes.size, tally);
  };
  const work = async (): Promise<void> => {
    let child = start();
    while (next < end && signal?.aborted !== true) {
      const seed = next++;
      // Made again with a trace only if it fails: keeping one costs time.
      let run = await ask(child, { seed, passages, traced: 0 });
      if (!child.connected) child = start();
      else if (run.violation !== undefined && traced > 0) run = await ask(child, { seed, passages, traced });
      take(run);
    }
    child.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, seeds) }, work));
  const inOrder = Array.from({ length: next - first }, (_, index) => hashes.get(first + index) ?? "").join(
    "\n",
  );
  return {
    tally,
    failed: failed.toSorted((a, b) => a.seed - b.seed),
    hash: createHash("sha256").update(inOrder).digest("hex"),
  };
}

/** A process that dies over a seed has failed it. */
function ask(child: ChildProcess, options: SeedOptions): Promise<SeedRun> {
  const { promise, resolve } = Promise.withResolvers<SeedRun>();
  const onExit = (code: number | null, signal: string | null): void =>
    resolve(lost(options.seed, signal ?? `exit ${code}`));
  child.once("message", (run) => {
    child.off("exit", onExit);
    resolve(run as SeedRun); // our own process
  });
  child.once("exit", onExit);
  child.send(options);
  return promise;
}

/** What dies young is collected rarely: most of a seed's memory does. */
const start = (): ChildProcess =>
  fork(new URL("seed-process.ts", import.meta.url), {
    // Whoever interrupts the run waits for the seeds that are under way.
    detached: true,
    execArgv: ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=64"],
  });

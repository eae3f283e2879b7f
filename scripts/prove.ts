// Explores every state the shipping interlock can come to, in every variant: npm run prove -- [--short] [--jobs N]
// [--variant PART…] [--module DIR] [--first] [--list] [--replay N,N…]. Exits with 1 where something is wrong.
import { availableParallelism } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { replayed } from "./exploration/replay.ts";
import { isClean, table, type VariantReport } from "./exploration/report.ts";
import { rulesOf } from "./exploration/rules.ts";
import { variants } from "./exploration/variants.ts";
import type { Order } from "./exploration/worker.ts";

const { values } = parseArgs({
  options: {
    /** Only the variants the tests run. */
    short: { type: "boolean", default: false },
    jobs: { type: "string", default: String(availableParallelism()) },
    /** Only variants whose name has this in it. */
    variant: { type: "string", multiple: true },
    /** Explores DIR/interlock.ts in place of the shipping module: a mutation of it, for example. */
    module: { type: "string" },
    /** Ends at the first violation of any variant. */
    first: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
    replay: { type: "string" },
  },
});

const chosen = variants
  .filter(({ short }) => short || !values.short)
  .filter(({ name }) => values.variant === undefined || values.variant.some((part) => name.includes(part)));
const began = performance.now();

if (values.list) for (const { name } of chosen) console.log(name);
else if (values.replay !== undefined) await replay(values.replay);
else await exploreAll();

async function replay(moves: string): Promise<void> {
  const [variant] = chosen;
  if (variant === undefined) throw new Error("--replay wants a --variant");
  const lines = replayed(await rulesOf(values.module), variant, moves.split(",").map(Number));
  console.log([variant.name, ...lines].join("\n"));
}

async function exploreAll(): Promise<void> {
  if (chosen.length === 0) throw new Error("no such variant");
  const reports: VariantReport[] = [];
  const waiting = [...chosen];
  const threads = Array.from({ length: Math.max(1, Number(values.jobs)) }, async () => {
    for (let variant = waiting.shift(); variant !== undefined; variant = waiting.shift()) {
      const report = await explore({ variant: variant.name, module: values.module });
      reports.push(report);
      say(report);
      if (values.first && !isClean(report)) finish(reports);
    }
  });
  await Promise.all(threads);
  finish(reports);
}

function explore(order: Order): Promise<VariantReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./exploration/worker.ts", import.meta.url), {
      workerData: order,
      // A thread has no file of its own to be measured by: this bounds what a variant may take.
      resourceLimits: { maxOldGenerationSizeMb: 3_000 },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function say({ variant, states, seconds, traces }: VariantReport): void {
  process.stderr.write(`${variant}: ${states} states in ${seconds.toFixed(1)} s\n`);
  for (const trace of traces) console.log(`\n${trace}\n`);
}

function finish(reports: readonly VariantReport[]): never {
  const order = chosen.map(({ name }) => name);
  const sorted = reports.toSorted((a, b) => order.indexOf(a.variant) - order.indexOf(b.variant));
  console.log(`\n${table(sorted)}\n\n${((performance.now() - began) / 1000).toFixed(1)} s in all`);
  process.exit(reports.every(isClean) ? 0 : 1);
}

// Loaded into every process of a measured site (NODE_OPTIONS=--import): what its memory holds after it was tidied, as lines of a file.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

export interface ProcessMemory {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly arrayBuffers: number;
}

const directory = process.env["VESTIBULE_MEMORY_PROBE"];
const role = process.argv.find((one) => one.startsWith("--role="))?.slice("--role=".length);
const isSupervisor = process.argv[2] === "run";

if (directory !== undefined && isMainThread && (role !== undefined || isSupervisor)) {
  setFlagsFromString("--expose-gc");
  const tidy = runInNewContext("gc") as () => void; // what the flag adds to a new context
  const file = join(directory, `${role ?? "supervisor"}-${process.pid}.jsonl`);
  setInterval(() => {
    tidy();
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    const memory: ProcessMemory = { at: Date.now(), rss, heapUsed, external, arrayBuffers };
    appendFileSync(file, `${JSON.stringify(memory)}\n`);
  }, 15_000).unref();
}

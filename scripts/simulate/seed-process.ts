/** Runs the seeds it is given, one after another, and answers with each. */
import process from "node:process";
import { runSeed, type SeedOptions } from "./run-seed.ts";

process.on("message", (options: SeedOptions) => {
  void runSeed(options).then((run) => process.send?.(run));
});

/**
 * StrykerJS over the interlock: every mutant against the examples, then those that survive against sequences of
 * anything. `--changed` begins with the results of the last run.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../checks/source-files.ts";

const { values } = parseArgs({ options: { changed: { type: "boolean", default: false } } });

const run = (withSequences: boolean, ...options: readonly string[]): void => {
  const { status } = spawnSync(
    join(root, "node_modules/.bin/stryker"),
    ["run", "scripts/mutation/stryker.config.json", ...options],
    { cwd: root, stdio: "inherit", env: { ...process.env, INTERLOCK_SEQUENCES: String(withSequences) } },
  );
  if (status !== 0) process.exit(status ?? 1);
};

run(false, ...(values.changed ? [] : ["--force"]));
run(true);

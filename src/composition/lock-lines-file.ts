import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GpioDriver } from "../drivers/gpio/open-gpio.ts";
import type { WiredVestibules } from "./door-lines.ts";
import type { SiteStart } from "./site-start.ts";

/** Where the locks are, for whoever parks them when all of us are gone: no configuration to read, nothing to check. */
export interface LockLines {
  readonly driver: GpioDriver;
  readonly wired: WiredVestibules;
}

const fileName = "lines.json";
/** systemd's RuntimeDirectory= of the unit. */
const usualDirectory = "/run/vestibule";

/**
 * In the service's runtime directory, which systemd makes and keeps until the machine restarts; without a service there
 * is no stop action. A simulated board leaves none, nor what another board has left.
 * Doors that could be under control do not wait for a stop action that could not be prepared: `onFault` is told.
 */
export function leaveLockLines(
  { site: { board }, wired }: SiteStart,
  env: NodeJS.ProcessEnv,
  onFault: (fault: string) => void,
): void {
  const directory = runtimeDirectory(env);
  if (directory === undefined) return;
  const file = join(directory, fileName);
  try {
    if (board.kind === "simulated" || wired === undefined) return rmSync(file, { force: true });
    const lines: LockLines = { driver: board.driver, wired };
    // Whole or not at all: it is read when something has just gone wrong.
    writeFileSync(`${file}.new`, JSON.stringify(lines));
    renameSync(`${file}.new`, file);
  } catch (error) {
    onFault(
      `the stop action will not find the locks: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

export const lockLinesFile = (env: NodeJS.ProcessEnv): string =>
  join(runtimeDirectory(env) ?? usualDirectory, fileName);

/** Undefined where none were left: nothing was started, or a simulated board. */
export function readLockLines(file: string): LockLines | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockLines; // written by our own supervisor
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The first, should there be several. */
const runtimeDirectory = ({ RUNTIME_DIRECTORY }: NodeJS.ProcessEnv): string | undefined =>
  RUNTIME_DIRECTORY?.split(":")[0] || undefined;

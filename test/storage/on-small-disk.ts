import { spawnSync } from "node:child_process";

/**
 * Runs a script of the shell over a small disk of its own, `$1`, that no other process sees and that ends with it: the files are
 * carried out to be looked at. `$1/ballast` takes part of the megabyte; `more` are `$2` and so on. What it printed.
 */
export function onSmallDisk(disk: string, script: string, more: readonly string[]): string {
  const whole = `set -e
    mount -t tmpfs -o size=1m tmpfs "$1"
    head -c 300000 /dev/zero > "$1/ballast"
    ${script}`;
  const namespace = process.getuid?.() === 0 ? "-m" : "-Urm";
  const args = [namespace, "bash", "-c", whole, "bash", disk, ...more];
  const { stdout, stderr, status, error } = spawnSync("unshare", args, { encoding: "utf8", timeout: 50_000 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`the script ended with ${status}: ${stderr}`);
  return stdout;
}

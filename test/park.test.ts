import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { amongSysfsFiles, printDirections, writeLockLines } from "./support/sysfs-files.ts";

// The service's stop action, when all processes died at once. Its own mount namespace shows it the files of a sysfs
// whose lines were left as they were; a kernel's own lines are tried in test/kernel.

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-park-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const left = (chip?: string): string => writeLockLines(join(folder, "lines.json"), chip);

/** Runs the command, then says what became of the locks' lines. */
function among(command: string): { status: number | null; stdout: string; stderr: string } {
  const script = `${command}; code=$?; ${printDirections}; exit $code`;
  return spawnSync("unshare", amongSysfsFiles(script), { encoding: "utf8" });
}

const park = (...args: readonly string[]): string => [process.execPath, main, "park", ...args].join(" ");

test("T33: all died at once: every lock is set to the level at which it is secured, in one step with its direction", () => {
  const { status, stdout, stderr } = among(park("--lines", left()));
  expect(stderr).toBe("");
  expect(stdout).toBe("every lock is secured\nlow\nhigh\n");
  expect(status).toBe(0);
});

test("where systemd says so, the lines are found in its runtime directory", () => {
  left();
  const { status, stdout } = among(`RUNTIME_DIRECTORY=${folder} ${park()}`);
  expect(stdout).toBe("every lock is secured\nlow\nhigh\n");
  expect(status).toBe(0);
});

test("without word of any lines there is nothing to secure, and that is no fault", () => {
  const { status, stdout } = among(park("--lines", join(folder, "none.json")));
  expect(stdout).toBe(`no lock to secure: there is no ${join(folder, "none.json")}\nout\n\nout\n\n`);
  expect(status).toBe(0);
});

test("T32: a chip that is not there: said, and the exit code says it too", () => {
  const { status, stderr } = among(park("--lines", left("gone")));
  expect(stderr).toContain("NOT every lock is secured: gone: no chip has this label");
  expect(status).toBe(1);
});

test("a slip of the pen explains itself", () => {
  const { status, stderr } = among(park("--line"));
  expect(stderr).toContain("Usage: vestibule park");
  expect(status).toBe(2);
});

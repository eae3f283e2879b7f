import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const module = new URL("./private-memory.ts", import.meta.url).href;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-core-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is left of a process that was allowed to leave everything, and crashes. */
function crashed(first: string): { readonly said: string; readonly left: readonly string[] } {
  const script = `${first}; process.kill(process.pid, "SIGABRT"); setTimeout(() => {}, 5_000);`;
  const crash = `ulimit -c unlimited 2>/dev/null; "$0" --input-type=module --eval "$1"; true`;
  const { stderr } = spawnSync("bash", ["-c", crash, process.execPath, script], {
    cwd: folder,
    encoding: "utf8",
  });
  return { said: stderr, left: readdirSync(folder) };
}

test("a process that crashes leaves no core, however much it was allowed", () => {
  const { said, left } = crashed(`(await import("${module}")).keepMemoryPrivate()`);
  expect(said).toMatch(/Aborted/);
  expect(said).not.toMatch(/core dumped/);
  expect(left).toEqual([]);
});

test("nor may anybody look into it: the kernel calls it not dumpable, and what it starts has no core limit either", () => {
  const script = `
    const { keepMemoryPrivate } = await import("${module}");
    const { default: koffi } = await import("koffi");
    const { execFileSync } = await import("node:child_process");
    keepMemoryPrivate();
    const dumpable = koffi.load("libc.so.6").func("int prctl(int o, long a, long b, long c, long d)")(3, 0, 0, 0, 0);
    console.log(JSON.stringify([dumpable, execFileSync("bash", ["-c", "ulimit -c"], { encoding: "utf8" }).trim()]));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    cwd: new URL("../../..", import.meta.url),
  });
  expect(JSON.parse(output)).toEqual([0, "0"]);
});

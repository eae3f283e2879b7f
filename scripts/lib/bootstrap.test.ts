import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const bootstrap = fileURLToPath(new URL("./bootstrap.sh", import.meta.url));
let machine: string;

beforeEach(() => {
  machine = mkdtempSync(join(tmpdir(), "vestibule-bootstrap-"));
  mkdirSync(join(machine, "bin"));
  mkdirSync(join(machine, "scripts/lib"), { recursive: true });
  writeFileSync(join(machine, "scripts/lib/bootstrap.sh"), readFileSync(bootstrap));
});
afterEach(() => rmSync(machine, { recursive: true }));

/** Puts a program on the machine that writes its arguments to `calls` before it does anything else. */
function program(name: string, does: string): void {
  const path = join(machine, "bin", name);
  writeFileSync(path, `#!/bin/bash\necho "${name} $*" >>"${machine}/calls"\n${does}\n`);
  chmodSync(path, 0o755);
}

/** Runs a script on that machine, which has nothing but the shell's tools and the programs given to it. */
function run(script: string): { code: number | null; output: string; calls: readonly string[] } {
  const tools = [
    "uname",
    "dirname",
    "mkdir",
    "flock",
    "sleep",
    "tail",
    "env",
    "sha256sum",
    "cut",
    "rm",
    "sudo",
    "grep",
  ];
  for (const tool of tools) {
    const path = join(machine, "bin", tool);
    if (!existsSync(path)) {
      // A sudo that asks nothing, so that the test runs alike as root and as anybody.
      const target =
        tool === "sudo" ? 'while [[ "$1" == -* ]]; do shift; done; exec "$@"' : `exec /usr/bin/${tool} "$@"`;
      writeFileSync(path, `#!/bin/bash\n${target}\n`);
      chmodSync(path, 0o755);
    }
  }
  const result = spawnSync(
    "/bin/bash",
    ["-u", "-c", `source scripts/lib/bootstrap.sh\n${script}`, "scripts/start"],
    {
      cwd: machine,
      env: { PATH: join(machine, "bin") },
      encoding: "utf8",
    },
  );
  const calls = join(machine, "calls");
  return {
    code: result.status,
    output: result.stdout + result.stderr,
    calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [],
  };
}

test("a machine that is neither x86-64 nor ARM64 is told so", () => {
  program("uname", '[[ "$1" == -m ]] && echo riscv64 || echo Linux');
  expect(run("echo reached")).toMatchObject({ code: 2, output: expect.stringContaining("riscv64") });
});

test("a machine without npm is told what to install", () => {
  expect(run("need_runtime; bring")).toMatchObject({
    code: 2,
    output: expect.stringContaining("apt-get install nodejs npm"),
  });
});

test("the runtime is brought with the machine's npm, exact and without scripts; its failure is shown", () => {
  program("npm", "echo the registry is away; exit 1");
  const { code, output, calls } = run("need_runtime; bring; echo reached");
  expect(code).toBe(1);
  expect(output).toMatch(/\[1\/1\] Node 24[\d.]+ … failed after \d+ s/);
  expect(output).toContain("the registry is away");
  expect(output).not.toContain("reached");
  expect(calls).toEqual([
    expect.stringMatching(/^npm install --ignore-scripts .*node-linux-\w+@24[\d.]+ npm@11[\d.]+$/),
  ]);
});

test("only missing packages are installed, and no step is left when none is", () => {
  program("dpkg-query", '[[ "$3" == ffmpeg ]] && printf installed');
  program("apt-get", "exit 0");
  expect(run("need_packages ffmpeg; bring").calls).toEqual([expect.stringContaining("dpkg-query")]);
  const { calls, output } = run("need_packages ffmpeg chromium; bring");
  expect(calls.at(-1)).toMatch(/^apt-get .*install --no-install-recommends chromium$/);
  expect(output).toMatch(/^\[1\/1\] system packages: chromium … \d+ s$/m);
});

test("stale package lists are renewed once, then it is tried again", () => {
  program("dpkg-query", "exit 1");
  program("apt-get", `[[ "$*" == *update* ]] && : >"${machine}/lists"\n[[ -f "${machine}/lists" ]]`);
  const { code, calls } = run("need_packages mosquitto; bring");
  expect(code).toBe(0);
  expect(
    calls.filter((call) => call.startsWith("apt-get")).map((call) => / (install|update)\b/.exec(call)?.[1]),
  ).toEqual(["install", "update", "install"]);
});

test("a machine without apt-get is told which packages to install by hand", () => {
  program("dpkg-query", "exit 1");
  expect(run("need_packages mosquitto; bring")).toMatchObject({
    code: 1,
    output: expect.stringContaining("As root, run: apt-get install mosquitto"),
  });
});

test("onoff's native part is compiled where it does not load, after its compiler, and not again", () => {
  program("dpkg-query", "exit 1");
  program("apt-get", "exit 0");
  program("node", `[[ -f "${machine}/built" ]]`);
  program("npm", `: >"${machine}/built"`);
  const { code, calls } = run("need_sysfs_gpio; bring");
  expect(code).toBe(0);
  const brought = calls.filter((call) => /^(apt-get|npm)/.test(call));
  expect(brought).toEqual([
    expect.stringMatching(/install --no-install-recommends g\+\+ make python3$/),
    expect.stringMatching(/^npm rebuild epoll/),
  ]);
  expect(run("need_sysfs_gpio; bring").calls.slice(calls.length)).toEqual([
    expect.stringMatching(/^node -e .*epoll/),
  ]);
});

test("one that cannot be compiled is said to be missing", () => {
  program("dpkg-query", "printf installed");
  program("node", "exit 1");
  program("npm", "echo no compiler; exit 1");
  expect(run("need_sysfs_gpio; bring")).toMatchObject({
    code: 1,
    output: expect.stringContaining("no compiler"),
  });
});

test("the face nets are built where one is missing or damaged, and not again", () => {
  program("node", `[[ "$*" != *--check* ]] && : >"${machine}/built"\n[[ -f "${machine}/built" ]]`);
  const { output, calls } = run("need_models; bring");
  expect(output).toMatch(/^\[1\/1\] face nets … \d+ s$/m);
  expect(calls).toEqual(["node scripts/models.ts --check", "node scripts/models.ts"]);
  expect(run("need_models; bring").calls.slice(calls.length)).toEqual(["node scripts/models.ts --check"]);
});

test("a face net that comes out differently is said, and nothing is started with it", () => {
  program("node", "echo models/manifest.json says another; exit 1");
  const { code, output } = run("need_models; bring; echo reached");
  expect([code, output.includes("reached")]).toEqual([1, false]);
  expect(output).toContain("models/manifest.json says another");
});

test.each([
  ["kind: simulated", "", "no"],
  ["kind: gpio\n  driver: sysfs", "gpiochip0", "yes"],
  ["{ kind: gpio, profile: x.yaml, driver: sysfs } # now", "gpiochip0", "yes"],
  ["kind: gpio", "gpiochip0", "no"],
  ["kind: gpio", "", "yes"],
  ["kind: gpio", "no-sysfs", "no"],
  ["kind: gpio\n  driver: character-device", "", "no"],
  ["kind: gpio\n  # driver: sysfs", "gpiochip0", "no"],
])("a site whose board is `%s`, with devices `%s`, needs sysfs: %s", (board, device, needs) => {
  writeFileSync(join(machine, "site.yaml"), `board:\n  ${board}\n`);
  if (device.startsWith("gpiochip")) writeFileSync(join(machine, device), "");
  if (device !== "no-sysfs") mkdirSync(join(machine, "sysfs"));
  const script =
    "GPIO_DEVICES=./gpiochip GPIO_SYSFS=./sysfs; site_uses_sysfs_gpio site.yaml && echo yes || echo no";
  expect(run(script).output.split("\n")[0]).toBe(needs);
});

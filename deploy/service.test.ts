import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseUnit } from "./unit-file.ts";

const text = readFileSync(new URL("./systemd/vestibule.service", import.meta.url), "utf8");
const settings = parseUnit(text);
const valuesOf = (name: string): readonly string[] =>
  settings.filter((setting) => setting.name === name).map((setting) => setting.value);

test("a line that is no setting is refused", () => {
  expect(() => parseUnit("[Service]\nRestart always")).toThrow("line 2");
  expect(() => parseUnit("Restart=always")).toThrow("line 1");
});

test("R16: a controller that hangs or dies is restarted, and never given up", () => {
  expect(valuesOf("Type")).toEqual(["notify"]);
  expect(valuesOf("WatchdogSec")).toEqual(["4"]);
  expect(valuesOf("Restart")).toEqual(["always"]);
  expect(valuesOf("RestartSec")).toEqual(["1"]);
  expect(valuesOf("StartLimitIntervalSec")).toEqual(["0"]);
});

test("T38: a decoder out of memory does not take the controller along", () => {
  expect(valuesOf("OOMPolicy")).toEqual(["continue"]);
});

test("faces in memory reach neither a core file nor swap", () => {
  expect(valuesOf("LimitCORE")).toEqual(["0"]);
  expect(valuesOf("MemorySwapMax")).toEqual(["0"]);
});

test("it runs as nobody in particular and writes only its own directories", () => {
  expect(valuesOf("User")).toEqual(["vestibule"]);
  expect(valuesOf("NoNewPrivileges")).toEqual(["yes"]);
  expect(valuesOf("CapabilityBoundingSet")).toEqual([""]);
  expect(valuesOf("ProtectSystem")).toEqual(["strict"]);
  expect(valuesOf("StateDirectory")).toEqual(["vestibule"]);
  expect(valuesOf("ReadWritePaths")).toEqual([]);
  expect(valuesOf("DevicePolicy")).toEqual(["closed"]);
});

test("V8 may compile: memory is not denied being executable", () => {
  expect(valuesOf("MemoryDenyWriteExecute")).toEqual([]);
});

// Where systemd is installed it is asked too; where it is not, the tests above are what there is.
const analyze = (...args: readonly string[]) => spawnSync("systemd-analyze", args, { encoding: "utf8" });
const hasSystemd = analyze("--version").status === 0;

test("systemd accepts the unit, and finds it well confined", { timeout: 30_000 }, () => {
  if (!hasSystemd) {
    expect(new Set(settings.map(({ section }) => section))).toEqual(new Set(["Unit", "Service", "Install"]));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "vestibule-unit-"));
  try {
    const unit = join(folder, "vestibule.service");
    // The program is not installed on the machine that tests; any other that exists will do.
    writeFileSync(
      unit,
      text.replace(/^ExecStart=.*$/m, "ExecStart=/bin/true").replace(/^Documentation=.*$/m, ""),
    );
    const verified = analyze("verify", "--man=no", unit);
    expect(verified.stderr.split("\n").filter((line) => line.includes("vestibule.service"))).toEqual([]);
    expect(verified.status).toBe(0);
    // 10 is open to everything; the threshold is in tenths. What is left is what a door controller needs.
    const confined = analyze("security", "--offline=yes", "--threshold=25", unit);
    expect(confined.stdout + confined.stderr).toContain("vestibule.service");
    expect(confined.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

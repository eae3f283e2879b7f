import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { siteForTests } from "../config/site-for-tests.ts";
import type { WiredVestibules } from "./door-lines.ts";
import { leaveLockLines, lockLinesFile, readLockLines } from "./lock-lines-file.ts";
import type { SiteStart } from "./site-start.ts";

let folder: string;
let faults: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-lines-"));
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (name: string, offset: number) =>
  ({ name, chip: "pinctrl-rp1", line: { offset }, activeLow: false, pull: "down" }) as const;
const door = (name: string, offset: number) => ({
  lock: line(`${name}.lock`, offset),
  contact: line(`${name}.contact`, offset + 10),
});
const wired: WiredVestibules = [["v1", { doors: { outer: door("outer", 17), inner: door("inner", 27) } }]];

function startOf(kind: "gpio" | "simulated"): SiteStart {
  const site = siteForTests();
  const board = { kind: "gpio", profile: "board.yaml", driver: "sysfs" } as const;
  return {
    site: kind === "gpio" ? { ...site, board } : site,
    wired: kind === "gpio" ? wired : undefined,
    configurationHash: "",
    configurationFile: "",
    dataDirectory: folder,
    version: "test",
  };
}
const leave = (start: SiteStart, env: NodeJS.ProcessEnv): void =>
  leaveLockLines(start, env, (fault) => faults.push(fault));

test("whoever parks the locks reads where they are, and nothing else", () => {
  const env = { RUNTIME_DIRECTORY: folder };
  leave(startOf("gpio"), env);
  expect(readLockLines(lockLinesFile(env))).toEqual({ driver: "sysfs", wired });
  expect(readdirSync(folder)).toEqual(["lines.json"]);
  expect(faults).toEqual([]);
});

test("a simulated board leaves nothing, and nobody parks what is not there", () => {
  const env = { RUNTIME_DIRECTORY: folder };
  leave(startOf("simulated"), env);
  leave(startOf("gpio"), env);
  leave(startOf("simulated"), env);
  expect(readdirSync(folder)).toEqual([]);
  expect(readLockLines(lockLinesFile(env))).toBeUndefined();
});

test("of several runtime directories the first counts; without any it is the service's usual one", () => {
  expect(lockLinesFile({ RUNTIME_DIRECTORY: "/run/one:/run/two" })).toBe("/run/one/lines.json");
  expect(lockLinesFile({})).toBe("/run/vestibule/lines.json");
  leave(startOf("gpio"), {});
  expect(faults).toEqual([]);
});

test("where it cannot be written that is said, and the doors do not wait for it", () => {
  leave(startOf("gpio"), { RUNTIME_DIRECTORY: join(folder, "gone") });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^the stop action will not find the locks: ENOENT/);
});

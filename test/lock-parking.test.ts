import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import type { Role } from "../src/ports/process-link.ts";
import { Supervisor } from "../src/supervisor/supervisor.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { KeptLines } from "./support/kept-lines.ts";
import { isAlive } from "./support/processes.ts";
import type { ChildConfiguration, ChildHabit } from "./support/supervised-child.ts";
import { until } from "./support/until.ts";

// The parent keeps the locks' lines for the interlock, and parks them when that dies or falls silent.

watchMachine();

const entry = fileURLToPath(new URL("./support/supervised-child.ts", import.meta.url));
const bothSecured = "00";

let folder: string;
let lines: KeptLines;
let supervisor: Supervisor;
let log: { readonly role: Role; readonly event: string; readonly detail?: string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-parking-"));
  lines = new KeptLines(join(folder, "lines"));
  log = [];
});
afterEach(async () => {
  await supervisor.stop();
  lines[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** Resolves with the interlock's process when it has released the first lock, for as long as it lives. */
async function released(habit: ChildHabit = "releases"): Promise<number> {
  const configuration: ChildConfiguration = { trace: join(folder, "trace"), habits: { interlock: habit } };
  supervisor = new Supervisor({
    entry,
    roles: ["interlock", "vision"],
    configuration,
    clock: new SystemClock(),
    locks: lines,
    log: (line) => log.push(line),
    onRefusal: () => {},
  });
  supervisor.start();
  await until(() => supervisor.areUp(["interlock", "vision"]), "all to be up");
  await until(() => lines.levels() === "10", "the release");
  return pidOf("interlock");
}

function pidOf(role: Role): number {
  const traced = readFileSync(join(folder, "trace"), "utf8").split("\n").slice(0, -1);
  const line = traced.map((text) => JSON.parse(text) as { role: Role; pid: number; what: string }); // written by our own children
  return line.findLast((one) => one.role === role && one.what === "up")?.pid ?? 0;
}

const lost = (role: Role): boolean => log.some((line) => line.role === role && line.event === "lost");

test(
  "T33: killed, the interlock leaves a released lock, which its parent secures before another is started",
  againWhereHeldUp,
  async () => {
    const pid = await released();
    process.kill(pid, "SIGKILL");
    await until(() => lines.parkings.length > 0, "the parking");
    expect(lines.parkings).toEqual(["10"]);
    // The next one inherits the same lines, and finds them secured.
    await until(() => pidOf("interlock") !== pid, "the next one");
    expect(lines.parkings).toEqual(["10"]);
  },
);

test(
  "T33, T39: stopped, it is noticed within a second; the locks are secured before it is ended and after",
  againWhereHeldUp,
  async () => {
    const pid = await released();
    const stoppedAt = performance.now();
    process.kill(pid, "SIGSTOP");
    await until(() => lines.parkings.length > 0, "the parking");
    // On a machine that does nothing else it is a second at most; this one may.
    expect(performance.now() - stoppedAt).toBeLessThan(2_000);
    await until(() => lost("interlock"), "its end");
    expect(lines.parkings).toEqual(["10", bothSecured]);
    expect(isAlive(pid)).toBe(false);
  },
);

test("T39: an interlock whose loop is blocked is parked and ended too", againWhereHeldUp, async () => {
  const pid = await released("blocks");
  await until(() => lines.parkings.length > 0, "the parking");
  expect(lines.parkings[0]).toBe("10");
  await until(() => lost("interlock"), "its end");
  expect(isAlive(pid)).toBe(false);
});

test("whoever does not hold the locks may die without anybody touching them", againWhereHeldUp, async () => {
  await released();
  process.kill(pidOf("vision"), "SIGKILL");
  await until(() => lost("vision"), "its end");
  expect(lines.parkings).toEqual([]);
  expect(lines.levels()).toBe("10");
});

test(
  "T32: locks that could not be parked are said so and tried again until they are",
  againWhereHeldUp,
  async () => {
    const pid = await released("releasesOnce");
    lines.failures = 3;
    process.kill(pid, "SIGKILL");
    await until(() => lines.levels() === bothSecured, "the parking");
    expect(lines.parkings).toEqual(["10", "10", "10", "10"]);
    expect(log.filter(({ event }) => event === "notParked")).toHaveLength(3);
    expect(log.find(({ event }) => event === "notParked")?.detail).toBe("v1.outer.lock: EIO");
  },
);

test(
  "an interlock in command again is not interfered with: what failed to be parked is its own to set",
  againWhereHeldUp,
  async () => {
    const pid = await released();
    lines.failures = Number.POSITIVE_INFINITY;
    process.kill(pid, "SIGKILL");
    await until(() => supervisor.areUp(["interlock"]) && pidOf("interlock") !== pid, "the next one");
    const { length } = lines.parkings;
    await sleep(600);
    expect(lines.parkings).toHaveLength(length);
  },
);

test("stopped in order, the locks are parked once the interlock is gone", againWhereHeldUp, async () => {
  await released();
  await supervisor.stop();
  expect(lines.parkings).toEqual(["10"]);
  expect(lines.levels()).toBe(bothSecured);
});

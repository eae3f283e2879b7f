import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualClock } from "../src/simulation/virtual-clock.ts";
import { Supervisor } from "../src/supervisor/supervisor.ts";
import type { ChildConfiguration, ChildHabit } from "./support/supervised-child.ts";
import { until } from "./support/until.ts";

const entry = fileURLToPath(new URL("./support/supervised-child.ts", import.meta.url));

let folder: string;
let supervisor: Supervisor | undefined;
let log: { readonly event: string; readonly detail?: string }[];
let progress: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-slow-start-"));
  log = [];
  progress = 0;
});
afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true });
});

const trace = (): string => join(folder, "trace");

/** A controller and nobody else, whose supervisor's time passes as the test says. */
function startAlone(habit: ChildHabit): { readonly clock: VirtualClock; readonly running: Supervisor } {
  const clock = new VirtualClock();
  const configuration: ChildConfiguration = {
    trace: trace(),
    habits: { controller: habit },
    enough: join(folder, "enough"),
  };
  const running = new Supervisor({
    entry,
    roles: ["controller"],
    configuration,
    clock,
    log: (line) => log.push(line),
    onRefusal: () => {},
    onProgress: () => {
      progress += 1;
    },
  });
  supervisor = running;
  running.start();
  return { clock, running };
}

test("a process that works through more than it is waited for, and answers meanwhile, comes up", async () => {
  const { clock, running } = startAlone("startsSlowly");
  await until(() => progress > 0, "the start to be under way");
  for (let half = 0; half < 80; half++) {
    const before = progress;
    clock.advance(500);
    await until(() => progress > before, "a sign of life");
  }
  expect(running.areUp(["controller"])).toBe(false);
  writeFileSync(join(folder, "enough"), "");
  await until(() => running.areUp(["controller"]), "the controller to be up");
  expect(log.map(({ event }) => event)).toEqual(["up"]);
});

test("T39: a process that hangs in its start is ended and started again", async () => {
  const { clock } = startAlone("hangsAtStart");
  const lost = () => log.filter(({ event }) => event === "lost").length;
  const hung = () => (existsSync(trace()) ? readFileSync(trace(), "utf8").split('"hangs"').length - 1 : 0);
  for (const times of [1, 2]) {
    clock.advance(0);
    await until(() => hung() === times, "its loop to stand still");
    // The thirty seconds, and the minute that a process is granted which waits for the processor.
    for (let half = 0; half < 184; half++) clock.advance(500);
    await until(() => lost() === times, "it to be ended");
  }
  expect(log[0]?.detail).toMatch(/^no answer for [3-9]\d\.\d s$/);
  expect(progress).toBe(0);
});

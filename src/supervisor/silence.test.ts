import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import { grantedAtStart, Silence, waitedForProcessor } from "./silence.ts";

/** What is counted at each look, 200 ms apart, of a process that waits so much of each for the processor. */
function counted(...waits: readonly number[]): readonly number[] {
  let waited = 7_000; // before anything began
  const silence = new Silence(instant(0), () => waited);
  return waits.map((wait, index) => {
    waited += wait;
    return silence.at(instant((index + 1) * 200)).counted;
  });
}

test("T33: one that is stopped waits for nothing: all of its silence counts", () => {
  expect(counted(0, 0, 0, 0, 0)).toEqual([200, 400, 600, 800, 1_000]);
});

test("one that could answer if it were let counts only for the rest", () => {
  expect(counted(150, 150, 150, 150, 150)).toEqual([50, 100, 150, 200, 250]);
});

test("T39: one whose loop is busy with something else runs, and counts as silent", () => {
  expect(counted(20, 20, 20, 20, 20).at(-1)).toBe(900);
});

test("nobody is waited for longer than a second more, whoever has the processor", () => {
  const looks = counted(...Array.from({ length: 12 }, () => 200));
  expect(looks.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 200]);
  expect(looks.at(-1)).toBe(2_400 - 1_000);
});

test("one that starts is granted a minute, since every door is secured meanwhile; one that hangs waits for nothing", () => {
  let [waited, now] = [0, 0];
  const silence = new Silence(instant(0), () => waited);
  const after = (passed: number, waiting: number): number => {
    now += passed;
    waited += waiting;
    return silence.at(instant(now), grantedAtStart).counted;
  };
  expect(after(40_000, 35_000)).toBe(5_000);
  expect(after(40_000, 35_000)).toBe(20_000);
  expect(after(40_000, 35_000)).toBe(60_000);
  silence.heard(instant(now));
  expect(after(31_000, 0)).toBe(31_000);
});

test("once heard, it begins anew", () => {
  let waited = 0;
  const silence = new Silence(instant(0), () => waited);
  silence.at(instant(200));
  waited = 150;
  expect(silence.at(instant(400))).toEqual({ whole: 400, counted: 250 });
  silence.heard(instant(450));
  waited = 250;
  expect(silence.at(instant(650))).toEqual({ whole: 200, counted: 100 });
});

test("another process in its place, which has waited for less, is granted nothing for it", () => {
  let waited = 5_000;
  const silence = new Silence(instant(0), () => waited);
  waited = 3;
  expect(silence.at(instant(200))).toEqual({ whole: 200, counted: 200 });
});

test("the kernel tells how long a process waited; of one that is gone, nothing", async () => {
  expect(waitedForProcessor(process.pid)).toBeGreaterThan(0);
  const child = spawn("true");
  await once(child, "exit");
  expect(waitedForProcessor(child.pid)).toBe(0);
  expect(waitedForProcessor(undefined)).toBe(0);
});

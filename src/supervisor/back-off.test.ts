import { expect, test } from "vitest";
import { afterDeath, type BackOff, fresh } from "./back-off.ts";

/** The waits before each restart of a process that lived this long each time. */
function waits(...lives: readonly number[]): readonly number[] {
  let backOff: BackOff = fresh;
  return lives.map((lived) => {
    const death = afterDeath(backOff, lived);
    backOff = death.backOff;
    return death.wait;
  });
}

test("the first restart is at once: doors must not wait", () => {
  expect(waits(50)).toEqual([0]);
  expect(waits(1_000_000)).toEqual([0]);
});

test("a process that keeps dying young waits longer each time, ten seconds at most", () => {
  expect(waits(...Array.from({ length: 9 }, () => 50))).toEqual([
    0, 100, 300, 1_000, 3_000, 10_000, 10_000, 10_000, 10_000,
  ]);
});

test("one that lived ten seconds has recovered", () => {
  expect(waits(50, 50, 50, 10_000, 50)).toEqual([0, 100, 300, 0, 100]);
  expect(waits(50, 50, 50, 9_999)).toEqual([0, 100, 300, 1_000]);
});

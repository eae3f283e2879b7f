import { expect, test } from "vitest";
import { after } from "../domain/time.ts";
import { clockContract } from "../ports/contracts/clock.contract.ts";
import { VirtualClock } from "./virtual-clock.ts";

clockContract("VirtualClock", () => {
  const clock = new VirtualClock();
  return { clock, pass: async (milliseconds) => clock.advance(milliseconds) };
});

test("each wake sees its own instant, and wakes set by wakes run within the same stretch", () => {
  const clock = new VirtualClock();
  const start = clock.now();
  const seen: number[] = [];
  clock.wakeAt(after(start, 10), () => {
    seen.push(clock.now() - start);
    clock.wakeAt(after(clock.now(), 5), () => seen.push(clock.now() - start));
  });
  clock.advance(20);
  expect(seen).toEqual([10, 15]);
  expect(clock.now() - start).toBe(20);
  expect(clock.nextWake()).toBeUndefined();
});

test("wakes at the same instant run in the order they were set", () => {
  const clock = new VirtualClock();
  const at = after(clock.now(), 10);
  const order: number[] = [];
  for (const n of [1, 2, 3]) clock.wakeAt(at, () => order.push(n));
  clock.advance(10);
  expect(order).toEqual([1, 2, 3]);
});

test("a jump of the wall clock moves no timer (A9)", () => {
  const clock = new VirtualClock();
  const wall = clock.wall();
  const now = clock.now();
  let woken = false;
  clock.wakeAt(after(now, 1000), () => {
    woken = true;
  });
  clock.stepWall(-3_600_000);
  expect(clock.wall() - wall).toBe(-3_600_000);
  expect(clock.now()).toBe(now);
  clock.advance(999);
  expect(woken).toBe(false);
  clock.advance(1);
  expect(woken).toBe(true);
});

test("a wake that sets itself again without letting time pass is stopped", () => {
  const clock = new VirtualClock();
  const again = (): void => {
    clock.wakeAt(clock.now(), again);
  };
  again();
  expect(() => clock.advance(1)).toThrow(/without time passing/);
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { after } from "../../domain/time.ts";
import { clockContract } from "../../ports/contracts/clock.contract.ts";
import { SystemClock } from "./system-clock.ts";

clockContract("SystemClock", () => ({
  clock: new SystemClock(),
  // Real time is the one thing this driver is about; the waits are milliseconds.
  pass: (milliseconds) => sleep(milliseconds + 2),
}));

afterEach(() => {
  vi.useRealTimers();
});

test("a wake further away than a timer can hold is not lost and not early", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "hrtime", "Date"] });
  const clock = new SystemClock();
  const month = 30 * 24 * 3600 * 1000;
  let woken = false;
  clock.wakeAt(after(clock.now(), month), () => {
    woken = true;
  });
  vi.advanceTimersByTime(month - 1);
  expect(woken).toBe(false);
  vi.advanceTimersByTime(1);
  expect(woken).toBe(true);
});

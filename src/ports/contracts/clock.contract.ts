import { describe, expect, test } from "vitest";
import { after, instant } from "../../domain/time.ts";
import type { Clock } from "../clock.ts";

export interface ClockUnderTest {
  readonly clock: Clock;
  /** Lets at least `milliseconds` pass. */
  pass(milliseconds: number): Promise<void>;
}

/** How far wall time is ahead of monotonic time, read at once: a machine that does something else in between is asked again. */
function wallAhead(clock: Clock): number {
  for (let left = 1_000; ; left--) {
    const before = clock.now();
    const wall = clock.wall();
    if (left === 0 || clock.now() - before < 2) return wall - before;
  }
}

/** What every clock keeps; run by each of them beside its own tests. */
export function clockContract(name: string, create: () => ClockUnderTest): void {
  describe(`${name} keeps the clock's contract`, () => {
    test("monotonic time passes and never goes back", async () => {
      const { clock, pass } = create();
      const start = clock.now();
      await pass(5);
      expect(clock.now()).toBeGreaterThanOrEqual(start + 5);
    });

    test("wall time passes at the same pace", async () => {
      const { clock, pass } = create();
      const ahead = wallAhead(clock);
      await pass(20);
      expect(Math.abs(wallAhead(clock) - ahead)).toBeLessThan(15);
    });

    test("wakes once, never early, not before wakeAt has returned", async () => {
      const { clock, pass } = create();
      const at = after(clock.now(), 5);
      const woken: number[] = [];
      clock.wakeAt(at, () => woken.push(clock.now()));
      expect(woken).toEqual([]);
      await pass(30);
      expect(woken).toHaveLength(1);
      expect(woken[0]).toBeGreaterThanOrEqual(at);
    });

    test("an instant already past wakes as soon as possible, and not synchronously", async () => {
      const { clock, pass } = create();
      let woken = false;
      clock.wakeAt(instant(clock.now() - 1000), () => {
        woken = true;
      });
      expect(woken).toBe(false);
      await pass(10);
      expect(woken).toBe(true);
    });

    test("wakes in order of their instants", async () => {
      const { clock, pass } = create();
      const start = clock.now();
      const order: string[] = [];
      clock.wakeAt(after(start, 15), () => order.push("later"));
      clock.wakeAt(after(start, 5), () => order.push("sooner"));
      await pass(40);
      expect(order).toEqual(["sooner", "later"]);
    });

    test("a disposed wake does not come, and disposing twice or afterwards is harmless", async () => {
      const { clock, pass } = create();
      let woken = 0;
      const cancelled = clock.wakeAt(after(clock.now(), 5), () => woken++);
      const kept = clock.wakeAt(after(clock.now(), 5), () => woken++);
      cancelled[Symbol.dispose]();
      cancelled[Symbol.dispose]();
      await pass(30);
      kept[Symbol.dispose]();
      expect(woken).toBe(1);
    });

    test("an instant that is no number is refused", () => {
      const { clock } = create();
      expect(() => clock.wakeAt(instant(Number.NaN), () => {})).toThrow(RangeError);
    });
  });
}

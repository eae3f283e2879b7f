import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithin, type LocalTime, type Schedule, type ScheduleSpan, weekdays } from "./schedule.ts";
import { spansRunning } from "./spans.ts";

const days = [...weekdays, "holiday"] as const;
const span: fc.Arbitrary<ScheduleSpan> = fc.record({
  days: fc.subarray([...days], { minLength: 1 }),
  from: fc.integer({ min: 0, max: 1_440 }),
  to: fc.integer({ min: 0, max: 1_440 }),
});
const local: fc.Arbitrary<LocalTime> = fc.record({
  day: fc.constantFrom(...days),
  yesterday: fc.constantFrom(...days),
  minute: fc.integer({ min: 0, max: 1_439 }),
});

test("A9: a span runs exactly where the schedule is open", () => {
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), local, (spans, time) => {
      const schedule = { name: "any", spans };
      expect(spansRunning(schedule, time).length > 0).toBe(isWithin(schedule, time));
    }),
    { numRuns: 1_000 },
  );
});

const at = (minute: number, day: LocalTime["day"] = "monday", yesterday: LocalTime["day"] = "sunday") => ({
  day,
  yesterday,
  minute,
});
const schedule = (...spans: readonly ScheduleSpan[]): Schedule => ({ name: "s", spans });

test("A2: one within a day began and ends on it", () => {
  const morning = schedule({ days: ["monday"], from: 480, to: 720 });
  expect(spansRunning(morning, at(480))).toEqual([{ began: "today", from: 480, ends: "today", to: 720 }]);
  expect(spansRunning(morning, at(720))).toEqual([]);
});

test("A2: one over midnight began on its own day, and ends on the next", () => {
  const night = schedule({ days: ["sunday"], from: 1_320, to: 360 });
  expect(spansRunning(night, at(100))).toEqual([{ began: "yesterday", from: 1_320, ends: "today", to: 360 }]);
  expect(spansRunning(night, at(1_400, "sunday", "saturday"))).toEqual([
    { began: "today", from: 1_320, ends: "tomorrow", to: 360 },
  ]);
});

test("A2: where two overlap both run, each since its own beginning", () => {
  const both = schedule({ days: ["monday"], from: 480, to: 720 }, { days: ["monday"], from: 600, to: 900 });
  expect(spansRunning(both, at(650)).map(({ from }) => from)).toEqual([480, 600]);
});

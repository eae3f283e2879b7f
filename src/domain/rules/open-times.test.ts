import fc from "fast-check";
import { expect, test } from "vitest";
import { type DayKind, dayKinds, isWithin, type Schedule, weekdays } from "../access/schedule.ts";
import { OpenTimes } from "./open-times.ts";

const aSpan = fc.record({
  days: fc.subarray([...dayKinds], { minLength: 1 }),
  from: fc.integer({ min: 0, max: 1439 }),
  to: fc.integer({ min: 0, max: 1440 }),
});
const aSchedule: fc.Arbitrary<Schedule> = fc.record({
  name: fc.constant("s"),
  spans: fc.array(aSpan, { maxLength: 4 }),
});
const aMoment = fc.record({
  day: fc.constantFrom(...dayKinds),
  yesterday: fc.constantFrom(...dayKinds),
  minute: fc.integer({ min: 0, max: 1439 }),
});
/** One minute of the week by itself. */
const momentOnly = (moment: { day: (typeof dayKinds)[number]; minute: number }): Schedule => ({
  name: "one",
  spans: [{ days: [moment.day], from: moment.minute, to: moment.minute + 1 }],
});

test("A9: it is open exactly when the schedule is", () => {
  fc.assert(
    fc.property(aSchedule, aMoment, (schedule, moment) => {
      const open = OpenTimes.of(schedule);
      const never = open.and(OpenTimes.of(momentOnly(moment))).isEmpty();
      const anyYesterday = dayKinds.some((yesterday) => isWithin(schedule, { ...moment, yesterday }));
      expect(!never).toBe(anyYesterday);
    }),
    { numRuns: 200 },
  );
});

test("sets of times are sets", () => {
  fc.assert(
    fc.property(aSchedule, aSchedule, (one, other) => {
      const [a, b] = [OpenTimes.of(one), OpenTimes.of(other)];
      expect(a.without(a).isEmpty()).toBe(true);
      expect(a.or(b).without(a).without(b).isEmpty()).toBe(true);
      expect(a.and(b).without(b).isEmpty()).toBe(true);
      expect(OpenTimes.always.without(a).and(a).isEmpty()).toBe(true);
      expect(OpenTimes.never.or(a).without(a).isEmpty()).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test("a holiday lets in more than a Friday only where its own spans do, also over midnight", () => {
  const isWider = (schedule: Schedule, to: DayKind, from: DayKind): boolean => {
    const open = OpenTimes.of(schedule);
    return !open.around(to).without(open.around(from)).isEmpty();
  };
  const office: Schedule = { name: "office", spans: [{ days: [...weekdays], from: 480, to: 1080 }] };
  expect(isWider(office, "holiday", "friday")).toBe(false);
  expect(isWider(office, "friday", "holiday")).toBe(true);
  const collection: Schedule = { name: "cash", spans: [{ days: ["holiday"], from: 1380, to: 60 }] };
  expect(isWider(collection, "holiday", "friday")).toBe(true);
  expect(isWider(collection, "friday", "holiday")).toBe(false);
});

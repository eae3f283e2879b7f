import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { calendarOf, dayKinds, type MarkedDay, type Schedule } from "../domain/access/access.ts";
import { isWithin } from "../domain/access/schedule.ts";
import { wallTime } from "../domain/time.ts";
import { SiteCalendar } from "./local-time.ts";

/** Clocks change on one of these days, or it is a leap day, or a year ends. */
const places = [
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["America/New_York", "2026-11-01"],
  // Midnight itself is skipped, and comes twice.
  ["Asia/Beirut", "2026-03-29"],
  ["Asia/Beirut", "2026-10-25"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Asia/Shanghai", "2028-02-29"],
  ["Asia/Shanghai", "2026-12-31"],
] as const;

const aKind = fc.constantFrom(...dayKinds);
const aSchedule: fc.Arbitrary<Schedule> = fc.record({
  name: fc.constant("any"),
  spans: fc.array(
    fc.record({
      days: fc.subarray([...dayKinds], { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1_439 }),
      to: fc.integer({ min: 0, max: 1_440 }),
    }),
    { maxLength: 4 },
  ),
});

const plus = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** Open where some span that began on that day or the day before has not ended, counted in the site's own minutes. */
function isOpen({ spans }: Schedule, zone: string, instant: number, marked: readonly MarkedDay[]): boolean {
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return [0, -1].some((days) => {
    const date = here.toPlainDate().add({ days });
    const minute = date.toPlainDateTime().until(here).total("minutes");
    return spans
      .filter((span) => span.days.includes(calendarOf(marked)(date.toString())))
      .some(({ from, to }) => minute >= from && minute < (to > from ? to : to + 1_440));
  });
}

test("A9: special days, make-up days and ordinary ones in any order, with spans over midnight and clocks that change", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      aSchedule,
      fc.array(fc.record({ by: fc.integer({ min: -2, max: 2 }), as: aKind, yearly: fc.boolean() }), {
        maxLength: 5,
      }),
      fc.integer({ min: -2_880, max: 4_320 }),
      ([zone, date], schedule, marks, minutes) => {
        const marked = marks.map(({ by, ...mark }) => ({ ...mark, date: plus(date, by) }));
        const instant =
          Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds + minutes * 60_000;
        const local = new SiteCalendar(zone, marked).localTime(wallTime(instant));
        expect(isWithin(schedule, local)).toBe(isOpen(schedule, zone, instant, marked));
      },
    ),
    { numRuns: 150 },
  );
});

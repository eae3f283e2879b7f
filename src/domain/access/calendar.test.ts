import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, dayBefore, isInCalendar, weekdayOf } from "./calendar.ts";
import { type DayKind, dayKinds, type MarkedDay } from "./schedule.ts";

const dated = (date: string, as: DayKind): MarkedDay => ({ date, as, yearly: false });
const yearly = (date: string, as: DayKind): MarkedDay => ({ date, as, yearly: true });
const kinds = (marked: readonly MarkedDay[], ...dates: readonly string[]) => dates.map(calendarOf(marked));

const dayMs = 86_400_000;
const aDate = fc
  .integer({ min: Date.UTC(1999, 0) / dayMs, max: Date.UTC(2110, 0) / dayMs })
  .map((day) => new Date(day * dayMs).toISOString().slice(0, 10));

test("a date's weekday, the date before it and whether it is one are those of the calendar", () => {
  fc.assert(
    fc.property(aDate, (date) => {
      const at = new Date(`${date}T00:00:00Z`);
      const name = at.toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }).toLowerCase();
      expect(weekdayOf(date)).toBe(name);
      expect(dayBefore(date)).toBe(new Date(at.getTime() - dayMs).toISOString().slice(0, 10));
      expect(isInCalendar(date)).toBe(true);
      expect(isInCalendar(`${date.slice(0, 5)}02-29`)).toBe(
        new Date(`${date.slice(0, 5)}02-29T00:00:00Z`).getUTCDate() === 29,
      );
    }),
  );
});

describe("A9: what a date counts as", () => {
  test("a make-up working day is worked as the weekday it is named after, and so is no Sunday", () => {
    const marked = [dated("2027-02-14", "monday"), dated("2027-02-08", "holiday")];
    expect(kinds(marked, "2027-02-14", "2027-02-15", "2027-02-08", "2027-02-21")).toEqual([
      ...["monday", "monday", "holiday", "sunday"],
    ]);
  });

  test("one that comes back every year does so from its first on, whatever weekday it falls on", () => {
    const marked = [yearly("2026-12-31", "yearEnd")];
    expect(kinds(marked, "2025-12-31", "2026-12-31", "2027-12-31", "2028-12-30")).toEqual([
      ...["wednesday", "yearEnd", "yearEnd", "saturday"],
    ]);
  });

  test("29 February comes back in leap years; the day before and after it do not take its place", () => {
    const marked = [yearly("2024-02-29", "special")];
    expect(kinds(marked, "2028-02-29", "2027-02-28", "2027-03-01", "2096-02-29", "2104-02-29")).toEqual([
      ...["special", "sunday", "monday", "special", "special"],
    ]);
  });

  test("a day with its own date makes an exception of one that comes back", () => {
    const marked = [dated("2028-05-01", "tuesday"), yearly("2026-05-01", "holiday")];
    expect(kinds(marked, "2027-05-01", "2028-05-01", "2029-05-01")).toEqual([
      ...["holiday", "tuesday", "holiday"],
    ]);
  });

  test("whatever is marked, in whatever order, every other date is its weekday", () => {
    const aMark = fc.record({ date: aDate, as: fc.constantFrom(...dayKinds), yearly: fc.boolean() });
    fc.assert(
      fc.property(fc.array(aMark, { maxLength: 6 }), aDate, (marked, date) => {
        const same = marked.filter((one) =>
          one.yearly ? one.date <= date && one.date.slice(5) === date.slice(5) : one.date === date,
        );
        const counts = calendarOf(marked)(date);
        expect(same.length === 0 ? [weekdayOf(date)] : same.map(({ as }) => as)).toContain(counts);
      }),
    );
  });
});

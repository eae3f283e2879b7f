import { expect, test } from "vitest";
import { beginOf, daysLater, endOf, isSiteDay, siteDayOf } from "./site-days.ts";

const iso = (instant: number): string => new Date(instant).toISOString();

test.each([
  ["2026-11-20", "Asia/Shanghai", "2026-11-19T16:00:00.000Z"],
  ["2026-03-29", "Europe/London", "2026-03-29T00:00:00.000Z"],
  ["2026-03-30", "Europe/London", "2026-03-29T23:00:00.000Z"],
  ["2026-10-26", "Europe/London", "2026-10-26T00:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
  // Clocks go forward at midnight: the day begins at one.
  ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
])("A9: %s in %s begins at %s", (day, zone, begin) => {
  expect(iso(beginOf(day, zone))).toBe(begin);
  expect(siteDayOf(beginOf(day, zone), zone)).toBe(day);
  expect(siteDayOf(beginOf(day, zone) - 1, zone)).toBe(daysLater(day, -1));
});

test("A9: a day is as long as its clocks made it", () => {
  const hours = (day: string) =>
    (endOf(day, "Europe/London") + 1 - beginOf(day, "Europe/London")) / 3_600_000;
  expect([hours("2026-03-29"), hours("2026-03-30"), hours("2026-10-25")]).toEqual([23, 24, 25]);
});

test("days over the ends of months and years, and what is none", () => {
  expect(daysLater("2026-12-31", 1)).toBe("2027-01-01");
  expect(daysLater("2028-03-01", -1)).toBe("2028-02-29");
  expect(["2026-02-28", "2026-02-31", "2026-13-01", "x", null].map(isSiteDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

import { describe, expect, test } from "vitest";
import { isWithin, type MarkedDay, type Schedule } from "../domain/access/schedule.ts";
import { holidaysOn } from "../domain/rules/rules-for-tests.ts";
import { wallTime } from "../domain/time.ts";
import { SiteCalendar } from "./local-time.ts";

/** What the calendar says at an instant given with its offset, as `day yesterday hh:mm`. */
function at(zone: string, time: string, holidays: readonly string[] = []): string {
  const { day, yesterday, minute } = new SiteCalendar(zone, holidaysOn(...holidays)).localTime(
    wallTime(Date.parse(time)),
  );
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day} ${yesterday} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

test.each([
  ["Asia/Shanghai", "2026-11-01T15:59:59Z", "sunday saturday 23:59"],
  ["Asia/Shanghai", "2026-11-01T16:00:00Z", "monday sunday 00:00"],
  ["Europe/Berlin", "2026-11-01T23:00:00Z", "monday sunday 00:00"],
  ["America/New_York", "2026-11-02T04:59:00Z", "sunday saturday 23:59"],
  ["America/New_York", "2026-11-02T05:00:00Z", "monday sunday 00:00"],
])("%s, %s: %s", (zone, time, expected) => {
  expect(at(zone, time)).toBe(expected);
});

describe("A9: when clocks change", () => {
  test.each([
    // Spring: 02:00 does not exist.
    ["Europe/Berlin", "2026-03-29T00:59:00Z", "sunday saturday 01:59"],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", "sunday saturday 03:00"],
    ["America/New_York", "2026-03-08T06:59:00Z", "sunday saturday 01:59"],
    ["America/New_York", "2026-03-08T07:00:00Z", "sunday saturday 03:00"],
    // Autumn: 02:30 (01:30) comes twice and is the same minute both times.
    ["Europe/Berlin", "2026-10-25T00:30:00Z", "sunday saturday 02:30"],
    ["Europe/Berlin", "2026-10-25T01:30:00Z", "sunday saturday 02:30"],
    ["America/New_York", "2026-11-01T05:30:00Z", "sunday saturday 01:30"],
    ["America/New_York", "2026-11-01T06:30:00Z", "sunday saturday 01:30"],
    ["Asia/Shanghai", "2026-03-29T01:00:00Z", "sunday saturday 09:00"],
  ])("%s, %s: %s", (zone, time, expected) => {
    expect(at(zone, time)).toBe(expected);
  });

  test("the day after a day of 23 or 25 hours still has that day before it", () => {
    expect(at("Europe/Berlin", "2026-03-29T22:00:00Z")).toBe("monday sunday 00:00");
    expect(at("Europe/Berlin", "2026-10-25T23:00:00Z")).toBe("monday sunday 00:00");
  });
});

test("a leap day is a day, and the day before the first of March", () => {
  expect(at("Asia/Shanghai", "2028-02-28T16:30:00Z")).toBe("tuesday monday 00:30");
  expect(at("Asia/Shanghai", "2028-02-29T16:30:00Z")).toBe("wednesday tuesday 00:30");
  expect(at("Asia/Shanghai", "2028-02-29T16:30:00Z", ["2028-02-29"])).toBe("wednesday holiday 00:30");
});

test("a holiday is a day of its own kind, from its midnight to the next, in the site's time", () => {
  const holidays = ["2026-10-01"];
  expect(at("Asia/Shanghai", "2026-09-30T15:59:00Z", holidays)).toBe("wednesday tuesday 23:59");
  expect(at("Asia/Shanghai", "2026-09-30T16:00:00Z", holidays)).toBe("holiday wednesday 00:00");
  expect(at("Asia/Shanghai", "2026-10-01T15:59:00Z", holidays)).toBe("holiday wednesday 23:59");
  expect(at("Asia/Shanghai", "2026-10-01T16:00:00Z", holidays)).toBe("friday holiday 00:00");
});

describe("an overnight schedule", () => {
  const nights: Schedule = { name: "nights", spans: [{ days: ["saturday"], from: 22 * 60, to: 6 * 60 }] };
  const open = (zone: string, time: string, holidays: readonly string[] = []) =>
    isWithin(nights, new SiteCalendar(zone, holidaysOn(...holidays)).localTime(wallTime(Date.parse(time))));

  test.each([
    ["Europe/Berlin", "2026-03-28T20:59:00Z", false],
    ["Europe/Berlin", "2026-03-28T21:00:00Z", true],
    // Spring: the night is an hour shorter and ends at six all the same.
    ["Europe/Berlin", "2026-03-29T03:59:00Z", true],
    ["Europe/Berlin", "2026-03-29T04:00:00Z", false],
    // Autumn: an hour longer.
    ["Europe/Berlin", "2026-10-25T04:59:00Z", true],
    ["Europe/Berlin", "2026-10-25T05:00:00Z", false],
    ["America/New_York", "2026-11-01T10:59:00Z", true],
    ["America/New_York", "2026-11-01T11:00:00Z", false],
    ["Asia/Shanghai", "2026-10-31T21:59:00Z", true],
    ["Asia/Shanghai", "2026-10-31T22:00:00Z", false],
  ])("%s, %s: %s", (zone, time, expected) => {
    expect(open(zone, time)).toBe(expected);
  });

  test("belongs to the day on which it began: a holiday has no night of its weekday", () => {
    expect(open("Asia/Shanghai", "2026-10-31T18:00:00Z", ["2026-10-31"])).toBe(false);
    expect(open("Asia/Shanghai", "2026-10-31T18:00:00Z", ["2026-11-01"])).toBe(true);
  });
});

describe("A9: days that count as another (调休)", () => {
  const office: Schedule = {
    name: "office",
    spans: [
      { days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: 8 * 60, to: 18 * 60 },
      { days: ["friday"], from: 22 * 60, to: 2 * 60 },
      { days: ["halfDay"], from: 8 * 60, to: 12 * 60 },
      { days: ["yearEnd"], from: 8 * 60, to: 1_440 },
    ],
  };
  /** Saturday 2027-02-20 is worked as a Friday; the Sunday after it is one; Monday is a holiday. */
  const marked: readonly MarkedDay[] = [
    { date: "2027-02-20", as: "friday", yearly: false },
    { date: "2027-02-22", as: "holiday", yearly: false },
    { date: "2026-12-31", as: "yearEnd", yearly: true },
    { date: "2027-02-05", as: "halfDay", yearly: false },
  ];
  const calendar = new SiteCalendar("Asia/Shanghai", marked);
  const open = (time: string) => isWithin(office, calendar.localTime(wallTime(Date.parse(`${time}+08:00`))));

  test.each([
    ["2027-02-20T07:59", false],
    ["2027-02-20T08:00", true],
    ["2027-02-20T17:59", true],
    ["2027-02-20T22:00", true],
    // The Friday's night runs into the Sunday morning.
    ["2027-02-21T01:59", true],
    ["2027-02-21T02:00", false],
    ["2027-02-21T09:00", false],
    ["2027-02-22T09:00", false],
    // The Friday that it really was has a night too.
    ["2027-02-20T01:59", true],
  ])("a Saturday that is worked as a Friday: %s %s", (time, expected) => {
    expect(open(time)).toBe(expected);
  });

  test.each([
    ["2027-02-05T11:59", true],
    // A Friday by the calendar, and no Friday's night: it is a half day.
    ["2027-02-05T12:00", false],
    ["2027-02-05T22:30", false],
    ["2027-02-06T01:00", false],
    ["2026-12-31T23:59", true],
    ["2027-01-01T00:00", false],
    // A Friday in 2027, a Sunday in 2028.
    ["2027-12-31T20:00", true],
    ["2028-12-31T20:00", true],
    ["2025-12-31T20:00", false],
  ])("a half day and the closing of the year have hours of their own: %s %s", (time, expected) => {
    expect(open(time)).toBe(expected);
  });

  test("what is recorded with a decision is what it was worked as, in the form it always had", () => {
    const noon = wallTime(Date.parse("2027-02-20T12:00+08:00"));
    expect(calendar.localTime(noon)).toEqual({ day: "friday", yesterday: "friday", minute: 720 });
  });
});

describe("T37: zones and days that are rare", () => {
  test.each([
    ["Asia/Kolkata", "2026-05-03T18:30:00Z", "monday sunday 00:00"],
    ["Asia/Kathmandu", "2026-05-03T18:14:59Z", "sunday saturday 23:59"],
    ["Asia/Kathmandu", "2026-05-03T18:15:00Z", "monday sunday 00:00"],
    ["Australia/Lord_Howe", "2026-04-04T14:59:59Z", "sunday saturday 01:59"],
    // Half an hour back.
    ["Australia/Lord_Howe", "2026-04-04T15:00:00Z", "sunday saturday 01:30"],
    // Midnight itself is skipped, and comes twice.
    ["Asia/Beirut", "2026-03-28T21:59:59Z", "saturday friday 23:59"],
    ["Asia/Beirut", "2026-03-28T22:00:00Z", "sunday saturday 01:00"],
    ["Asia/Beirut", "2026-10-24T20:59:59Z", "saturday friday 23:59"],
    ["Asia/Beirut", "2026-10-24T21:00:00Z", "saturday friday 23:00"],
    ["Asia/Beirut", "2026-10-24T22:00:00Z", "sunday saturday 00:00"],
    // A Thursday and a Friday in two years.
    ["Asia/Shanghai", "2026-12-31T15:59:59Z", "thursday wednesday 23:59"],
    ["Asia/Shanghai", "2026-12-31T16:00:00Z", "friday thursday 00:00"],
    ["UTC", "1999-12-31T23:59:59Z", "friday thursday 23:59"],
    ["UTC", "2100-02-28T23:59:59Z", "sunday saturday 23:59"],
    ["UTC", "2100-03-01T00:00:00Z", "monday sunday 00:00"],
  ])("%s, %s: %s", (zone, time, expected) => {
    expect(at(zone, time)).toBe(expected);
  });

  test("24:00 is the end of the day, and a span that long has no gap at midnight", () => {
    const days: Schedule = { name: "days", spans: [{ days: ["monday", "tuesday"], from: 0, to: 1440 }] };
    const open = (time: string) =>
      isWithin(days, new SiteCalendar("UTC", []).localTime(wallTime(Date.parse(time))));
    expect(
      [
        "2026-05-04T23:59:59.999Z",
        "2026-05-05T00:00:00Z",
        "2026-05-05T23:59:59.999Z",
        "2026-05-06T00:00:00Z",
      ].map(open),
    ).toEqual([true, true, true, false]);
  });

  test("holidays that are changed are observed at once", () => {
    const calendar = new SiteCalendar("UTC", []);
    const noon = wallTime(Date.parse("2026-05-04T12:00:00Z"));
    expect([calendar.dateOf(noon), calendar.localTime(noon).day]).toEqual(["2026-05-04", "monday"]);
    calendar.observe(holidaysOn("2026-05-04"));
    expect(calendar.localTime(noon).day).toBe("holiday");
    calendar.observe([]);
    expect(calendar.localTime(noon).day).toBe("monday");
  });
});

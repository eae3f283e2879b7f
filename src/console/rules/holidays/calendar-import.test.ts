import { expect, test } from "vitest";
import { calendarOf } from "../../../domain/access/access.ts";
import { markOf } from "../documents.ts";
import { openOn } from "../schedules/open-now.ts";
import { readCalendar } from "./calendar-import.ts";
import { isDate, rangeOf, toggled, withHolidays } from "./holiday-dates.ts";

const asked = { year: 2027, worked: "monday" } as const;
const read = (text: string) => readCalendar(text, asked);

test.each([
  ["2027-01-01", ["2027-01-01"]],
  ["2027/1/1 New Year", [{ date: "2027-01-01", name: "New Year" }]],
  [
    "2027年10月1日至10月3日 国庆节",
    ["01", "02", "03"].map((day) => ({ date: `2027-10-${day}`, name: "国庆节" })),
  ],
  ["2027-12-31 ~ 2028-01-01", ["2027-12-31", "2028-01-01"]],
  ["2027-02-06 to 08, Spring", ["06", "07", "08"].map((day) => ({ date: `2027-02-${day}`, name: "Spring" }))],
  ["2027-02-14 上班 春节", [{ date: "2027-02-14", name: "春节", as: "monday" }]],
  ["2027-02-14 workday as Friday, Spring", [{ date: "2027-02-14", name: "Spring", as: "friday" }]],
  ["2027-02-20 补班 按周三", [{ date: "2027-02-20", as: "wednesday" }]],
  ["2026-12-31 每年 年终决算", [{ date: "2026-12-31", as: "yearEnd", yearly: true }]],
  ["2027-02-05 half day New Year's Eve", [{ date: "2027-02-05", name: "New Year's Eve", as: "halfDay" }]],
  ["2027-05-01 Holiday party", [{ date: "2027-05-01", name: "party" }]],
  ["2027-05-01 休息日", [{ date: "2027-05-01", name: "休息日" }]],
])("%s is read", (line, days) => {
  expect(read(line)).toEqual({ days, faults: [] });
});

test("a notice is read sentence by sentence, as it is written", () => {
  const text = `部分节假日安排
2027年
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月6日（农历除夕、周六）至8日（农历正月初二、周一）放假调休，共3天。2月14日（周日）、2月20日（星期六）上班。`;
  const on = (date: string, name: string) => ({ date, name });
  expect(read(text)).toEqual({
    days: [
      ...["01", "02", "03"].map((day) => on(`2027-01-${day}`, "元旦")),
      ...["06", "07", "08"].map((day) => on(`2027-02-${day}`, "春节")),
      { ...on("2027-02-14", "春节调休"), as: "monday" },
      { ...on("2027-02-20", "春节调休"), as: "monday" },
    ],
    faults: [
      { line: 1, why: "date" },
      { line: 2, why: "date" },
    ],
  });
});

test("a notice of another year is found out by its days of the week", () => {
  expect(readCalendar("2月14日（周日）上班。", { ...asked, year: 2026 })).toEqual({
    days: [],
    faults: [{ line: 1, why: "weekday", date: "2026-02-14", said: "sunday" }],
  });
});

test("a table is read by the names of its columns, in whatever order, each fault with its line", () => {
  const table = [
    "\uFEFFname;as;date;to;yearly",
    '"Festival ""Spring""";;2027-02-06;2027-02-07;',
    "春节调休;上班;2027/2/14;;",
    ";yearEnd;2026-12-31;;yes",
    ";;;;",
    ";someday;2027-03-01;;",
    ";;2027-02-30;;",
    ";;2027-05-03;2027-05-01;",
    ";holiday;2027-02-14;;",
    `${"x".repeat(61)};;2027-06-01;;`,
  ].join("\r\n");
  expect(read(table)).toEqual({
    days: [
      { date: "2026-12-31", as: "yearEnd", yearly: true },
      ...["06", "07"].map((day) => ({ date: `2027-02-${day}`, name: 'Festival "Spring"' })),
      { date: "2027-02-14", name: "春节调休", as: "monday" },
    ],
    faults: [
      { line: 6, why: "kind", said: "someday" },
      { line: 7, why: "date" },
      { line: 8, why: "range" },
      { line: 9, why: "twice", date: "2027-02-14" },
      { line: 10, why: "name" },
    ],
  });
});

test("lines that are no date are named, the others are taken all the same", () => {
  expect(read("Holidays 2027\n\n2027-02-30\r\n2027-05-01\n2027-05-05 ~ 2027-05-01")).toEqual({
    days: ["2027-05-01"],
    faults: [
      { line: 1, why: "date" },
      { line: 3, why: "date" },
      { line: 5, why: "range" },
    ],
  });
});

test("a press marks, presses again to clear, and makes an exception of what comes back every year", () => {
  const mark = (date: string, as: "holiday" | "monday", yearly = false) => ({ date, as, yearly });
  expect(toggled(["2027-05-01"], mark("2027-05-01", "holiday"))).toEqual([]);
  const named = { date: "2027-02-14", name: "春节" };
  expect(toggled([named], mark("2027-02-14", "monday"))).toEqual([{ ...named, as: "monday" }]);
  const yearly = { date: "2026-05-01", yearly: true };
  const except = toggled([yearly], mark("2027-05-01", "holiday"));
  expect(except).toEqual([yearly, { date: "2027-05-01", as: "saturday" }]);
  expect(toggled(except, mark("2027-05-01", "holiday"))).toEqual([yearly]);
  expect(toggled([yearly], mark("2027-05-01", "monday"))).toEqual([
    yearly,
    { date: "2027-05-01", as: "monday" },
  ]);
  expect(toggled([yearly], mark("2028-05-01", "holiday", true))).toEqual([]);
});

test("A9: what a week comes to on a day counts the calendar, and the night before it", () => {
  const spans = [
    { days: ["friday" as const], from: "08:00", to: "18:00" },
    { days: ["friday" as const], from: "22:00", to: "02:00" },
    { days: ["halfDay" as const], from: "08:00", to: "12:00" },
  ];
  const kindOf = calendarOf(
    [
      { date: "2027-02-14", as: "friday" as const },
      { date: "2027-02-12", as: "halfDay" as const },
    ].map(markOf),
  );
  const on = (date: string) => openOn(spans, kindOf, date).map(({ from, to }) => [from, to]);
  expect(on("2027-02-14")).toEqual([
    [480, 1_080],
    [1_320, 1_560],
  ]);
  expect(on("2027-02-15")).toEqual([[-120, 120]]);
  expect([on("2027-02-12"), on("2027-02-13"), on("2027-02-16")]).toEqual([[[480, 720]], [], []]);
});

test("a range has an end after its beginning, and is no longer than a month", () => {
  expect(rangeOf("2028-02-28", "2028-03-01")).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  expect([rangeOf("2027-01-02", "2027-01-01"), rangeOf("2027-01-01", "2027-02-01")]).toEqual([
    undefined,
    undefined,
  ]);
  expect([isDate("2028-02-29"), isDate("2027-02-29"), isDate("1 May")]).toEqual([true, false, false]);
});

test("a date stands once, under the name it was given last", () => {
  const named = { date: "2027-01-01", name: "元旦" };
  expect(withHolidays(["2027-05-01", "2027-01-01"], [named])).toEqual([named, "2027-05-01"]);
});

import { expect, test } from "vitest";
import { isDate, pastedList, rangeOf, withHolidays } from "./holiday-dates.ts";

test.each([
  ["2027-01-01", ["2027-01-01"]],
  ["2027/1/1 New Year", [{ date: "2027-01-01", name: "New Year" }]],
  [
    "2027年10月1日至10月3日 国庆节",
    ["01", "02", "03"].map((day) => ({ date: `2027-10-${day}`, name: "国庆节" })),
  ],
  ["2027-12-31 ~ 2028-01-01", ["2027-12-31", "2028-01-01"]],
  ["2027-02-06 to 08, Spring", ["06", "07", "08"].map((day) => ({ date: `2027-02-${day}`, name: "Spring" }))],
])("%s is read", (line, holidays) => {
  expect(pastedList(line)).toEqual({ holidays, bad: [] });
});

test("lines that are no date are named, the others are taken all the same", () => {
  expect(pastedList("Holidays 2027\n\n2027-02-30\r\n2027-05-01\n2027-05-05 ~ 2027-05-01")).toEqual({
    holidays: ["2027-05-01"],
    bad: [1, 3, 5],
  });
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

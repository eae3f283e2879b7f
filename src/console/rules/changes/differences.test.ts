import i18next, { type TFunction } from "i18next";
import { beforeAll, expect, test } from "vitest";
import { en } from "../../texts/en.ts";
import { zh } from "../../texts/zh.ts";
import { changedLines } from "./differences.ts";

let t: TFunction;
let inChinese: TFunction;
beforeAll(async () => {
  const texts = i18next.createInstance();
  const resources = { en: { translation: en }, zh: { translation: zh } };
  await texts.init({ lng: "en", resources, interpolation: { escapeValue: false } });
  [t, inChinese] = [texts.getFixedT("en"), texts.getFixedT("zh")];
});

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
const office = (to: string) => ({ name: "office", spans: [{ days: weekdays, from: "08:00", to }] });

test("a week is told by its days and times, in both languages", () => {
  const change = [[office("18:00")], [office("20:00")]] as const;
  expect(changedLines("schedules", ...change, t)).toEqual([
    { what: "office · Open", before: "Mon–Fri 08:00–18:00", after: "Mon–Fri 08:00–20:00" },
  ]);
  expect(changedLines("schedules", ...change, inChinese)).toEqual([
    { what: "office · 开放时间", before: "周一–周五 08:00–18:00", after: "周一–周五 08:00–20:00" },
  ]);
});

test("another order or another way to write the same week is no difference", () => {
  const split = {
    name: "office",
    spans: [
      { days: weekdays, from: "12:00", to: "18:00" },
      { days: weekdays, from: "08:00", to: "12:00" },
    ],
  };
  expect(changedLines("schedules", [office("18:00")], [split], t)).toEqual([]);
});

test("what is new or gone is told whole, what changed in a level by its parts", () => {
  const level = {
    name: "staff",
    accessPoints: "all",
    vestibules: "all",
    schedule: "always",
    mode: "card+face",
  };
  expect(
    changedLines("access-levels", [level], [{ ...level, mode: "card", accessPoints: ["outer-entry"] }], t),
  ).toEqual([
    { what: "staff · Access points", before: "all", after: "Outer door, in" },
    { what: "staff · Verification", before: "card and face", after: "card alone, no face" },
  ]);
  const [gone] = changedLines("access-levels", [level], [], t);
  expect(gone).toMatchObject({ what: "staff", after: "" });
  expect(gone?.before).toContain("Verification: card and face");
});

test("days of one holiday in a row are one line", () => {
  const days = ["06", "07", "08"].map((day) => ({ date: `2027-02-${day}`, name: "Spring Festival" }));
  expect(changedLines("holidays", ["2027-01-01"], [...days, "2027-05-01"], t)).toEqual([
    { what: "2027-01-01", before: "holiday", after: "an ordinary day" },
    { what: "2027-02-06 – 2027-02-08", before: "an ordinary day", after: "Spring Festival" },
    { what: "2027-05-01", before: "an ordinary day", after: "holiday" },
  ]);
});

test("A9: what a day is worked as, and what comes back every year, is told in both languages", () => {
  const closing = { date: "2026-12-31", as: "yearEnd", yearly: true };
  const change = [["2027-02-14"], [{ date: "2027-02-14", as: "monday", name: "调休" }, closing]] as const;
  expect(changedLines("holidays", ...change, t)).toEqual([
    { what: "2027-02-14", before: "holiday", after: "Working day, worked as Monday, 调休" },
    {
      what: "every year 12-31",
      before: "an ordinary day",
      after: "Year-end closing (every year from 2026-12-31)",
    },
  ]);
  expect(changedLines("holidays", ...change, inChinese)).toMatchObject([
    { before: "节假日", after: "调休上班，按星期一，调休" },
    { what: "每年 12-31", after: "年终决算日 (自 2026-12-31 起每年)" },
  ]);
});

test("values of a door and of settings have their names and units; the file's their place", () => {
  const rule = { count: 2, groups: ["manager"], directions: "entry" };
  expect(
    changedLines(
      "doors/v1/inner",
      { releaseTime: 5, multiPerson: rule },
      { releaseTime: 7, multiPerson: null },
      t,
    ),
  ).toEqual([
    { what: "Release", before: "5 s", after: "7 s" },
    {
      what: "Several people together",
      before: "How many: 2 people; One of each group: manager; Which way: on the way in",
      after: "none",
    },
  ]);
  const settings = (liveness: string) => ({ vestibules: { v1: { liveness: { "outer-entry": liveness } } } });
  expect(changedLines("settings", settings("challenge"), settings("off"), inChinese)).toEqual([
    { what: "v1 · 活体检测 · 外门·进", before: "动作检测", after: "关闭" },
  ]);
  const file = (boltTime: number) => ({ vestibules: [{ id: "v1", doors: { inner: { boltTime } } }] });
  expect(changedLines("site-file", file(2), file(9), t)).toEqual([
    { what: "vestibules.v1.doors.inner.boltTime", before: "2", after: "9" },
  ]);
});

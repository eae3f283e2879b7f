import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../access/calendar.ts";
import { type DayKind, dayKinds, isWithin } from "../access/schedule.ts";
import { type Changed, levelOf, officeHours, vault } from "./rules-for-tests.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { weakenings } from "./weakening.ts";
import { weakeningText } from "./weakening-words.ts";

const today = "2026-11-22";
const rulesOf = (before: RulesInForce, after: RulesInForce): readonly string[] =>
  weakenings(before, after, today).map(({ rule, where }) => `${rule} ${where}`.trim());

describe("days that count as another (A9)", () => {
  type Mark = readonly [date: string, as: DayKind, yearly?: "yearly"];
  const marked = (...marks: readonly Mark[]): Changed => {
    const markedDays = marks.map(([date, as, yearly]) => ({ date, as, yearly: yearly !== undefined }));
    return (rules) => ({ ...rules, markedDays });
  };
  const plain = marked()(vault);

  test("a Sunday worked as a Monday opens more; a holiday turned into one too; back again it does not", () => {
    const worked = marked(["2027-02-14", "monday"])(vault);
    const closed = marked(["2027-02-14", "holiday"])(vault);
    expect(rulesOf(plain, worked)).toEqual(["dayChanged 2027-02-14"]);
    expect(rulesOf(closed, worked)).toEqual(["dayChanged 2027-02-14"]);
    expect([rulesOf(worked, plain), rulesOf(worked, closed)]).toEqual([[], []]);
    expect(
      rulesOf(marked(["2027-02-14", "monday"])(plain), marked(["2027-02-14", "tuesday"])(plain)),
    ).toEqual([]);
    expect(weakenings(closed, worked, today).map(weakeningText)).toEqual([
      {
        en: "day opens more at 2027-02-14: holiday → Monday",
        zh: "该日开放更多时段（2027-02-14）：节假日 → 周一",
      },
    ]);
  });

  test("a half day weakens where it has hours of its own, beyond those of what the day was", () => {
    const halves = (to: number): Changed =>
      levelOf({
        schedule: { ...officeHours, spans: [...officeHours.spans, { days: ["halfDay"], from: 480, to }] },
      });
    const [monday, sunday] = ["2027-02-01", "2027-02-07"];
    const becomes = (date: string, to: number): readonly string[] =>
      rulesOf(halves(to)(plain), halves(to)(marked([date, "halfDay"])(vault)));
    expect(rulesOf(plain, marked([monday, "halfDay"], [sunday, "yearEnd"])(vault))).toEqual([]);
    expect(becomes(monday, 720)).toEqual([]);
    expect(becomes(monday, 1_100)).toEqual([`dayChanged ${monday}`]);
    expect(becomes(sunday, 720)).toEqual([`dayChanged ${sunday}`]);
  });

  test("one that comes back every year is told by the first date on which it opens more", () => {
    const labourDay = marked(["2026-05-01", "holiday", "yearly"])(vault);
    // 2027-05-01 and 2028-05-01: a Saturday and a Monday.
    expect(rulesOf(labourDay, plain)).toEqual(["holidayRemoved 2028-05-01"]);
    const except = marked(["2026-05-01", "holiday", "yearly"], ["2028-05-01", "monday"])(vault);
    expect(rulesOf(labourDay, except)).toEqual(["holidayRemoved 2028-05-01"]);
    expect(rulesOf(except, labourDay)).toEqual([]);
    // 2048 is the first leap year from 2027 on in which it falls on a Saturday; the others are weekdays or a Sunday.
    const leap = (as: DayKind): RulesInForce => marked(["2024-02-29", as, "yearly"])(vault);
    const saturdays = levelOf({ schedule: { name: "s", spans: [{ days: ["saturday"], from: 0, to: 60 }] } });
    expect(rulesOf(saturdays(leap("holiday")), saturdays(plain))).toEqual(["holidayRemoved 2048-02-29"]);
  });

  test("yesterday still counts for what of its night is left", () => {
    const nights = levelOf({ schedule: { name: "n", spans: [{ days: ["friday"], from: 1_320, to: 360 }] } });
    const worked = (date: string): readonly string[] =>
      rulesOf(nights(plain), nights(marked([date, "friday"])(vault)));
    // Today is a Sunday.
    expect(worked("2026-11-21")).toEqual(["dayChanged 2026-11-21"]);
    expect(worked("2026-11-20")).toEqual([]);
    expect(rulesOf(plain, marked(["2026-11-21", "monday"])(vault))).toEqual([]);
  });

  test("a day whose night lasts longer weakens by the morning after alone", () => {
    const spans = [
      { days: ["saturday"], from: 1_320, to: 120 },
      { days: ["special"], from: 1_320, to: 180 },
    ] as const;
    const nights = levelOf({ schedule: { name: "n", spans } });
    const longer = nights(marked(["2027-02-13", "special"])(vault));
    expect(rulesOf(nights(plain), longer)).toEqual(["dayChanged 2027-02-13"]);
    expect(rulesOf(longer, nights(plain))).toEqual([]);
  });

  test("a day on which a stricter mode no longer holds weakens, though nothing opens more", () => {
    const holidays = { name: "holidays", spans: [{ days: ["holiday"] as const, from: 0, to: 1_440 }] };
    const stricter = levelOf({
      ...{ schedule: "always", mode: "card+face" },
      modes: [{ schedule: holidays, mode: "card+face+pin" }],
    });
    const closed = stricter(marked(["2027-05-01", "holiday"])(vault));
    expect(rulesOf(closed, stricter(plain))).toEqual(["holidayRemoved 2027-05-01"]);
    expect(rulesOf(stricter(plain), closed)).toEqual([]);
  });

  test("a change that nothing tells of opens no date by a minute: asked of every level, date and minute", () => {
    const aMark = fc.record({
      date: fc.constantFrom("2027-02-12", "2027-02-13", "2027-02-14", "2027-02-15"),
      as: fc.constantFrom(...dayKinds),
      yearly: fc.boolean(),
    });
    const spans = fc.array(
      fc.record({
        days: fc.subarray([...dayKinds], { minLength: 1, maxLength: 4 }),
        from: fc.integer({ min: 0, max: 1_439 }),
        to: fc.integer({ min: 0, max: 1_440 }),
      }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.array(aMark, { maxLength: 3 }),
        fc.array(aMark, { maxLength: 3 }),
        spans,
        (was, is, week) => {
          const schedule = { name: "any", spans: week };
          const rules = levelOf({ schedule })(vault);
          const before = { ...rules, markedDays: was };
          const after = { ...rules, markedDays: is };
          if (rulesOf(before, after).length > 0) return;
          const [then, now] = [calendarOf(was), calendarOf(is)];
          for (const [yesterday, day] of pairs) {
            for (let minute = 0; minute < 1_440; minute += 97) {
              const at = (kindOf: typeof then) => ({
                day: kindOf(day),
                yesterday: kindOf(yesterday),
                minute,
              });
              if (isWithin(schedule, at(now))) expect(isWithin(schedule, at(then))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

const pairs = [
  ["2027-02-11", "2027-02-12"],
  ["2027-02-12", "2027-02-13"],
  ["2027-02-13", "2027-02-14"],
  ["2027-02-14", "2027-02-15"],
  ["2027-02-15", "2027-02-16"],
  ["2028-02-13", "2028-02-14"],
  ["2029-02-13", "2029-02-14"],
] as const;

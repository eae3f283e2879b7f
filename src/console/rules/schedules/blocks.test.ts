import fc from "fast-check";
import { expect, test } from "vitest";
import { dayKinds, type ScheduleSpan } from "../../../domain/access/access.ts";
import { OpenTimes } from "../../../domain/rules/open-times.ts";
import type { WrittenSpan } from "../documents.ts";
import {
  type Block,
  blocksOf,
  clock,
  copiedDay,
  cut,
  fits,
  movedTo,
  normalised,
  painted,
  replaced,
  resizedTo,
  snapped,
  spansOf,
} from "./blocks.ts";
import { dayTyped, timesText } from "./times-text.ts";

const aDay = fc.constantFrom(...dayKinds);
const aBlock = fc
  .record({ day: aDay, from: fc.integer({ min: 0, max: 1439 }), length: fc.integer({ min: 1, max: 1440 }) })
  .map(({ day, from, length }): Block => ({ day, from, to: from + length }))
  .filter(fits);
const blocks = fc.array(aBlock, { maxLength: 8 });

/** Every minute of every day, counted from the midnight at which that day began. */
const minutes = (all: readonly Block[]): ReadonlySet<string> =>
  new Set(
    all.flatMap(({ day, from, to }) => Array.from({ length: to - from }, (_, at) => `${day} ${from + at}`)),
  );

const check = (property: fc.IRawProperty<unknown>): void =>
  fc.assert(property as fc.IProperty<unknown>, { numRuns: 40 });

test("merging changes nothing of when it is open, and what comes out can be said", () => {
  check(
    fc.property(blocks, (all) => {
      const merged = normalised(all);
      expect(minutes(merged)).toEqual(minutes(all));
      expect(merged.every(fits)).toBe(true);
      expect(normalised(merged)).toEqual(merged);
    }),
  );
});

test("written down and read again it is the same week", () => {
  check(
    fc.property(blocks, (all) => {
      expect(minutes(blocksOf(spansOf(all)))).toEqual(minutes(all));
    }),
  );
});

test("A9: what is drawn is open exactly when the rules say", () => {
  const written = fc.array(
    fc.record({
      days: fc.subarray([...dayKinds], { minLength: 1 }),
      from: fc.integer({ min: 0, max: 1439 }),
      to: fc.integer({ min: 0, max: 1440 }),
    }),
    { maxLength: 4 },
  );
  check(
    fc.property(written, (spans) => {
      const lasting = spans.filter(({ from, to }) => from !== to);
      const texts = lasting.map(({ days, from, to }) => ({ days, from: clock(from), to: clock(to) }));
      const [before, after] = [lasting, minuteSpans(spansOf(blocksOf(texts)))].map((all) =>
        OpenTimes.of({ name: "s", spans: all }),
      );
      if (before === undefined || after === undefined) throw new Error("two were made");
      expect([before.without(after).isEmpty(), after.without(before).isEmpty()]).toEqual([true, true]);
    }),
  );
});

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minuteSpans = (spans: readonly WrittenSpan[]): readonly ScheduleSpan[] =>
  spans.map(({ days, from, to }) => ({ days, from: minuteOf(from), to: minuteOf(to) }));

test("painting adds what was painted and nothing else", () => {
  check(
    fc.property(blocks, aBlock, (all, block) => {
      expect(minutes(painted(all, block))).toEqual(new Set([...minutes(all), ...minutes([block])]));
    }),
  );
});

test("a block that is moved stays as long as it was, one that is resized keeps its other edge", () => {
  check(
    fc.property(aBlock, aDay, fc.integer({ min: -2_000, max: 4_000 }), (block, day, minute) => {
      const there = movedTo(block, day, snapped(minute));
      expect([fits(there), there.to - there.from, there.day]).toEqual([true, block.to - block.from, day]);
      const [later, earlier] = [resizedTo(block, "to", minute), resizedTo(block, "from", minute)];
      expect([fits(later), later.from, fits(earlier), earlier.to]).toEqual([
        true,
        block.from,
        true,
        block.to,
      ]);
    }),
  );
});

test("a break splits in two, and painted over again there is none", () => {
  const day: Block = { day: "monday", from: 480, to: 1080 };
  const split = cut([day], day, 720, 780);
  expect(timesText(split)).toBe("08:00–12:00, 13:00–18:00");
  expect(painted(split, { day: "monday", from: 720, to: 780 })).toEqual([day]);
  expect(cut([day], day, 480, 780)).toEqual([day]);
});

test("a day copied is as the other, also over midnight; what is no block is not taken", () => {
  const night: Block = { day: "friday", from: 1320, to: 1560 };
  const week = copiedDay([night, { day: "sunday", from: 0, to: 60 }], "friday", ["saturday", "sunday"]);
  expect(spansOf(week)).toEqual([{ days: ["friday", "saturday", "sunday"], from: "22:00", to: "02:00" }]);
  expect(replaced([night], night, { ...night, to: 1320 })).toEqual([night]);
});

test.each([
  ["08:00-12:00, 13-18", "08:00–12:00, 13:00–18:00"],
  ["22:00–02:00", "22:00–02:00"],
  ["8：30 至 17：45；1900~24:00", "08:30–17:45, 19:00–24:00"],
  ["0 to 24", "00:00–24:00"],
  ["", ""],
])("%s is typed for %s", (typed, shown) => {
  const read = dayTyped("monday", typed);
  expect(read && timesText(read)).toBe(shown);
});

test.each(["8", "25:00-26:00", "08:00-08:00", "08:00-12:00-13:00", "08:75-09:00", "noon-2"])(
  "%s is no time",
  (typed) => {
    expect(dayTyped("monday", typed)).toBeUndefined();
  },
);

test("midnight of the same day is 24:00", () => {
  const written: WrittenSpan[] = [{ days: ["monday"], from: "18:00", to: "00:00" }];
  expect(timesText(blocksOf(written))).toBe("18:00–24:00");
});

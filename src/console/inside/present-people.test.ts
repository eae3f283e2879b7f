import { expect, test } from "vitest";
import { limitBroken, type Presence, peopleIn, stay } from "./present-people.ts";

test("A4: nobody alone, nor more than allowed; nobody at all is fine", () => {
  const limits = { least: 2, most: 3 };
  expect([0, 1, 2, 3, 4].map((count) => limitBroken(count, limits))).toEqual([
    ...[null, "tooFew", null, null, "tooMany"],
  ]);
  expect(limitBroken(99, { least: 0, most: 0 })).toBeNull();
});

test("people stand under their door pair and area, in the order in which they came", () => {
  const at = (
    cardholder: string,
    vestibule: string | null,
    area: Presence["area"],
    since: string,
  ): Presence => ({
    ...{ cardholder, vestibule, area, since },
  });
  const people = [
    at("late", "v1", "secure", "2026-11-20T09:00:00.000Z"),
    at("early", "v1", "secure", "2026-11-20T08:00:00.000Z"),
    at("between", "v1", "vestibule", "2026-11-20T08:00:00.000Z"),
    at("elsewhere", "v2", "secure", "2026-11-20T08:00:00.000Z"),
  ];
  expect(peopleIn(people, "v1", "secure").map(({ cardholder }) => cardholder)).toEqual(["early", "late"]);
});

test("how long somebody has been there, in days, hours and minutes; never less than nothing", () => {
  const now = Date.parse("2026-11-20T10:05:30.000Z");
  expect(stay("2026-11-20T08:00:00.000Z", now)).toEqual({ days: 0, hours: 2, minutes: 5 });
  expect(stay("2026-11-20T11:00:00.000Z", now)).toEqual({ days: 0, hours: 0, minutes: 0 });
  expect(stay("2026-11-17T09:05:30.000Z", now)).toEqual({ days: 3, hours: 1, minutes: 0 });
});

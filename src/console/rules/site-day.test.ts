import { expect, test } from "vitest";
import { calendarOf } from "../../domain/access/access.ts";
import { siteDayAt } from "./site-day.ts";

const marked = [{ date: "2027-01-01", as: "holiday", yearly: false }] as const;

test("A9: the site's own day and time count, not this computer's", () => {
  const at = (zone: string, iso: string) => siteDayAt(zone, Date.parse(iso), calendarOf(marked));
  expect(at("Asia/Shanghai", "2026-12-31T16:05:00Z")).toMatchObject({
    ...{ date: "2027-01-01", day: "holiday", yesterday: "thursday", minute: 5 },
  });
  expect(at("America/New_York", "2026-12-31T16:05:00Z")).toMatchObject({ day: "thursday", minute: 665 });
  // An hour that clocks skip is not there.
  expect(at("Europe/Berlin", "2026-03-29T01:00:00Z")).toMatchObject({ day: "sunday", minute: 180 });
});

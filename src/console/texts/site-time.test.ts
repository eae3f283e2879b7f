import { expect, test } from "vitest";
import { instantOf, isSiteMinute, siteClock, siteMinuteOf } from "./site-time.ts";

const utc = (text: string): number => Date.parse(text);

test("A9: a minute of the site's clock is the same instant whatever zone the page is read in", () => {
  expect(instantOf("2026-11-20T08:30", "Asia/Shanghai")).toBe(utc("2026-11-20T00:30:00Z"));
  expect(siteMinuteOf(utc("2026-11-20T00:30:59Z"), "Asia/Shanghai")).toBe("2026-11-20T08:30");
  expect(siteClock("2026-11-19T16:00:05Z", "Asia/Shanghai", "en")).toBe("00:00:05");
});

test("A9: what comes twice is the first, what clocks skip is an hour later", () => {
  expect(instantOf("2026-10-25T02:30", "Europe/Berlin")).toBe(utc("2026-10-25T00:30:00Z"));
  expect(siteMinuteOf(instantOf("2026-03-29T02:30", "Europe/Berlin"), "Europe/Berlin")).toBe(
    "2026-03-29T03:30",
  );
});

test("what stands in an address may be anything", () => {
  expect(["2026-11-20T08:30", "2026-11-20", "2026-13-40T99:99", null].map(isSiteMinute)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

import { expect, test } from "vitest";
import { momentText } from "./alarm-time.ts";

const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 5, 9);

test("of today the time will do; of another day the day is said, in the reader's way", () => {
  expect(momentText(at(21, 8).toISOString(), "en", at(21, 23))).toBe("08:05:09");
  expect(momentText(at(20, 8).toISOString(), "en", at(21, 1))).toBe("20 Nov 08:05:09");
  expect(momentText(at(20, 8).toISOString(), "zh", at(21, 1))).toBe("11月20日 08:05:09");
});

import { expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import type { ReaderStatus } from "../../ports/card-reader.ts";
import { ReaderConditions } from "./reader-conditions.ts";

const status = (detail: string | null, more: Partial<ReaderStatus> = {}): ReaderStatus => ({
  vestibule: "v1",
  accessPoint: "outer-entry",
  state: "online",
  detail,
  at: instant(0),
  ...more,
});

test("a condition is on record once, when it begins", () => {
  const conditions = new ReaderConditions();
  const off = status("without a secure channel: decided by A. Lin");
  expect(conditions.isNews(off, undefined)).toBe(true);
  expect(conditions.isNews(off, off)).toBe(false);
  expect(conditions.isNews(status(null), off)).toBe(false);
  expect(conditions.isNews(status("another reader stands there"), off)).toBe(true);
});

test("being lost has its own record; what changes while it is lost is recorded", () => {
  const conditions = new ReaderConditions();
  const lost = status("no key for it yet", { state: "lost" });
  expect(conditions.isNews(lost, undefined)).toBe(false);
  expect(conditions.isNews(status("a new reader is taken until 10:15", { state: "lost" }), lost)).toBe(true);
});

test("T26: whoever makes up conditions fills no journal, and silences no other reader", () => {
  const conditions = new ReaderConditions();
  let recorded = 0;
  let before: ReaderStatus | undefined;
  for (let second = 0; second < 7_200; second++) {
    const made = status(`another reader stands there: serial number ${second}`, {
      at: instant(second * 1_000),
    });
    if (conditions.isNews(made, before)) recorded += 1;
    before = made;
  }
  expect(recorded).toBe(24);
  expect(conditions.isNews(status("noise", { accessPoint: "inner-entry" }), undefined)).toBe(true);
});

import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { dayMarks, denialsByReason, whereNow } from "./person-figures.ts";

const record = (type: string, more: Partial<RecordView> = {}): RecordView => ({
  ...{ schema: 1, seq: 1, time: "2026-11-20T00:00:00.000Z", type, vestibule: "v1", door: null },
  ...{ accessPoint: null, cardholder: "p1", reason: null, hash: "" },
  ...more,
});

test("denials are counted by reason, the most frequent first", () => {
  const reasons = ["noFace", "wrongPin", "noFace"].map((reason) => record("AccessDenied", { reason }));
  expect(denialsByReason(reasons)).toEqual([
    ["noFace", 2],
    ["wrongPin", 1],
  ]);
});

test("A3: somebody is where the last passage led, or where an operator said", () => {
  const at = (one: RecordView | undefined) => whereNow(one)?.area;
  expect(at(undefined)).toBeUndefined();
  expect(at(record("AccessTaken", { accessPoint: "inner-entry" }))).toBe("secure");
  expect(at(record("AccessTaken", { accessPoint: "inner-exit" }))).toBe("vestibule");
  expect(at(record("AreaReset", { area: "outside" }))).toBe("outside");
  expect(at(record("AreaReset", { area: null }))).toBeNull();
});

test("A9: the day's line is the site's day", () => {
  const marks = dayMarks(
    [
      record("AccessTaken", { accessPoint: "outer-entry", time: "2026-11-20T00:00:00.000Z" }),
      record("AccessDenied", { seq: 2, time: "2026-11-20T04:00:00.000Z" }),
      record("AccessGranted", { seq: 3 }),
      record("AccessTaken", { seq: 4, accessPoint: "outer-exit", time: "2026-11-20T10:00:00.000Z" }),
    ],
    "Asia/Shanghai",
  );
  expect(marks).toEqual([
    { seq: 1, at: 8 / 24, kind: "in" },
    { seq: 2, at: 12 / 24, kind: "denied" },
    { seq: 4, at: 18 / 24, kind: "out" },
  ]);
});

import { expect, test } from "vitest";
import { instant, wallTime } from "../domain/time.ts";
import type { JournalRecord, JsonObject } from "./journal.ts";
import { recordView } from "./record-view.ts";

const record = (payload: JsonObject): JournalRecord => ({
  seq: 7,
  wall: wallTime(Date.UTC(2026, 10, 21, 8, 0, 0, 5)),
  at: instant(1234),
  boot: "b1",
  type: "AccessDenied",
  version: 1,
  payload,
  hash: "ab".repeat(32),
});

test("a record is shown flat, with its time in UTC and what its type carries beside it", () => {
  const view = recordView(
    record({ vestibule: "v1", accessPoint: "outer-entry", reason: "faceMismatch", distance: 0.3 }),
  );
  expect(view).toEqual({
    schema: 1,
    seq: 7,
    time: "2026-11-21T08:00:00.005Z",
    type: "AccessDenied",
    vestibule: "v1",
    door: "outer",
    accessPoint: "outer-entry",
    cardholder: null,
    reason: "faceMismatch",
    distance: 0.3,
    hash: "ab".repeat(32),
  });
});

test("a payload cannot pass for another record", () => {
  const view = recordView(record({ seq: 1, type: "AccessGranted", time: "then", hash: "", schema: 9 }));
  expect(view).toMatchObject({ seq: 7, type: "AccessDenied", time: "2026-11-21T08:00:00.005Z", schema: 1 });
  expect(view.hash).toHaveLength(64);
});

test("a field that is not the text it should be is shown as absent, not passed on", () => {
  expect(recordView(record({ door: 3, cardholder: { name: "x" } }))).toMatchObject({
    door: null,
    cardholder: null,
  });
});

test("what happened at an access point happened at its door", () => {
  const at = (payload: JsonObject) => recordView(record(payload)).door;
  expect(at({ accessPoint: "outer-exit" })).toBe("outer");
  expect(at({ accessPoint: "inner-entry", vestibule: "v2" })).toBe("inner");
  expect(at({ accessPoint: "outer-entry", door: "inner" })).toBe("inner");
  expect(at({ accessPoint: "constructor" })).toBeNull();
});

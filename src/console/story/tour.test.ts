import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { itemsDone, nextItem, tourItems } from "./tour.ts";

const record = (seq: number, type: string, facts: Partial<RecordView> = {}): RecordView => ({
  schema: 1,
  seq,
  time: "2026-11-21T08:00:00.000Z",
  type,
  vestibule: "v1",
  door: null,
  accessPoint: null,
  cardholder: null,
  reason: null,
  hash: "",
  ...facts,
});
const everything = [
  record(6, "AlarmAcknowledged"),
  record(5, "DoorForcedOpen"),
  record(4, "DoorHeldOpen"),
  record(3, "AccessDenied", { reason: "faceMismatch" }),
  record(2, "AccessDenied", { reason: "interlocked" }),
  record(1, "AccessTaken", { accessPoint: "outer-entry" }),
];

test("each thing to try is ticked by the record of it, and by nothing else", () => {
  expect([...itemsDone(everything, 0)].sort()).toEqual([...tourItems].sort());
  expect(itemsDone([record(1, "AccessDenied", { reason: "noFace" })], 0).size).toBe(0);
  expect(itemsDone([record(1, "AccessTaken", { accessPoint: "inner-exit" })], 0).size).toBe(0);
});

test("starting over forgets what was before", () => {
  expect([...itemsDone(everything, 4)].sort()).toEqual(["acknowledged", "forced"]);
  expect(itemsDone(everything, 6).size).toBe(0);
});

test("the next thing to try is the first that is left", () => {
  expect(nextItem(itemsDone(everything.slice(4), 0))).toBe("mismatch");
  expect(nextItem(itemsDone(everything, 0))).toBeUndefined();
});

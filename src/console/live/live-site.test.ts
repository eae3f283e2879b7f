import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import type { AlarmView } from "../api/site.ts";
import { lastSeq, recordLimit, unknownSite, withAlarm, withRecords } from "./live-site.ts";

const record = (seq: number): RecordView => ({
  schema: 1,
  seq,
  time: "2026-11-21T08:00:00.000Z",
  type: "DoorOpened",
  vestibule: "v1",
  door: "outer",
  accessPoint: null,
  cardholder: null,
  reason: null,
  hash: "",
});

const alarm = (id: string, more: Partial<AlarmView> = {}): AlarmView => ({
  id,
  type: "DoorForcedOpen",
  priority: "high",
  place: {},
  phase: "active-unacknowledged",
  since: "2026-11-21T08:00:00.000Z",
  count: 1,
  evidence: [],
  detail: null,
  acknowledged: null,
  ...more,
});

test("records stand newest first, and one that arrives twice stands once", () => {
  const site = withRecords(withRecords(unknownSite, [record(1), record(3)]), [record(3), record(2)]);
  expect(site.records.map(({ seq }) => seq)).toEqual([3, 2, 1]);
  expect(lastSeq(site)).toBe(3);
});

test("a page that stays open keeps a bounded number of records, the newest", () => {
  const many = Array.from({ length: recordLimit + 50 }, (_, index) => record(index + 1));
  const site = withRecords(unknownSite, many);
  expect(site.records).toHaveLength(recordLimit);
  expect(lastSeq(site)).toBe(recordLimit + 50);
});

test("an alarm that is back to normal leaves the list; the unseen stand above the acknowledged", () => {
  const seen = withAlarm(unknownSite, alarm("a", { phase: "active-acknowledged", priority: "critical" }));
  const both = withAlarm(seen, alarm("b", { priority: "medium" }));
  expect(both.alarms.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(withAlarm(both, alarm("b", { phase: "normal" })).alarms.map(({ id }) => id)).toEqual(["a"]);
});

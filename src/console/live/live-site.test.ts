import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import type { AlarmView } from "../api/site.ts";
import {
  contradicts,
  historyLength,
  lastSeq,
  recordLimit,
  resumption,
  unknownSite,
  withAlarm,
  withRecords,
} from "./live-site.ts";

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
  shelved: null,
  comments: [],
  shelvable: true,
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

test("after a loss the stream goes on where it was, with the newest record once more", () => {
  const site = withRecords(unknownSite, [record(40), record(41)]);
  expect(resumption(site, 60)).toEqual({ after: 40, goesOn: true });
  // Records that are not for this role have numbers too.
  expect(resumption({ ...site, complete: 55 }, 60)).toEqual({ after: 40, goesOn: true });
  expect(resumption({ ...unknownSite, complete: 55 }, 60)).toEqual({ after: 55, goesOn: true });
});

test("after more than a page keeps, or before a shorter journal, it begins anew with the newest", () => {
  const site = withRecords(unknownSite, [record(40), record(41)]);
  expect(resumption(unknownSite, 60)).toEqual({ after: 0, goesOn: false });
  expect(resumption(site, 5_041)).toEqual({ after: 5_041 - historyLength, goesOn: false });
  expect(resumption(site, 30)).toEqual({ after: 0, goesOn: false });
});

test("a record with the number of a known one and another hash is another journal's", () => {
  const site = withRecords(unknownSite, [record(41)]);
  expect(contradicts(site, record(41))).toBe(false);
  expect(contradicts(site, { ...record(41), hash: "ff" })).toBe(true);
});

test("an alarm that is back to normal leaves the list; one that is shelved stays until it is taken back", () => {
  const shelved = { by: "wang", at: "", until: "", reason: "the fitter is here" };
  const two = withAlarm(withAlarm(unknownSite, alarm("a")), alarm("b", { phase: "normal", shelved }));
  expect(two.alarms.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(withAlarm(two, alarm("a", { phase: "normal" })).alarms.map(({ id }) => id)).toEqual(["b"]);
  expect(withAlarm(two, alarm("b", { phase: "normal" })).alarms.map(({ id }) => id)).toEqual(["a"]);
});

test("alarms stand by priority, then those nobody has seen, then the newest; shelved ones last", () => {
  const shelved = { by: "wang", at: "", until: "", reason: "the fitter is here" };
  const later = "2026-11-21T09:00:00.000Z";
  const site = [
    alarm("shelved", { priority: "high", shelved }),
    alarm("low", { priority: "low", since: later }),
    alarm("seen", { priority: "critical", phase: "active-acknowledged", since: later }),
    alarm("older", { priority: "critical" }),
    alarm("over", { priority: "critical", phase: "returned-unacknowledged", since: later }),
    alarm("medium", { priority: "medium" }),
  ].reduce(withAlarm, unknownSite);
  expect(site.alarms.map(({ id }) => id)).toEqual(["over", "older", "seen", "medium", "low", "shelved"]);
});

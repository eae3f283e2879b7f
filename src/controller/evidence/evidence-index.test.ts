import { expect, test } from "vitest";
import { wallTime } from "../../domain/time.ts";
import { EvidenceIndex } from "./evidence-index.ts";

const picture = "a".repeat(64);
const none: ReadonlySet<string> = new Set();
const index = (): EvidenceIndex => new EvidenceIndex({ query: () => [], last: () => 0 }, wallTime(0), 0);
const raised = (at: number, id = "alarm-1") =>
  ({ type: "AlarmRaised", payload: { id, evidence: [picture] }, wall: wallTime(at) }) as const;
const pruned = (at: number) =>
  ({ type: "EvidencePruned", payload: { hashes: [picture] }, wall: wallTime(at) }) as const;

test("a picture belongs to every alarm that names it, since the last", () => {
  const held = index();
  for (const record of [raised(10), raised(30, "alarm-2"), raised(20)]) held.note(record);
  expect(held.belonging(picture, none)).toEqual({ alarmAt: 30 });
  for (const id of ["alarm-1", "alarm-2"]) expect(held.belonging(picture, new Set([id]))).toBe("openAlarm");
});

test("of what has been deleted is kept only that it was, whichever is read first", () => {
  for (const order of [
    [raised(10), pruned(20)],
    [pruned(20), raised(10), pruned(20)],
  ]) {
    const held = index();
    for (const record of order) held.note(record);
    expect(held.belonging(picture, none)).toBeUndefined();
    expect(held.prunedAt(picture)).toBe(20);
  }
});

test("the same picture kept once more after it was deleted belongs to its alarm again", () => {
  for (const order of [
    [raised(10), pruned(20), raised(30)],
    [raised(30), raised(10), pruned(20)],
  ]) {
    const held = index();
    for (const record of order) held.note(record);
    expect(held.belonging(picture, none)).toEqual({ alarmAt: 30 });
  }
});

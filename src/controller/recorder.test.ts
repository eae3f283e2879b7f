import { describe, expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import type { JournalEntry, JournalRecord } from "../ports/journal.ts";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { Recorder } from "./recorder.ts";

const entry = (number: number): JournalEntry => ({
  type: "DoorOpened",
  at: instant(number),
  payload: { number },
});
const entries = (from: number, to: number): JournalEntry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));

function setUp() {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  const told: JournalRecord[] = [];
  const storage: string[] = [];
  const recorder = new Recorder(journal, clock, {
    onRecord: (record) => told.push(record),
    onStorage: (state) => storage.push(state),
  });
  const all = (): JournalRecord[] => {
    const records: JournalRecord[] = [];
    for (let page = journal.query({ limit: 1_000 }); page.length > 0; ) {
      records.push(...page);
      page = journal.query({ limit: 1_000, after: records.at(-1)?.seq ?? 0 });
    }
    return records;
  };
  const numbers = () => all().flatMap(({ payload: { number } }) => (number === undefined ? [] : [number]));
  return { clock, journal, told, storage, recorder, all, numbers };
}

test("tells of a record once it is durable, in order", () => {
  const { recorder, told } = setUp();
  recorder.write(entries(1, 3));
  expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("nothing of a refused write is kept or told of", () => {
  const { recorder, journal, clock, told, numbers, storage } = setUp();
  journal.failNextAppend();
  expect(recorder.write(entries(1, 3))).toBe(false);
  expect(storage).toEqual(["failed"]);
  clock.advance(5_000);
  expect(numbers()).toEqual([]);
  expect(told.filter(({ payload }) => "number" in payload)).toEqual([]);
});

test("a disk that works again is noticed within a second, without anything happening", () => {
  const { recorder, journal, clock, storage } = setUp();
  journal.setDiskFull(true);
  recorder.write([entry(1)]);
  clock.advance(3_500);
  journal.setDiskFull(false);
  clock.advance(1_000);
  expect(storage).toEqual(["failed", "ok"]);
  expect(recorder.storage).toBe("ok");
});

test("what was kept comes before what comes after it", () => {
  const { recorder, journal, numbers } = setUp();
  journal.setDiskFull(true);
  recorder.writeOrKeep(entries(1, 2));
  recorder.writeOrKeep([entry(3)]);
  journal.setDiskFull(false);
  expect(recorder.write([entry(4)])).toBe(true);
  expect(numbers()).toEqual([1, 2, 3, 4]);
});

describe("ten thousand are kept", () => {
  test("and written in order, once", () => {
    const { recorder, journal, clock, numbers, all } = setUp();
    journal.setDiskFull(true);
    recorder.writeOrKeep(entries(1, 900));
    for (let from = 901; from < 10_000; from += 100) recorder.writeOrKeep(entries(from, from + 99));
    journal.setDiskFull(false);
    clock.advance(1_000);
    expect(numbers()).toEqual(entries(1, 10_000).map(({ payload }) => payload.number));
    expect(all().some(({ type }) => type === "RecordsDropped")).toBe(false);
  });

  test("what is more than that costs the oldest, and the record says how many", () => {
    const { recorder, journal, clock, numbers, all } = setUp();
    journal.setDiskFull(true);
    for (let from = 1; from < 10_500; from += 100) recorder.writeOrKeep(entries(from, from + 99));
    journal.setDiskFull(false);
    clock.advance(1_000);
    expect(numbers()).toEqual(entries(501, 10_500).map(({ payload }) => payload.number));
    const records = all();
    const dropped = records.filter(({ type }) => type === "RecordsDropped");
    expect(dropped.map(({ payload }) => payload)).toEqual([{ count: 500, reason: "storageFault" }]);
    // Where they are missing.
    expect(dropped[0]?.seq).toBeLessThan(records.find(({ payload }) => payload.number === 501)?.seq ?? 0);
  });
});

test("storage is not said to be ok while part of what was kept is still in memory", () => {
  const { recorder, journal, clock, storage } = setUp();
  journal.setDiskFull(true);
  recorder.writeOrKeep(entries(1, 900));
  journal.setDiskFull(false);
  const append = journal.append.bind(journal);
  let writes = 0;
  journal.append = (batch) => {
    // The probe and the first batch are taken, the second batch is not.
    if (++writes === 3) journal.failNextAppend();
    return append(batch);
  };
  clock.advance(1_000);
  expect(storage).toEqual(["failed"]);
  clock.advance(1_000);
  expect(storage).toEqual(["failed", "ok"]);
});

describe("T36: a refused write that is on the disk all the same", () => {
  test.each([1, 3, 700])("of %s records is not written again", (count) => {
    const { recorder, journal, clock, numbers } = setUp();
    journal.failNextAppend("kept");
    recorder.writeOrKeep(entries(1, count));
    recorder.writeOrKeep([entry(count + 1)]);
    clock.advance(5_000);
    expect(numbers()).toEqual(entries(1, count + 1).map(({ payload }) => payload.number));
  });

  test("is told of like any other", () => {
    const { recorder, journal, clock, told } = setUp();
    journal.failNextAppend("kept");
    recorder.writeOrKeep(entries(1, 2));
    clock.advance(1_000);
    expect(told.flatMap(({ payload }) => payload.number ?? [])).toEqual([1, 2]);
  });

  test("two alike facts stay two", () => {
    const { recorder, journal, clock, numbers } = setUp();
    journal.failNextAppend("kept");
    recorder.writeOrKeep([entry(1), entry(1)]);
    recorder.writeOrKeep([entry(1)]);
    clock.advance(1_000);
    expect(numbers()).toEqual([1, 1, 1]);
  });
});

test("closed, it takes nothing and wakes nobody", () => {
  const { recorder, journal, clock, numbers } = setUp();
  journal.setDiskFull(true);
  recorder.writeOrKeep([entry(1)]);
  recorder[Symbol.dispose]();
  journal.setDiskFull(false);
  expect(recorder.write([entry(2)])).toBe(false);
  expect(clock.nextWake()).toBeUndefined();
  expect(numbers()).toEqual([]);
});

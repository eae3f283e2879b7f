import { expect, test } from "vitest";
import { JournalForTests } from "../controller/presence/journal-for-tests.ts";
import { instant } from "../domain/time.ts";
import { MemoryPresence } from "../simulation/memory-presence.ts";
import { readInTurns } from "./read-in-turns.ts";

/** A machine on which every look at the clock is a millisecond later. */
function slowClock() {
  let now = 0;
  return { now: () => instant(now++) };
}

test("a start over many records tells every second that it gets on, and answers meanwhile", async () => {
  const journal = new JournalForTests();
  for (let count = 0; count < 4_000; count++)
    journal.add("AccessTaken", { vestibule: "v1", accessPoint: "inner-entry", cardholder: `c${count % 10}` });
  for (let count = 0; count < 500; count++)
    journal.add("AlarmRaised", { id: "v1.DoorHeldOpen", alarm: "DoorHeldOpen", vestibule: "v1" });
  const told: number[] = [];
  const answered: number[] = [];
  const clock = slowClock();
  let isOver = false;
  const answer = (): void => {
    answered.push(1);
    if (!isOver) setImmediate(answer);
  };
  setImmediate(answer);
  const read = await readInTurns({ journal, presence: new MemoryPresence() }, clock, {
    progress: () => told.push(clock.now()),
  });
  isOver = true;
  expect(read.presence.whereabouts.occupancy("v1").secure).toBe(10);
  expect(Object.keys(read.alarms.state)).toEqual(["v1.DoorHeldOpen"]);
  expect(told.length).toBeGreaterThanOrEqual(4);
  expect(Math.min(...told.slice(1).map((at, index) => at - (told[index] ?? 0)))).toBeGreaterThanOrEqual(
    1_000,
  );
  expect(answered.length).toBeGreaterThanOrEqual(200);
});

test("a start that has nothing to read says nothing", async () => {
  const told: number[] = [];
  await readInTurns({ journal: new JournalForTests() }, slowClock(), { progress: () => told.push(1) });
  expect(told).toEqual([]);
});

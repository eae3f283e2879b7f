import { expect, test } from "vitest";
import { instant, type WallTime, wallTime } from "../domain/time.ts";
import { type JournalUnderTest, journalContract } from "../ports/contracts/journal.contract.ts";
import { journalSearchContract } from "../ports/contracts/journal-search.contract.ts";
import { StorageFault } from "../ports/journal.ts";
import { MemoryCursor, MemoryJournal } from "./memory-journal.ts";

journalContract("memory", underTest);
journalSearchContract("memory", underTest);

function underTest(): JournalUnderTest {
  let wall: WallTime = wallTime(0);
  const journal = new MemoryJournal({ wall: () => wall });
  return {
    journal,
    setWall(time) {
      wall = time;
    },
    failNextAppend: () => journal.failNextAppend(),
    [Symbol.dispose]: () => journal[Symbol.dispose](),
  };
}

const entry = { type: "AccessGranted", at: instant(1), payload: {} };

test("a refused record may turn up all the same, when a test asks for it", () => {
  const journal = new MemoryJournal({ wall: () => wallTime(0) });
  journal.failNextAppend("kept");
  expect(() => journal.append([entry])).toThrow(StorageFault);
  expect(journal.append([entry])[0]?.seq).toBe(2);
});

test("a full disk refuses every append until there is room again", () => {
  const journal = new MemoryJournal({ wall: () => wallTime(0) });
  journal.setDiskFull(true);
  expect(() => journal.append([entry])).toThrow(StorageFault);
  expect(() => journal.append([entry])).toThrow(StorageFault);
  journal.setDiskFull(false);
  expect(journal.append([entry])[0]?.seq).toBe(1);
});

test("a cursor moves forward only", () => {
  const cursor = new MemoryCursor();
  cursor.advance(5);
  cursor.advance(3);
  expect(cursor.position()).toBe(5);
});

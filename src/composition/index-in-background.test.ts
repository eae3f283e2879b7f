import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StorageFault } from "../ports/journal.ts";
import { indexInBackground } from "./index-in-background.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A journal that needs this many steps; what a step throws, if anything. */
function journalOf(steps: number, faults: ReadonlyMap<number, Error> = new Map()) {
  let done = 0;
  return {
    done: () => done,
    coverMore: () => {
      done++;
      const fault = faults.get(done);
      if (fault !== undefined) throw fault;
      return done >= steps;
    },
  };
}

test("works through an older journal a little at a time, and then no more", () => {
  const journal = journalOf(3);
  using _indexing = indexInBackground(journal);
  expect(journal.done()).toBe(0);
  vi.advanceTimersByTime(15);
  expect(journal.done()).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(journal.done()).toBe(3);
});

test("a disk that fails is tried again later", () => {
  const journal = journalOf(3, new Map([[2, new StorageFault("the disk is full")]]));
  using _indexing = indexInBackground(journal);
  vi.advanceTimersByTime(1_000);
  expect(journal.done()).toBe(2);
  vi.advanceTimersByTime(5_000);
  expect(journal.done()).toBe(3);
});

test("ends with the controller", () => {
  const journal = journalOf(100);
  indexInBackground(journal)[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(journal.done()).toBe(0);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StartProgress } from "./start-progress.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a part is under way until it is done, whichever way that ended", async () => {
  const start = new StartProgress();
  const vision = Promise.withResolvers<void>();
  const people = Promise.withResolvers<void>();
  const included = [start.include("vision", vision.promise), start.include("demo people", people.promise)];
  expect(start.underWay()).toEqual(["vision", "demo people"]);
  vision.resolve();
  await included[0];
  expect(start.underWay()).toEqual(["demo people"]);
  people.reject(new Error("no portrait"));
  await expect(included[1]).rejects.toThrow("no portrait");
  expect(start.underWay()).toEqual([]);
});

test("what never comes does not keep the box from being ready for ever", () => {
  const start = new StartProgress();
  void start.include("vision", Promise.withResolvers<void>().promise);
  vi.advanceTimersByTime(59_000);
  expect(start.underWay()).toEqual(["vision"]);
  vi.advanceTimersByTime(1_000);
  expect(start.underWay()).toEqual([]);
});

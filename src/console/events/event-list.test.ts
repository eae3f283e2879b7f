import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { recordLimit } from "../live/live-site.ts";
import { mostShown, mostWaiting, withLive, withNewest, withOlder, withWaitingShown } from "./event-list.ts";

const record = (seq: number, type = "DoorOpened") => ({ seq, type }) as unknown as RecordView;
const down = (from: number, count: number) => Array.from({ length: count }, (_, n) => record(from - n));
const numbers = (records: readonly RecordView[]) => records.map(({ seq }) => seq);
const live = (records: readonly RecordView[], complete: number, begins = 0) => ({
  records,
  complete,
  begins,
});
const fits = ({ type }: RecordView) => type === "DoorOpened";

test("what fits and comes while one reads waits, and is drawn on top when asked for", () => {
  const list = withNewest(down(10, 3), true, 10);
  const arrived = withLive(list, live([record(13), record(12, "Other"), record(11), record(10)], 13), fits);
  expect([numbers(arrived.shown), numbers(arrived.waiting)]).toEqual([
    [10, 9, 8],
    [13, 11],
  ]);
  const again = withLive(arrived, live([record(14), record(13), record(11)], 14), fits);
  expect(numbers(withWaitingShown(again).shown)).toEqual([14, 13, 11, 10, 9, 8]);
});

test("a record that the search had already is not shown twice", () => {
  // Record 11 was written between the request and its answer.
  const list = withNewest(down(11, 3), false, 10);
  const arrived = withLive(list, live(down(11, 5), 11), fits);
  expect(numbers(withWaitingShown(arrived).shown)).toEqual([11, 10, 9]);
});

test("numbers that are not for this role are no gap; a stream that began anew further on is", () => {
  const list = withNewest(down(10, 3), false, 10);
  expect(withLive(list, live([record(15)], 15), fits)).toMatchObject({ isBehind: false });
  // It is known at once, before its first record has come.
  expect(withLive(list, live([], 780, 780), fits)).toMatchObject({ isBehind: true, waiting: [] });
  expect(withLive(list, live(down(900, recordLimit), 900), fits)).toMatchObject({ isBehind: true });
});

test("a page that stays open for a month is bounded, in what it shows and in what waits", () => {
  let list = withNewest(down(10, 3), true, 10);
  for (let page = 0; page < 40; page++) list = withOlder(list, down(-page * 100, 100), true);
  expect([list.shown.length, list.hasMore]).toEqual([mostShown, false]);
  for (let seq = 11; seq <= 11 + mostWaiting; seq++) list = withLive(list, live([record(seq)], seq), fits);
  expect([list.waiting.length, list.isBehind]).toEqual([0, true]);
});

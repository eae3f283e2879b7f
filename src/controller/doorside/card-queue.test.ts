import { expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import type { CardRead } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { CardQueue } from "./card-queue.ts";

const card = (number: number): CardRead => ({
  vestibule: "v1",
  accessPoint: "outer-entry",
  number: String(number),
  format: "raw",
  at: instant(number),
});

/** Each card takes `cost` milliseconds; `turn` is the event loop coming round. */
function queueWithRecord(cost: number) {
  const taken: string[] = [];
  const dropped: number[] = [];
  const wakes = new Set<() => void>();
  let now = 0;
  const clock: Pick<Clock, "now" | "wakeAt"> = {
    now: () => instant(now),
    wakeAt: (_at, wake) => {
      wakes.add(wake);
      return { [Symbol.dispose]: () => void wakes.delete(wake) };
    },
  };
  const onCard = ({ number }: CardRead): void => {
    taken.push(number);
    now += cost;
  };
  const queue = new CardQueue(clock as Clock, { onCard, onDropped: (count) => dropped.push(count) }); // the wall clock is not its business
  const turn = (): void => {
    now += 1;
    const due = [...wakes];
    wakes.clear();
    for (const one of due) one();
  };
  return { queue, taken, dropped, turn };
}

test("a card is decided at once", () => {
  const { queue, taken } = queueWithRecord(5);
  queue.offer(card(1));
  expect(taken).toEqual(["1"]);
});

test("cards that arrive together take one slice of the loop's turn; the rest waits for the next, in order", () => {
  const { queue, taken, turn } = queueWithRecord(5);
  for (let number = 1; number <= 25; number += 1) queue.offer(card(number));
  expect(taken).toHaveLength(10);
  turn();
  expect(taken).toHaveLength(20);
  turn();
  expect(taken).toEqual(Array.from({ length: 25 }, (_, index) => String(index + 1)));
});

test("a flood is bounded, and how much of it was dropped is told once", () => {
  const { queue, taken, dropped, turn } = queueWithRecord(5);
  for (let number = 0; number < 3000; number += 1) queue.offer(card(number));
  for (let turns = 0; turns < 200; turns += 1) turn();
  expect(taken).toHaveLength(1010);
  expect(dropped).toEqual([1990]);
  queue.offer(card(3000));
  expect(taken.at(-1)).toBe("3000");
  expect(dropped).toEqual([1990]);
});

test("nothing comes after disposing", () => {
  const { queue, taken, turn } = queueWithRecord(60);
  queue.offer(card(1));
  queue.offer(card(2));
  queue[Symbol.dispose]();
  turn();
  expect(taken).toEqual(["1"]);
});

import { expect, test } from "vitest";
import { instant } from "../domain/time.ts";
import { atOnce, inTurns } from "./in-turns.ts";

/** Work of so many steps, each of which takes some milliseconds. */
function laborious(steps: number, each: number) {
  let now = 0;
  function* work(): Generator<number, string> {
    for (let step = 1; step <= steps; step++) {
      now += each;
      yield step;
    }
    return "done";
  }
  return { work: work(), clock: { now: () => instant(now) } };
}

/** How often the loop has turned until `done`. */
async function turnsUntil(done: Promise<unknown>): Promise<number> {
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await done;
  counting = false;
  return turns;
}

test("the loop turns every 20 ms of what takes long", async () => {
  const turned: number[] = [];
  const { work, clock } = laborious(100, 5);
  const result = inTurns(work, clock, () => turned.push(clock.now()));
  expect(await turnsUntil(result)).toBeGreaterThanOrEqual(24);
  expect(await result).toBe("done");
  expect(turned).toEqual(Array.from({ length: 25 }, (_, turn) => 20 * (turn + 1)));
});

test("what is quickly done holds nobody up, and is done at once", async () => {
  const { work, clock } = laborious(100, 0.1);
  let turned = false;
  const result = await inTurns(work, clock, () => {
    turned = true;
  });
  expect({ result, turned }).toEqual({ result: "done", turned: false });
});

test("a fault of the work is the caller's", async () => {
  function* failing(): Generator<number, never> {
    yield 1;
    throw new Error("no such page");
  }
  await expect(inTurns(failing(), { now: () => instant(0) })).rejects.toThrow("no such page");
});

test("the same at once", () => {
  expect(atOnce(laborious(3, 1_000).work)).toBe("done");
});

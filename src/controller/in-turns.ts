import { setImmediate as turn } from "node:timers/promises";
import type { Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";

/** Whoever asks whether this process lives, or wants it to stop, waits no longer for the loop to turn. */
const longestTurn: Milliseconds = 20;

/** Does what takes as long as there are records, without holding up the loop: it may turn wherever the work yields. */
export async function inTurns<Result>(
  work: Generator<unknown, Result>,
  clock: Pick<Clock, "now">,
  onTurn: () => void = () => {},
): Promise<Result> {
  for (let began = clock.now(); ; ) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (clock.now() - began < longestTurn) continue;
    onTurn();
    await turn();
    began = clock.now();
  }
}

/** The same where there is little to do. */
export function atOnce<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

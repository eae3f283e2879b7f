import { setTimeout as pause } from "node:timers/promises";

/** Waits until `condition` holds, looking every few milliseconds; fails by name when `limit` is over. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limit = 15_000,
): Promise<void> {
  const deadline = performance.now() + limit;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${limit} ms: ${what}`);
    await pause(5);
  }
}

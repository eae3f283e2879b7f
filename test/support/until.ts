import { setTimeout as sleep } from "node:timers/promises";

/** Resolves as soon as the condition holds; rejects, naming `what`, when it does not within the limit. */
export async function until(condition: () => boolean, what: string, limit = 20_000): Promise<void> {
  const end = performance.now() + limit;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${limit / 1000} s in vain for ${what}`);
    await sleep(10);
  }
}

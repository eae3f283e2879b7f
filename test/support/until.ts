import { setTimeout as sleep } from "node:timers/promises";

/** Resolves as soon as the condition holds; rejects, naming `what`, when it does not within the limit. */
export async function until(condition: () => boolean, what: string, limit = 20_000): Promise<void> {
  const end = performance.now() + limit;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited ${limit / 1000} s in vain for ${what}`);
    await sleep(10);
  }
}

/** The first thing seen that is not undefined; rejects, naming `what`, when there is none within the limit. */
export async function seen<Thing>(
  look: () => Promise<Thing | undefined>,
  what: string | (() => string),
  limit = 20_000,
): Promise<Thing> {
  const end = performance.now() + limit;
  for (;;) {
    const thing = await look();
    if (thing !== undefined) return thing;
    if (performance.now() > end) {
      throw new Error(`waited ${limit / 1000} s in vain for ${typeof what === "string" ? what : what()}`);
    }
    await sleep(25);
  }
}

import type { Page } from "playwright-core";
import { expect } from "vitest";

export interface Noticed {
  /** Milliseconds from when it was so until the page showed it. */
  readonly after: number;
  /** The longest time for which the page itself did nothing meanwhile. */
  readonly stoodStill: number;
}

const ticks = 50;
/** More than a page is ever busy by itself: then the machine gave it no time. */
const standstill = 300;
const trials = 3;

/**
 * How soon a page shows what `cause` brings about, by its own clock: whoever asks it from outside looks only now and
 * then. `shows`: an expression that holds once it is shown.
 */
export async function noticed(page: Page, shows: string, cause: () => unknown): Promise<Noticed> {
  await page.evaluate(`{
    const noticed = (window.noticed = { at: null, stoodStill: 0 });
    const end = () => (watcher.disconnect(), clearInterval(clock));
    const look = () => {
      if (noticed.at === null && (${shows})) (noticed.at = Date.now()), end();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    let last = performance.now();
    const clock = setInterval(() => {
      const now = performance.now();
      noticed.stoodStill = Math.max(noticed.stoodStill, now - last - ${ticks});
      last = now;
    }, ${ticks});
    look();
  }`);
  await cause();
  const caused = Date.now();
  const ask = () => page.evaluate<{ at: number | null; stoodStill: number }>("window.noticed");
  await expect.poll(async () => (await ask()).at, { message: shows, timeout: 20_000 }).not.toBeNull();
  const { at, stoodStill } = await ask();
  return { after: (at ?? Number.NaN) - caused, stoodStill };
}

/** A page keeps its word while it runs: where it was given no time, the trial says nothing and is done again. */
export async function noticedWithin(limit: number, trial: () => Promise<Noticed>): Promise<void> {
  for (let left = trials; left > 0; left--) {
    const { after, stoodStill } = await trial();
    if (left > 1 && after >= limit && stoodStill > standstill) continue;
    expect(after).toBeLessThan(limit);
    return;
  }
}

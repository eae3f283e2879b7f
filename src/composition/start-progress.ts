import type { Milliseconds } from "../domain/time.ts";

/** A part that is not there by then is a fault with an alarm of its own, no start that goes on. */
const longestStart: Milliseconds = 60_000;

/**
 * Which parts of the first start are still under way. Only of the start: what is lost later is lost, with an alarm, and
 * whoever waits for the box to be ready need not wait for it again.
 */
export class StartProgress {
  readonly #underWay = new Set<string>();

  /** Until `done` settles, whichever way, or it has taken too long. */
  async include(part: string, done: Promise<unknown>): Promise<void> {
    this.#underWay.add(part);
    const impatience = setTimeout(() => this.#underWay.delete(part), longestStart);
    try {
      await done;
    } finally {
      clearTimeout(impatience);
      this.#underWay.delete(part);
    }
  }

  underWay(): readonly string[] {
    return [...this.#underWay];
  }
}

import { SeededRandom } from "../../src/simulation/seeded-random.ts";

/** What chance decides in one run. Each use has a stream of its own, so that one more draw here changes nothing there. */
export class Draw {
  readonly #random: SeededRandom;

  constructor(seed: number, stream: string) {
    let mixed = seed | 0;
    for (const character of stream) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
    this.#random = new SeededRandom(mixed ^ (mixed >>> 15));
    // The first numbers of neighbouring seeds resemble each other.
    for (let drawn = 0; drawn < 4; drawn++) this.#random.between(0, 1);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return this.#random.between(low, high);
  }

  /** True in `share` of all cases, from 0 to 1. */
  chance(share: number): boolean {
    return this.between(0, 999_999) < share * 1_000_000;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** Each with its share, in proportion. */
  weighted<Item extends string>(shares: Readonly<Record<Item, number>>): Item {
    const entries = Object.entries(shares) as [Item, number][]; // the keys are the record's own
    let left = (this.between(0, 9_999) / 10_000) * entries.reduce((sum, [, share]) => sum + share, 0);
    for (const [item, share] of entries) {
      left -= share;
      if (left < 0) return item;
    }
    const last = entries.at(-1);
    if (last === undefined) throw new RangeError("nothing to draw from");
    return last[0];
  }
}

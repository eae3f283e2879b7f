/** Random numbers a seed repeats exactly, and what is made of them. */
export interface Dice {
  /** From 0 up to 1. */
  next(): number;
  between(low: number, high: number): number;
  /** True in `share` of the cases. */
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** About −2 to 2, mean 0, deviation 1: the sum of four even ones. */
  normal(): number;
}

/** Mulberry32. */
export function dice(seed: number): Dice {
  let state = (seed ^ 0x51f15e) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: (share) => next() < share,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    normal: () => (next() + next() + next() + next() - 2) * 1.732,
  };
}

/**
 * A smooth wandering about 0, as hands and heads have: three sine waves of 0.15 to 1.4 Hz.
 * @param extent about the largest value reached
 */
export function wander(random: Dice, extent: number): (seconds: number) => number {
  const waves = [
    { rate: 0.15, share: 0.6 },
    { rate: 0.4, share: 0.3 },
    { rate: 0.9, share: 0.1 },
  ].map(({ rate, share }) => ({
    rate: rate * random.between(0.8, 1.55) * 2 * Math.PI,
    phase: random.between(0, 2 * Math.PI),
    height: extent * share,
  }));
  return (seconds) =>
    waves.reduce((sum, { rate, phase, height }) => sum + height * Math.sin(rate * seconds + phase), 0);
}

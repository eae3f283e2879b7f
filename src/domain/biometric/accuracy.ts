/** How well distances tell people apart: error rates over many comparisons, after ISO/IEC 19795-1. */

/** A share with its 95 % interval (Wilson). Comparisons that share pictures are not independent, so it is narrow. */
export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5th percentile of the normal distribution: 95 % lie within ± 1.96 deviations. */
const z95 = 1.959964;

export function wilson(hits: number, of: number): Share {
  if (of === 0) return { share: Number.NaN, low: 0, high: 1 };
  const share = hits / of;
  const square = (z95 * z95) / of;
  const centre = (share + square / 2) / (1 + square);
  const half = (z95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of))) / (1 + square);
  return {
    share,
    low: hits === 0 ? 0 : Math.max(0, centre - half),
    high: hits === of ? 1 : Math.min(1, centre + half),
  };
}

export interface OperatingPoint {
  /** Distances at or under it match. */
  readonly threshold: number;
  /** Share of genuine comparisons refused. */
  readonly fnmr: Share;
  /** Impostor comparisons that match: under about 10 of them the threshold is an unsteady figure. */
  readonly falseMatches: number;
}

/** The largest threshold at which no more than `falseMatchRate` of the impostors match. Both lists ascending. */
export function operatingPoint(
  genuine: Float32Array,
  impostor: Float32Array,
  falseMatchRate: number,
): OperatingPoint {
  const allowed = Math.floor(falseMatchRate * impostor.length);
  const firstTooMany = impostor[allowed];
  // Just under the first impostor that must not match; with none to fear, everything may.
  const threshold = firstTooMany === undefined ? 2 : firstTooMany - 1e-6;
  return {
    threshold,
    fnmr: wilson(genuine.length - countUpTo(genuine, threshold), genuine.length),
    falseMatches: countUpTo(impostor, threshold),
  };
}

/** How many of the ascending `distances` are at or under `threshold`. */
export function countUpTo(distances: Float32Array, threshold: number): number {
  let low = 0;
  let high = distances.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((distances[middle] ?? Number.POSITIVE_INFINITY) <= threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One person's comparisons: how many went wrong, of how many. */
export interface PersonCount {
  readonly hits: number;
  readonly of: number;
}

/** How often people are drawn anew. */
const rounds = 1000;

/**
 * 95 % interval of a share when not comparisons but people are drawn anew (bootstrap): comparisons of one person's
 * pictures go wrong together, so it is wider than Wilson's. `random` gives 0 to 1, 1 left out.
 */
export function overPeople(people: readonly PersonCount[], random: () => number): Interval {
  return percentiles(() => {
    let hits = 0;
    let of = 0;
    for (let draw = 0; draw < people.length; draw += 1) {
      const person = people[Math.floor(random() * people.length)];
      hits += person?.hits ?? 0;
      of += person?.of ?? 0;
    }
    return hits / of;
  });
}

/** How often a person stands on either side of an impostor comparison. */
export interface Sides {
  readonly enrolled: readonly number[];
  readonly probes: readonly number[];
}

/**
 * The same for false matches, which have two people each. `matches`: the people of every false match, the enrolled one
 * first. Everybody's probes were compared with everybody else's templates.
 */
export function overPairsOfPeople(
  matches: readonly (readonly [enrolled: number, probe: number])[],
  { enrolled, probes }: Sides,
  random: () => number,
): Interval {
  const count = enrolled.length;
  return percentiles(() => {
    const times = new Uint32Array(count);
    for (let draw = 0; draw < count; draw += 1) {
      const person = Math.floor(random() * count);
      times[person] = (times[person] ?? 0) + 1;
    }
    let templates = 0;
    let others = 0;
    let same = 0;
    for (const [person, drawn] of times.entries()) {
      const [one, other] = [drawn * (enrolled[person] ?? 0), drawn * (probes[person] ?? 0)];
      templates += one;
      others += other;
      same += one * other;
    }
    let hits = 0;
    for (const [one, other] of matches) hits += (times[one] ?? 0) * (times[other] ?? 0);
    return hits / (templates * others - same);
  });
}

function percentiles(drawn: () => number): Interval {
  const shares = Array.from({ length: rounds }, drawn)
    .filter((share) => Number.isFinite(share))
    .toSorted((one, other) => one - other);
  const at = (share: number): number => shares[Math.floor(share * (shares.length - 1))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

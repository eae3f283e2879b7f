import { type DayKind, dayKinds, type Schedule } from "../access/schedule.ts";

const minutesOfDay = 1440;
/** Minutes are bits: words of 32. */
const wordsOfDay = minutesOfDay / 32;
/** Every kind of day after every kind of day. */
const allWords = dayKinds.length ** 2 * wordsOfDay;

const known = new WeakMap<Schedule, OpenTimes>();

/**
 * When a schedule is open: for every kind of day after every kind of day, since a span over midnight belongs to the
 * day on which it began. Sets of them can be compared minute by minute, hundreds of levels within a decision's time.
 */
export class OpenTimes {
  /** By today's kind, yesterday's, and minute. */
  readonly #bits: Uint32Array;

  private constructor(bits: Uint32Array) {
    this.#bits = bits;
  }

  static readonly always = new OpenTimes(new Uint32Array(allWords).fill(0xffffffff));
  static readonly never = new OpenTimes(new Uint32Array(allWords));

  static of(schedule: "always" | Schedule): OpenTimes {
    if (schedule === "always") return OpenTimes.always;
    const times = known.get(schedule) ?? new OpenTimes(bitsOf(schedule));
    known.set(schedule, times);
    return times;
  }

  and(other: OpenTimes): OpenTimes {
    return this.#with(other, (a, b) => a & b);
  }

  or(other: OpenTimes): OpenTimes {
    return this.#with(other, (a, b) => a | b);
  }

  without(other: OpenTimes): OpenTimes {
    return this.#with(other, (a, b) => a & ~b);
  }

  isEmpty(): boolean {
    return this.#bits.every((bits) => bits === 0);
  }

  /**
   * What of it belongs to a day of this kind: the day itself after every other, and every other after it. To be
   * compared with the same of another kind alone.
   */
  around(kind: DayKind): OpenTimes {
    return this.#rows(kind, "both");
  }

  /** The morning after a day of this kind, where a span over midnight has its end. */
  after(kind: DayKind): OpenTimes {
    return this.#rows(kind, "after");
  }

  #rows(kind: DayKind, which: "both" | "after"): OpenTimes {
    const day = dayKinds.indexOf(kind);
    const places = dayKinds.flatMap((_, other) =>
      which === "both" ? [placeOf(day, other), placeOf(other, day)] : [placeOf(other, day)],
    );
    const bits = new Uint32Array(places.length * wordsOfDay);
    for (const [row, place] of places.entries())
      bits.set(this.#bits.subarray(place, place + wordsOfDay), row * wordsOfDay);
    return new OpenTimes(bits);
  }

  #with(other: OpenTimes, combine: (a: number, b: number) => number): OpenTimes {
    const { length } = this.#bits;
    const bits = new Uint32Array(length);
    for (let word = 0; word < length; word += 1)
      bits[word] = combine(at(this.#bits, word), at(other.#bits, word));
    return new OpenTimes(bits);
  }
}

function bitsOf({ spans }: Schedule): Uint32Array {
  const bits = new Uint32Array(allWords);
  for (const { days, from, to } of spans) {
    for (const [kind, day] of dayKinds.entries()) {
      if (!days.includes(day)) continue;
      for (const other of dayKinds.keys()) {
        fill(bits, placeOf(kind, other), from, from < to ? to : minutesOfDay);
        if (from >= to) fill(bits, placeOf(other, kind), 0, to);
      }
    }
  }
  return bits;
}

const placeOf = (today: number, yesterday: number): number =>
  (today * dayKinds.length + yesterday) * wordsOfDay;

function fill(bits: Uint32Array, place: number, from: number, to: number): void {
  for (let minute = from; minute < to; minute += 1) {
    const word = place + (minute >> 5);
    bits[word] = at(bits, word) | (1 << (minute & 31));
  }
}

const at = (bits: Uint32Array, word: number): number => bits[word] ?? 0;

import { type DayKind, type Schedule, weekdays } from "../access/schedule.ts";

export const dayKinds: readonly DayKind[] = [...weekdays, "holiday"];

const minutesOfDay = 1440;
const words = minutesOfDay / 32;

/** The minutes of one day, as bits. */
type Minutes = Uint32Array;

/**
 * When a schedule is open: for every kind of day after every kind of day, since a span over midnight belongs to the
 * day on which it began. Sets of them can be compared minute by minute.
 */
export class OpenTimes {
  /** By today's kind and yesterday's. */
  readonly #days: readonly Minutes[];

  private constructor(days: readonly Minutes[]) {
    this.#days = days;
  }

  static of(schedule: "always" | Schedule): OpenTimes {
    if (schedule === "always") return OpenTimes.always;
    const today = dayKinds.map((kind) => minutesOn(schedule, kind));
    const carried = dayKinds.map((kind) => minutesAfter(schedule, kind));
    return new OpenTimes(
      today.flatMap((own) => carried.map((over) => own.map((bits, i) => bits | at(over, i)))),
    );
  }

  static readonly always = new OpenTimes(pairs(() => new Uint32Array(words).fill(0xffffffff)));
  static readonly never = new OpenTimes(pairs(() => new Uint32Array(words)));

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
    return this.#days.every((minutes) => minutes.every((bits) => bits === 0));
  }

  /** Whether a day of kind `to` lets anybody in, then or in the night after it, when one of kind `from` does not. */
  isWiderOn(to: DayKind, from: DayKind): boolean {
    const [wider, narrower] = [dayKinds.indexOf(to), dayKinds.indexOf(from)];
    return dayKinds.some((_, other) =>
      [
        [this.#day(wider, other), this.#day(narrower, other)],
        [this.#day(other, wider), this.#day(other, narrower)],
      ].some(([a, b]) => a !== undefined && b !== undefined && a.some((bits, i) => (bits & ~at(b, i)) !== 0)),
    );
  }

  #day(today: number, yesterday: number): Minutes | undefined {
    return this.#days[today * dayKinds.length + yesterday];
  }

  #with(other: OpenTimes, combine: (a: number, b: number) => number): OpenTimes {
    const days = this.#days.map((minutes, day) => {
      const others = other.#days[day];
      return minutes.map((bits, i) => combine(bits, others === undefined ? 0 : at(others, i)));
    });
    return new OpenTimes(days);
  }
}

function pairs(minutes: () => Minutes): readonly Minutes[] {
  return Array.from({ length: dayKinds.length ** 2 }, minutes);
}

/** What a day of this kind opens on the day itself. */
function minutesOn({ spans }: Schedule, kind: DayKind): Minutes {
  const minutes = new Uint32Array(words);
  for (const { days, from, to } of spans)
    if (days.includes(kind)) fill(minutes, from, from < to ? to : minutesOfDay);
  return minutes;
}

/** What it opens after its midnight. */
function minutesAfter({ spans }: Schedule, kind: DayKind): Minutes {
  const minutes = new Uint32Array(words);
  for (const { days, from, to } of spans) if (from >= to && days.includes(kind)) fill(minutes, 0, to);
  return minutes;
}

function fill(minutes: Minutes, from: number, to: number): void {
  for (let minute = from; minute < to; minute += 1) {
    const word = minute >> 5;
    minutes[word] = at(minutes, word) | (1 << (minute & 31));
  }
}

const at = (minutes: Minutes, word: number): number => minutes[word] ?? 0;

import { Temporal } from "temporal-polyfill";

interface Offset {
  /** From this instant on; epoch milliseconds. */
  readonly from: number;
  readonly milliseconds: number;
}

const day = 86_400_000;

/**
 * The site's wall clock. The time zone's changes are looked up once for the period, so that a hundred thousand times
 * are written in no time.
 */
export class SiteTime {
  readonly #timeZone: string;
  readonly #offsets: Offset[] = [];
  readonly #midnights = new Map<string, number>();
  /** Up to here the changes are known. */
  #known = Number.NEGATIVE_INFINITY;

  constructor(timeZone: string, from: number) {
    this.#timeZone = timeZone;
    this.#restart(from - 2 * day);
  }

  /** `2026-03-29 03:00:07`. */
  text(wall: number): string {
    return this.#local(wall).replace("T", " ").slice(0, 19);
  }

  /** `03:00:07`. */
  timeText(wall: number): string {
    return this.#local(wall).slice(11, 19);
  }

  /** `2026-03-29`. */
  dayOf(wall: number): string {
    return this.#local(wall).slice(0, 10);
  }

  /** When the day after the one of `wall` begins there: 23, 24 or 25 hours after that one did. */
  nextDay(wall: number): number {
    const today = this.dayOf(wall);
    const known = this.#midnights.get(today);
    if (known !== undefined) return known;
    const date = Temporal.PlainDate.from(today).add({ days: 1 });
    const midnight = date.toZonedDateTime(this.#timeZone).epochMilliseconds;
    this.#midnights.set(today, midnight);
    return midnight;
  }

  #local(wall: number): string {
    return new Date(Math.floor(wall) + this.#offsetAt(wall)).toISOString();
  }

  #offsetAt(wall: number): number {
    const first = this.#offsets[0];
    if (first === undefined || wall < first.from) this.#restart(wall);
    while (wall >= this.#known) this.#extend();
    for (let at = this.#offsets.length - 1; at >= 0; at--) {
      const offset = this.#offsets[at];
      if (offset !== undefined && wall >= offset.from) return offset.milliseconds;
    }
    return 0; // the list begins at or before `wall`
  }

  #restart(wall: number): void {
    const from = Math.floor(wall);
    const { offsetNanoseconds } = this.#at(from);
    this.#offsets.splice(0, this.#offsets.length, { from, milliseconds: offsetNanoseconds / 1e6 });
    this.#known = from;
    this.#extend();
  }

  #extend(): void {
    const last = this.#offsets.at(-1);
    const next = this.#at(Math.max(this.#known, last?.from ?? this.#known)).getTimeZoneTransition("next");
    if (next === null) {
      this.#known = Number.POSITIVE_INFINITY;
      return;
    }
    this.#offsets.push({ from: next.epochMilliseconds, milliseconds: next.offsetNanoseconds / 1e6 });
    this.#known = next.epochMilliseconds;
  }

  #at(wall: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO(this.#timeZone);
  }
}

/** `31:05` hours and minutes; seconds are cut off. */
export function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

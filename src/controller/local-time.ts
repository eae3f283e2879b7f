import { Temporal } from "temporal-polyfill";
import { type DayKind, type LocalTime, weekdays } from "../domain/access/access.ts";
import type { WallTime } from "../domain/time.ts";

/** The site's calendar: turns the wall clock into what schedules are written in (A9). */
export class SiteCalendar {
  readonly #timeZone: string;
  readonly #holidays: ReadonlySet<string>;

  /** `holidays`: dates as YYYY-MM-DD. */
  constructor(timeZone: string, holidays: readonly string[]) {
    this.#timeZone = timeZone;
    this.#holidays = new Set(holidays);
  }

  localTime(wall: WallTime): LocalTime {
    const here = Temporal.Instant.fromEpochMilliseconds(Math.floor(wall)).toZonedDateTimeISO(this.#timeZone);
    const today = here.toPlainDate();
    return {
      day: this.#dayKind(today),
      yesterday: this.#dayKind(today.subtract({ days: 1 })),
      minute: here.hour * 60 + here.minute,
    };
  }

  #dayKind(date: Temporal.PlainDate): DayKind {
    if (this.#holidays.has(date.toString())) return "holiday";
    return weekdays[date.dayOfWeek - 1] ?? "holiday";
  }
}

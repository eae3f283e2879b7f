import { Temporal } from "temporal-polyfill";
import {
  calendarOf,
  type DayKindOf,
  type LocalTime,
  type MarkedDay,
  type RunningSpan,
} from "../domain/access/access.ts";
import { type WallTime, wallTime } from "../domain/time.ts";

const wholeDay = 1440;

/** The site's calendar: turns the wall clock into what schedules are written in (A9). */
export class SiteCalendar {
  readonly #timeZone: string;
  #kindOf: DayKindOf;

  constructor(timeZone: string, marked: readonly MarkedDay[]) {
    this.#timeZone = timeZone;
    this.#kindOf = calendarOf(marked);
  }

  /** From now on these days are other than their weekday. */
  observe(marked: readonly MarkedDay[]): void {
    this.#kindOf = calendarOf(marked);
  }

  /** The site's date, as YYYY-MM-DD. */
  dateOf(wall: WallTime): string {
    return this.#at(wall).toPlainDate().toString();
  }

  localTime(wall: WallTime): LocalTime {
    const here = this.#at(wall);
    const today = here.toPlainDate();
    return {
      day: this.#kindOf(today.toString()),
      yesterday: this.#kindOf(today.subtract({ days: 1 }).toString()),
      minute: here.hour * 60 + here.minute,
    };
  }

  /**
   * When a span that runs at `wall` began, and when it will be over. What clocks skip begins and ends when they do;
   * what comes twice begins with the first and ends with the last.
   */
  extentOf(span: RunningSpan, wall: WallTime): { readonly from: WallTime; readonly until: WallTime } {
    const today = this.#at(wall).toPlainDate();
    const first = span.began === "today" ? today : today.subtract({ days: 1 });
    const last = span.ends === "today" ? today : today.add({ days: 1 });
    return {
      from: this.#instantOf(first, span.from, "earlier"),
      until: this.#instantOf(last, span.to, "later"),
    };
  }

  #instantOf(date: Temporal.PlainDate, minute: number, which: "earlier" | "later"): WallTime {
    // Midnight is when the day begins, whatever clocks do then.
    if (minute % wholeDay === 0)
      return wallTime(
        date.add({ days: minute / wholeDay }).toZonedDateTime(this.#timeZone).epochMilliseconds,
      );
    const local = date.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
    const found = local.toZonedDateTime(this.#timeZone, { disambiguation: which });
    if (found.toPlainDateTime().equals(local)) return wallTime(found.epochMilliseconds);
    const before = local.toZonedDateTime(this.#timeZone, { disambiguation: "earlier" });
    return wallTime((before.getTimeZoneTransition("next") ?? before).epochMilliseconds);
  }

  #at(wall: WallTime): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(wall)).toZonedDateTimeISO(this.#timeZone);
  }
}

import { useEffect, useMemo, useState } from "react";
import { type DayKind, type LocalTime, weekdays } from "../../domain/access/access.ts";
import { useSite } from "../live/use-site.ts";
import { datePlus } from "./holiday-dates.ts";

export interface SiteTime extends LocalTime {
  readonly zone: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** What the site's own clocks show at an instant; which day of the week, unless it is a holiday. */
export function siteTimeAt(zone: string, epochMs: number, holidays: ReadonlySet<string>): SiteTime {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hourCycle: "h23" },
      ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    })
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
  const kind = (day: string): DayKind => (holidays.has(day) ? "holiday" : weekdayOfDate(day));
  return {
    ...{ zone, date, day: kind(date), yesterday: kind(datePlus(date, -1)) },
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}

export function weekdayOfDate(date: string): (typeof weekdays)[number] {
  const sundayIsZero = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekdays[(sundayIsZero + 6) % 7] ?? "monday";
}

const tickMs = 10_000;

/** By the controller's clock, which decides; this computer's only counts on from what it last said. */
export function useSiteTime(holidays: ReadonlySet<string>): SiteTime | null {
  const clock = useSite().state?.clock;
  const [, setTick] = useState(0);
  const ahead = useMemo(() => (clock === undefined ? 0 : Date.parse(clock.wall) - Date.now()), [clock]);
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), tickMs);
    return () => clearInterval(timer);
  }, []);
  return clock === undefined ? null : siteTimeAt(clock.timeZone, Date.now() + ahead, holidays);
}

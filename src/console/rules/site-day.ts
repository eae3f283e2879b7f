import { useEffect, useState } from "react";
import { type DayKind, type LocalTime, weekdays } from "../../domain/access/access.ts";
import { useSite } from "../live/use-site.ts";
import { siteMinuteOf } from "../texts/site-time.ts";
import { minuteOf } from "./blocks.ts";
import { datePlus } from "./holiday-dates.ts";

export interface SiteDay extends LocalTime {
  readonly zone: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** What the site's own clocks show at an instant; which day of the week, unless it is a holiday. */
export function siteDayAt(zone: string, epochMs: number, holidays: ReadonlySet<string>): SiteDay {
  const [date = "", time = ""] = siteMinuteOf(epochMs, zone).split("T");
  const kind = (day: string): DayKind => (holidays.has(day) ? "holiday" : weekdayOfDate(day));
  return {
    ...{ zone, date, day: kind(date), yesterday: kind(datePlus(date, -1)) },
    minute: minuteOf(time),
  };
}

export function weekdayOfDate(date: string): (typeof weekdays)[number] {
  const sundayIsZero = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekdays[(sundayIsZero + 6) % 7] ?? "monday";
}

const tickMs = 10_000;

/** By the controller's clock, which decides; this computer's only counts on from what it last said. */
export function useSiteDay(holidays: ReadonlySet<string>): SiteDay | null {
  const clock = useSite().state?.clock;
  const wall = clock === undefined ? undefined : Date.parse(clock.wall);
  const [counted, setCounted] = useState({ from: 0, to: 0 });
  useEffect(() => {
    if (wall === undefined) return;
    const ahead = wall - Date.now();
    const timer = setInterval(() => setCounted({ from: wall, to: Date.now() + ahead }), tickMs);
    return () => clearInterval(timer);
  }, [wall]);
  if (clock === undefined || wall === undefined) return null;
  return siteDayAt(clock.timeZone, counted.from === wall ? counted.to : wall, holidays);
}

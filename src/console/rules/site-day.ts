import { useEffect, useState } from "react";
import { calendarOf, type DayKindOf, type LocalTime, weekdayOf } from "../../domain/access/access.ts";
import { useSite } from "../live/use-site.ts";
import { siteMinuteOf } from "../texts/site-time.ts";
import { datePlus } from "./holidays/holiday-dates.ts";
import { minuteOf } from "./schedules/blocks.ts";

export interface SiteDay extends LocalTime {
  readonly zone: string;
  /** YYYY-MM-DD */
  readonly date: string;
}

/** What the site's own clocks show at an instant, and which kind of day it is there. */
export function siteDayAt(zone: string, epochMs: number, kindOf: DayKindOf): SiteDay {
  const [date = "", time = ""] = siteMinuteOf(epochMs, zone).split("T");
  return {
    ...{ zone, date, day: kindOf(date), yesterday: kindOf(datePlus(date, -1)) },
    minute: minuteOf(time),
  };
}

export const weekdayOfDate = weekdayOf;

/** Of a calendar without a special day. */
export const plainCalendar: DayKindOf = calendarOf([]);

const tickMs = 10_000;

/** By the controller's clock, which decides; this computer's only counts on from what it last said. */
export function useSiteDay(kindOf: DayKindOf): SiteDay | null {
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
  return siteDayAt(clock.timeZone, counted.from === wall ? counted.to : wall, kindOf);
}

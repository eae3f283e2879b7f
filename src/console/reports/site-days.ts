import { instantOf, siteMinuteOf } from "../texts/site-time.ts";

/** `2026-11-20`: a day of the site, wherever whoever looks at it sits. */
export type SiteDay = string;

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** What stands in an address or a field may be anything. */
export function isSiteDay(text: string | null): text is SiteDay {
  if (text === null || !dayForm.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

export const siteDayOf = (instant: number, timeZone: string): SiteDay =>
  siteMinuteOf(instant, timeZone).slice(0, 10);

export function daysLater(day: SiteDay, days: number): SiteDay {
  const later = new Date(`${day}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}

/** When that day begins there: at midnight, or where clocks go forward at midnight, an hour later. */
export const beginOf = (day: SiteDay, timeZone: string): number => instantOf(`${day}T00:00`, timeZone);

/** The last millisecond of that day: the next one begins right after it. */
export const endOf = (day: SiteDay, timeZone: string): number => beginOf(daysLater(day, 1), timeZone) - 1;

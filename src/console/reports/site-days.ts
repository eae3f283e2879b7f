/** `2026-11-20`: a day of the site, wherever whoever looks at it sits. */
export type SiteDay = string;

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** What stands in an address or a field may be anything. */
export function isSiteDay(text: string | null): text is SiteDay {
  if (text === null || !dayForm.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

export function siteDayOf(instant: number, timeZone: string): SiteDay {
  const parts = wallParts(instant, timeZone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

export function daysLater(day: SiteDay, days: number): SiteDay {
  const later = new Date(`${day}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}

/** When that day begins there: at midnight, or where clocks go forward at midnight, an hour later. */
export function beginOf(day: SiteDay, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  // The first guess is off by the zone; the second by a change of the clocks between the two.
  const guess = wanted - offsetAt(wanted, timeZone);
  const begin = wanted - offsetAt(guess, timeZone);
  return siteDayOf(begin, timeZone) < day ? begin + 3_600_000 : begin;
}

/** The last millisecond of that day: the next one begins right after it. */
export const endOf = (day: SiteDay, timeZone: string): number => beginOf(daysLater(day, 1), timeZone) - 1;

function offsetAt(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallParts(instant, timeZone);
  const asUtc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return asUtc - Math.floor(instant / 1_000) * 1_000;
}

type WallParts = Readonly<Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>>;

const formats = new Map<string, Intl.DateTimeFormat>();

function wallParts(instant: number, timeZone: string): WallParts {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
    });
  if (known === undefined) formats.set(timeZone, format);
  const found = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const part = (name: keyof WallParts): string => found[name] ?? "00";
  return {
    ...{ year: part("year"), month: part("month"), day: part("day") },
    ...{ hour: part("hour"), minute: part("minute"), second: part("second") },
  };
}

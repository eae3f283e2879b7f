import { type DayKind, type MarkedDay, weekdays } from "./schedule.ts";

/** Which kind of day a date, YYYY-MM-DD, is at the site. */
export type DayKindOf = (date: string) => DayKind;

/**
 * A9: a date counts as what it is marked as, else as its weekday. A mark with its own date goes before one that comes
 * back every year, and so makes an exception of it; of two for the same date the later in the list counts.
 */
export function calendarOf(marked: readonly MarkedDay[]): DayKindOf {
  const dated = new Map(marked.filter(({ yearly }) => !yearly).map(({ date, as }) => [date, as]));
  const yearly = new Map(marked.filter((day) => day.yearly).map((day) => [dayOfYear(day.date), day]));
  return (date) => {
    const once = dated.get(date);
    if (once !== undefined) return once;
    const every = yearly.get(dayOfYear(date));
    return every !== undefined && every.date <= date ? every.as : weekdayOf(date);
  };
}

/** `10-01`; 29 February comes back in leap years alone. */
export const dayOfYear = (date: string): string => date.slice(5);

/** Whether there is such a date: 29 February in leap years alone. */
export function isInCalendar(date: string): boolean {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return day >= 1 && day <= daysOf(year, month);
}

export function dayBefore(date: string): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  if (day > 1) return dateOf(year, month, day - 1);
  const [y, m] = month > 1 ? [year, month - 1] : [year - 1, 12];
  return dateOf(y, m, daysOf(y, m));
}

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const dateOf = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");

/** Of a date of the Gregorian calendar, by Sakamoto's way: January and February belong to the year before. */
export function weekdayOf(date: string): (typeof weekdays)[number] {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const y = month < 3 ? year - 1 : year;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const sundayIsZero = (y + leaps + (monthShifts[month - 1] ?? 0) + day) % 7;
  return weekdays[(sundayIsZero + 6) % 7] ?? "monday";
}

const monthShifts: readonly number[] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

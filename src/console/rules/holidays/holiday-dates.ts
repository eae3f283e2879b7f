import { dayOfYear, type MarkedDay, weekdayOf } from "../../../domain/access/access.ts";
import { dateOf, type Holiday, holidayOf, markOf, nameOfHoliday } from "../documents.ts";

const dayMs = 86_400_000;
const longestRange = 31;

/** Dates are of the calendar, without a zone: counted in UTC, where no clock changes. */
const instantOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => (instantOf(to) - instantOf(from)) / dayMs;
export const datePlus = (date: string, days: number): string => dateAt(instantOf(date) + days * dayMs);

/** Whether the calendar has it: no 30 February. */
export function isDate(text: string): boolean {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? instantOf(text) : Number.NaN;
  return !Number.isNaN(instant) && dateAt(instant) === text;
}

/** Every date from `first` to `last`; undefined where that is no range, or a longer one than a holiday is. */
export function rangeOf(first: string, last: string): readonly string[] | undefined {
  if (!isDate(first) || !isDate(last)) return undefined;
  const days = daysBetween(first, last);
  if (days < 0 || days >= longestRange) return undefined;
  return Array.from({ length: days + 1 }, (_, index) => datePlus(first, index));
}

/** What a mark stands for: its date, or its day of every year. */
export const placeOf = (holiday: Holiday): string => {
  const { date, yearly } = markOf(holiday);
  return yearly ? `yearly ${dayOfYear(date)}` : date;
};

/** In order, each date once: what is added last counts. */
export function withHolidays(present: readonly Holiday[], added: readonly Holiday[]): Holiday[] {
  const all = new Map([...present, ...added].map((one) => [placeOf(one), one]));
  return [...all.values()].toSorted(byDate);
}

export const byDate = (one: Holiday, other: Holiday): number => dateOf(one).localeCompare(dateOf(other));

/** The draft after a press on `date`: marked as `mark`, or, where it was that already, what it is without. */
export function toggled(holidays: readonly Holiday[], mark: MarkedDay): Holiday[] {
  const { date, as, yearly } = mark;
  const place = placeOf(holidayOf(mark, ""));
  const standing = holidays.find((one) => placeOf(one) === place);
  const others = holidays.filter((one) => one !== standing);
  if (standing !== undefined && (yearly || markOf(standing).as === as || isException(standing)))
    return others;
  const everyYear = holidays.find((one) => placeOf(one) === `yearly ${dayOfYear(date)}`);
  const isSoEveryYear =
    everyYear !== undefined && dateOf(everyYear) <= date && markOf(everyYear).as === as && !yearly;
  if (isSoEveryYear) return withHolidays(holidays, [{ date, as: weekdayOf(date) }]);
  return withHolidays(others, [holidayOf(mark, standing === undefined ? "" : nameOfHoliday(standing))]);
}

/** One that only says that the day is an ordinary one this time. */
export const isException = (holiday: Holiday): boolean => {
  const { date, as, yearly } = markOf(holiday);
  return !yearly && as === weekdayOf(date);
};

/** The mark that counts on a date, if one does. */
export function marksOn(holidays: readonly Holiday[]): (date: string) => Holiday | undefined {
  const all = new Map(holidays.map((one) => [placeOf(one), one]));
  return (date) => {
    const every = all.get(`yearly ${dayOfYear(date)}`);
    return all.get(date) ?? (every !== undefined && dateOf(every) <= date ? every : undefined);
  };
}

export const datesOf = (year: number): readonly string[] => {
  const first = `${year}-01-01`;
  return Array.from({ length: 366 }, (_, index) => datePlus(first, index)).filter((date) =>
    date.startsWith(`${year}-`),
  );
};

export const written = (year: number | string, month: number | string, day: number | string): string =>
  [String(year), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");

import type { Holiday } from "./documents.ts";
import { dateOf, holidayOf } from "./documents.ts";

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

/** In order, each date once: what is added last says its name. */
export function withHolidays(present: readonly Holiday[], added: readonly Holiday[]): Holiday[] {
  const all = new Map([...present, ...added].map((one) => [dateOf(one), one]));
  return [...all.values()].toSorted((a, b) => dateOf(a).localeCompare(dateOf(b)));
}

export interface PastedList {
  readonly holidays: readonly Holiday[];
  /** Numbers of lines that are no date. */
  readonly bad: readonly number[];
}

/** One date or range a line, with a name: `2027-02-06 ~ 2027-02-12 春节`, `2027/1/1`, `2027年5月1日至5月3日 劳动节`. */
export function pastedList(text: string): PastedList {
  const holidays: Holiday[] = [];
  const bad: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const read = lineRead(line);
    if (read === undefined) bad.push(index + 1);
    else holidays.push(...read);
  }
  return { holidays: withHolidays([], holidays), bad };
}

const whole = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const short = String.raw`(?:(\d{4})\s*[-/.年]\s*)?(?:(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*日?`;
const pattern = new RegExp(
  String.raw`^\s*${whole}(?:\s*(?:~|～|–|—|至|到|\.\.|to|-\s)\s*${short})?[\s,，;；:：]*(.*)$`,
  "i",
);

function lineRead(line: string): readonly Holiday[] | undefined {
  const found = pattern.exec(line);
  if (found === null) return undefined;
  const [, year = "", month = "", day = "", endYear = year, endMonth = month, endDay = day, rest = ""] =
    found;
  const dates = rangeOf(written(year, month, day), written(endYear, endMonth, endDay));
  const name = rest.trim();
  return name.length > 60 ? undefined : dates?.map((date) => holidayOf(date, name));
}

const written = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

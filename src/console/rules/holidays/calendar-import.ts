import { weekdayOf } from "../../../domain/access/access.ts";
import { type Holiday, holidayOf, markOf } from "../documents.ts";
import { isCsv, readCsv } from "./calendar-csv.ts";
import { isNotice, readNotice, yearIn } from "./calendar-notice.ts";
import { isDate, placeOf, rangeOf, withHolidays, written } from "./holiday-dates.ts";
import { kindIn } from "./kind-words.ts";
import type { Asked, LineFault, Read, ReadDays } from "./read-days.ts";

export const longestName = 60;

export interface ReadCalendar {
  readonly days: readonly Holiday[];
  readonly faults: readonly LineFault[];
}

/** A list of a year, pasted or from a file: CSV, lines of dates, or sentences of the official notice. Nothing is taken unseen. */
export function readCalendar(text: string, asked: Asked): ReadCalendar {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const reads = isCsv(lines) ? readCsv(lines, asked) : readLines(lines, asked);
  const days = new Map<string, Holiday>();
  const faults: LineFault[] = [];
  for (const read of reads) {
    const { line } = read;
    const checked = "why" in read ? read : datesIn(read);
    if ("why" in checked) {
      faults.push(checked);
      continue;
    }
    for (const day of checked.days) {
      const known = days.get(placeOf(day));
      if (known === undefined || markOf(known).as === markOf(day).as) days.set(placeOf(day), day);
      else faults.push({ line, why: "twice", date: markOf(day).date });
    }
  }
  return { days: withHolidays([], [...days.values()]), faults };
}

function datesIn(read: ReadDays): { readonly days: readonly Holiday[] } | LineFault {
  const { line, first, last, as, yearly, name, weekday } = read;
  if (!isDate(first) || !isDate(last)) return { line, why: "date" };
  if (weekday !== undefined && weekday !== weekdayOf(first))
    return { line, why: "weekday", date: first, said: weekday };
  const dates = rangeOf(first, last);
  if (dates === undefined) return { line, why: "range" };
  if (name.length > longestName) return { line, why: "name" };
  return { days: dates.map((date) => holidayOf({ date, as, yearly }, name)) };
}

function readLines(lines: readonly string[], asked: Asked): readonly Read[] {
  let { year } = asked;
  return lines.flatMap((text, index): readonly Read[] => {
    const line = index + 1;
    if (text.trim() === "") return [];
    year = yearIn(text) ?? year;
    if (isNotice(text)) return readNotice(text, line, { ...asked, year });
    return [readLine(text, line, asked)];
  });
}

const whole = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const short = String.raw`(?:(\d{4})\s*[-/.年]\s*)?(?:(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*日?`;
const pattern = new RegExp(
  String.raw`^\s*${whole}(?:\s*(?:~|～|–|—|至|到|\.\.|to|-\s)\s*${short})?[\s,，;；:：]*(.*)$`,
  "i",
);

/** `2027-02-06 ~ 2027-02-12 春节`, `2027/1/1`, `2027-02-14 上班 按周一 春节`, `2026-12-31 every year half day`. */
function readLine(text: string, line: number, { worked }: Asked): Read {
  const found = pattern.exec(text);
  if (found === null) return { line, why: "date" };
  const [, year = "", month = "", day = "", endYear = year, endMonth = month, endDay = day, rest = ""] =
    found;
  const { as, yearly, name } = kindIn(rest, worked);
  return {
    ...{ line, as, yearly, name },
    first: written(year, month, day),
    last: written(endYear, endMonth, endDay),
  };
}

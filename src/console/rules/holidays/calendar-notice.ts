import { written } from "./holiday-dates.ts";
import { weekdayCalled } from "./kind-words.ts";
import type { Asked, Read } from "./read-days.ts";

/** Whether it is a sentence of the kind in which holidays are announced: `2月14日（周日）上班。` */
export const isNotice = (text: string): boolean => /月\s*\d{1,2}\s*日.*(?:放假|上班|休息)/.test(text);

/** The year that a heading, or the notice itself, is about. */
export function yearIn(text: string): number | undefined {
  const found = /(\d{4})\s*年(?!\s*\d{1,2}\s*月)/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

const dates =
  /(?:(\d{4})\s*年)?\s*(?:(\d{1,2})\s*月)?\s*(\d{1,2})\s*日\s*(?:[（(]([^）)]*)[）)])?\s*(至|到|~|～|—|-)?/g;
const heading = /^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)]?\s*[、.．])?\s*([^\d：:，,。（(]{1,20})[：:]/;

/**
 * `二、春节：2月6日（农历除夕、周六）至12日（周五）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。` The days of the
 * week that stand beside the dates are compared with the calendar's: a list of another year is found out by them.
 */
export function readNotice(text: string, line: number, { year, worked }: Asked): readonly Read[] {
  const name = heading.exec(text)?.[1]?.trim() ?? "";
  const reads: Read[] = [];
  let month = "";
  for (const clause of text.split(/[。；;]/)) {
    const isWorked = /上班/.test(clause);
    if (!isWorked && !/放假|休息|调休/.test(clause)) continue;
    let begun: { readonly first: string; readonly weekday: ReturnType<typeof weekdayCalled> } | undefined;
    for (const [, ofYear, ofMonth = month, day = "", beside = "", to] of clause.matchAll(dates)) {
      month = ofMonth;
      const date = written(ofYear ?? year, month, day);
      const weekday = weekdayCalled(/(?:周|星期)[一二三四五六日天]/.exec(beside)?.[0] ?? "");
      if (begun === undefined && to !== undefined) {
        begun = { first: date, weekday };
        continue;
      }
      const first = begun?.first ?? date;
      // New Year's holidays begin in one year and end in the next.
      const last = ofYear === undefined && date < first ? written(year + 1, month, day) : date;
      reads.push({
        ...{ line, first, last, yearly: false },
        as: isWorked ? worked : "holiday",
        name: isWorked && name !== "" ? `${name}调休` : name,
        weekday: begun === undefined ? weekday : begun.weekday,
      });
      begun = undefined;
    }
  }
  return reads.length > 0 ? reads : [{ line, why: "date" }];
}

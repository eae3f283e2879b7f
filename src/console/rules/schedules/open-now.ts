import type { DayKindOf, ScheduleSpan } from "../../../domain/access/access.ts";
import type { WrittenSpan } from "../documents.ts";
import { datePlus } from "../holidays/holiday-dates.ts";
import { minuteOf, wholeDay } from "./blocks.ts";

/** As the rules themselves look at them. */
export const minuteSpans = (spans: readonly WrittenSpan[]): readonly ScheduleSpan[] =>
  spans.map(({ days, from, to }) => ({ days, from: minuteOf(from), to: minuteOf(to) }));

/** Minutes of a date during which it is open; one that begins before midnight of it began the day before. */
export interface OpenStretch {
  readonly from: number;
  readonly to: number;
}

/** When a date is open, as long as the site's clocks count 24 hours: what of the night before is left, and its own spans. */
export function openOn(
  spans: readonly WrittenSpan[],
  kindOf: DayKindOf,
  date: string,
): readonly OpenStretch[] {
  const [day, yesterday] = [kindOf(date), kindOf(datePlus(date, -1))];
  const stretches = minuteSpans(spans).flatMap(({ days, from, to }): readonly OpenStretch[] => [
    ...(days.includes(day) ? [{ from, to: to > from ? to : to + wholeDay }] : []),
    ...(days.includes(yesterday) && to <= from && to > 0 ? [{ from: from - wholeDay, to }] : []),
  ]);
  const merged: OpenStretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last === undefined || one.from > last.to) merged.push(one);
    else merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
  }
  return merged;
}

import type { LocalTime, Schedule } from "./schedule.ts";

/** A span that runs now: when it began and ends, in the site's local time. */
export interface RunningSpan {
  readonly began: "yesterday" | "today";
  /** Minutes after that day's midnight. */
  readonly from: number;
  readonly ends: "today" | "tomorrow";
  /** 24:00 is minute 1440 of the day. */
  readonly to: number;
}

/** Each span that `isWithin` finds open: an overnight one belongs to the day on which it began (A9). */
export function spansRunning(
  { spans }: Schedule,
  { day, yesterday, minute }: LocalTime,
): readonly RunningSpan[] {
  return spans.flatMap(({ days, from, to }): readonly RunningSpan[] => {
    if (from < to)
      return days.includes(day) && minute >= from && minute < to
        ? [{ began: "today", from, ends: "today", to }]
        : [];
    const running: RunningSpan[] = [];
    if (days.includes(day) && minute >= from) running.push({ began: "today", from, ends: "tomorrow", to });
    if (days.includes(yesterday) && minute < to)
      running.push({ began: "yesterday", from, ends: "today", to });
    return running;
  });
}

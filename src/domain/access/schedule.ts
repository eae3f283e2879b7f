export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
/** A holiday is a day of its own kind: it is neither its weekday nor, unless a span says so, open. */
export type DayKind = (typeof weekdays)[number] | "holiday";

/** `to` not after `from` runs over midnight; 24:00 is minute 1440. */
export interface ScheduleSpan {
  readonly days: readonly DayKind[];
  /** Minutes after midnight, 0 to 1440. */
  readonly from: number;
  readonly to: number;
}

export interface Schedule {
  readonly name: string;
  readonly spans: readonly ScheduleSpan[];
  /** A2: each span stays closed for others until somebody of this group has entered since it began. */
  readonly firstPerson?: string | undefined;
}

/** The site's local time, worked out by the shell (A9): clock changes and zones are behind it. */
export interface LocalTime {
  readonly day: DayKind;
  /** The day before: an overnight span belongs to the day on which it began. */
  readonly yesterday: DayKind;
  /** 0 to 1439. */
  readonly minute: number;
}

/** A9: whether `time` lies in one of the spans. */
export function isWithin(schedule: Schedule, { day, yesterday, minute }: LocalTime): boolean {
  return schedule.spans.some(({ days, from, to }) => {
    if (from < to) return days.includes(day) && minute >= from && minute < to;
    return (days.includes(day) && minute >= from) || (days.includes(yesterday) && minute < to);
  });
}

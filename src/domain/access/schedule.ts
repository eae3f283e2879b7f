export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
/**
 * Days of their own kind: such a day is neither its weekday nor, unless a span says so, open. A half day, the day on which a
 * bank closes its year, and one for whatever else a site needs.
 */
export const specialDays = ["holiday", "halfDay", "yearEnd", "special"] as const;
export const dayKinds = [...weekdays, ...specialDays] as const;
export type DayKind = (typeof dayKinds)[number];

/** A date on which the spans of another day count. A make-up working day is one on which a weekday's do. */
export interface MarkedDay {
  /** YYYY-MM-DD; of one that comes back every year, the first time. */
  readonly date: string;
  readonly as: DayKind;
  readonly yearly: boolean;
}

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

import { calendarOf, dayBefore, dayOfYear, isInCalendar, weekdayOf } from "../access/calendar.ts";
import type { AccessLevel } from "../access/policy.ts";
import type { DayKind, MarkedDay } from "../access/schedule.ts";
import { asking, factors } from "./level-weakenings.ts";
import { OpenTimes } from "./open-times.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import type { WeakenedRule, Weakening } from "./weakening.ts";

/**
 * Dates that came back on every weekday and, of 29 February, in every leap year of a cycle: what a day that comes back
 * every year opens is known after so many.
 */
const yearsAhead = 60;

/** Days that count as another kind than before, and on which some level now opens more or asks for less. */
export function calendarWeakenings(
  before: RulesInForce,
  after: RulesInForce,
  today: string,
): readonly Weakening[] {
  const changed = changedMarks(before.markedDays, after.markedDays);
  if (changed.length === 0) return [];
  const [was, is] = [calendarOf(before.markedDays), calendarOf(after.markedDays)];
  const questions = questionsOn(after.access.levels);
  const yesterday = dayBefore(today);
  const isWeaker = (date: string): boolean => {
    const [from, to] = [was(date), is(date)];
    if (from === to || date < yesterday) return false;
    // Of yesterday the end of its night is all that is left.
    return date === yesterday ? questions.asksLessAfter(to, from) : questions.asksLessAround(to, from);
  };
  const weaker = changed.flatMap((mark): readonly string[] => {
    const date = mark.yearly ? comings(mark, today).find(isWeaker) : mark.date;
    return date !== undefined && isWeaker(date) ? [date] : [];
  });
  return [...new Set(weaker)].toSorted().map((date) => weakening(date, was(date), is(date)));
}

/** Marks that stand on one side only. */
function changedMarks(before: readonly MarkedDay[], after: readonly MarkedDay[]): readonly MarkedDay[] {
  const key = ({ date, as, yearly }: MarkedDay): string => `${date} ${as} ${yearly}`;
  const [was, is] = [new Set(before.map(key)), new Set(after.map(key))];
  return [...after.filter((mark) => !was.has(key(mark))), ...before.filter((mark) => !is.has(key(mark)))];
}

/** The dates on which it comes back, from yesterday's year on. */
function comings({ date }: MarkedDay, today: string): readonly string[] {
  const first = Number(today.slice(0, 4)) - 1;
  return Array.from(
    { length: yearsAhead },
    (_, year) => `${String(first + year).padStart(4, "0")}-${dayOfYear(date)}`,
  ).filter((coming) => isInCalendar(coming));
}

interface Questions {
  /** Whether a level opens more, or asks for less, on a day of kind `to` and in the night after than on one of kind `from`. */
  asksLessAround(to: DayKind, from: DayKind): boolean;
  /** The same of the morning after alone. */
  asksLessAfter(to: DayKind, from: DayKind): boolean;
}

/** A year of changed dates asks the same few questions, and most levels go by the same few times. */
function questionsOn(levels: readonly AccessLevel[]): Questions {
  const asks = asking();
  const alike = new Map(levels.map((level) => [timesKey(level), level]));
  const times = [...alike.values()].map((level) => ({
    open: OpenTimes.of(level.schedule),
    asked: factors.map((factor) => asks(factor, level)),
  }));
  const answers = new Map<string, boolean>();
  const ask = (part: "around" | "after", to: DayKind, from: DayKind): boolean => {
    const key = `${part} ${to} ${from}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = times.some(({ open, asked }) => {
      const [then, now] = [open[part](from), open[part](to)];
      if (!now.without(then).isEmpty()) return true;
      return asked.some((one) => !now.and(one[part](from)).without(one[part](to)).isEmpty());
    });
    answers.set(key, answer);
    return answer;
  };
  return {
    asksLessAround: (to, from) => ask("around", to, from),
    asksLessAfter: (to, from) => ask("after", to, from),
  };
}

const timesKey = ({ schedule, mode, modes = [] }: AccessLevel): string =>
  [
    schedule === "always" ? schedule : `by ${schedule.name}`,
    mode,
    ...modes.map((one) => `${one.schedule.name} ${one.mode}`),
  ].join(";");

function weakening(date: string, from: DayKind, to: DayKind): Weakening {
  const rule = ruleOf(from, to, weekdayOf(date));
  return rule === "dayChanged"
    ? { rule, where: date, before: from, after: to }
    : { rule, where: date, before: "", after: "" };
}

/** A holiday more or less is said by itself, everything else by what the day was and is. */
function ruleOf(from: DayKind, to: DayKind, weekday: DayKind): WeakenedRule {
  if (to === "holiday" && from === weekday) return "holidayAdded";
  return from === "holiday" && to === weekday ? "holidayRemoved" : "dayChanged";
}

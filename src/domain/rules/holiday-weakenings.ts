import { type DayKind, type Schedule, weekdays } from "../access/schedule.ts";
import { OpenTimes } from "./open-times.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import type { Weakening } from "./weakening.ts";

/** Days that became holidays, or are none any more, and on which some level now opens when it would not have. */
export function holidayWeakenings(
  before: RulesInForce,
  after: RulesInForce,
  today: string,
): readonly Weakening[] {
  const [was, is] = [new Set(before.holidays), new Set(after.holidays)];
  const isAhead = (date: string): boolean => date >= today;
  const added = [...is].filter((date) => !was.has(date) && isAhead(date));
  const removed = [...was].filter((date) => !is.has(date) && isAhead(date));
  if (added.length === 0 && removed.length === 0) return [];
  const schedules = schedulesOf(after).map((schedule) => OpenTimes.of(schedule));
  const opens = (to: DayKind, from: DayKind): boolean => schedules.some((open) => open.isWiderOn(to, from));
  // A month of changed dates asks the same few questions.
  const opensOnce = remembered(opens);
  const weakening = (rule: Weakening["rule"], date: string): Weakening => ({
    rule,
    where: date,
    before: "",
    after: "",
  });
  return [
    ...added
      .filter((date) => opensOnce("holiday", weekdayOf(date)))
      .map((date) => weakening("holidayAdded", date)),
    ...removed
      .filter((date) => opensOnce(weekdayOf(date), "holiday"))
      .map((date) => weakening("holidayRemoved", date)),
  ];
}

function remembered(ask: (to: DayKind, from: DayKind) => boolean): (to: DayKind, from: DayKind) => boolean {
  const answers = new Map<string, boolean>();
  return (to, from) => {
    const key = `${to} ${from}`;
    const answer = answers.get(key) ?? ask(to, from);
    answers.set(key, answer);
    return answer;
  };
}

/** Each schedule that opens something, once. Those of modes count too: on other days less may be asked for. */
function schedulesOf({ access }: RulesInForce): readonly Schedule[] {
  const all = access.levels.flatMap(({ schedule, modes = [] }) => [
    ...(schedule === "always" ? [] : [schedule]),
    ...modes.map((each) => each.schedule),
  ]);
  return [...new Map(all.map((schedule) => [schedule.name, schedule])).values()];
}

/** Of a date of the Gregorian calendar, by Sakamoto's way: January and February belong to the year before. */
export function weekdayOf(date: string): DayKind {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const y = month < 3 ? year - 1 : year;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const sundayIsZero = (y + leaps + (monthShifts[month - 1] ?? 0) + day) % 7;
  return weekdays[(sundayIsZero + 6) % 7] ?? "holiday";
}

const monthShifts: readonly number[] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

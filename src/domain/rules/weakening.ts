import { calendarWeakenings } from "./calendar-weakenings.ts";
import { levelWeakenings } from "./level-weakenings.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { type StrengthRule, strengthsOf } from "./strengths.ts";

/** What a change makes weaker; each has its words in `weakening-words.ts`. */
export type WeakenedRule =
  | StrengthRule
  | "group"
  | "levelPlaces"
  | "levelTimes"
  | "levelMode"
  | "levelLiveness"
  | "levelWithoutFace"
  | "levelReturns"
  | "firstPerson"
  | "holidayAdded"
  | "holidayRemoved"
  | "dayChanged"
  | "duressGesture"
  | "duressPin"
  | "countingCamera"
  | "priority"
  | "timeZone";

export interface Weakening {
  readonly rule: WeakenedRule;
  /** `v1/inner`, `v1`, a level's or schedule's name, a date; empty for the whole site. */
  readonly where: string;
  /** For people; empty where it is said by the rule itself. */
  readonly before: string;
  readonly after: string;
}

/**
 * Everything in which `after` lets in more, asks less or notices later than `before` (T42). Some changes that are no
 * matter of more or less, such as another time zone, are among them: somebody else should have looked at those too.
 * `today`, YYYY-MM-DD: days that are over weaken nothing any more.
 */
export function weakenings(before: RulesInForce, after: RulesInForce, today: string): readonly Weakening[] {
  return [
    ...weakerStrengths(before, after),
    ...droppedGroups(before, after),
    ...levelWeakenings(before.access.levels, after.access.levels),
    ...calendarWeakenings(before, after, today),
    ...otherChanges(before, after),
  ];
}

function weakerStrengths(before: RulesInForce, after: RulesInForce): readonly Weakening[] {
  const now = new Map(strengthsOf(after).map((one) => [`${one.rule} ${one.where}`, one]));
  return strengthsOf(before).flatMap((was): readonly Weakening[] => {
    const is = now.get(`${was.rule} ${was.where}`);
    if (is === undefined || is.strength >= was.strength) return [];
    return [{ rule: was.rule, where: was.where, before: was.shown, after: is.shown }];
  });
}

/** A1: fewer groups of which somebody must be there; a rule that is gone is said as one person instead of several. */
function droppedGroups(before: RulesInForce, after: RulesInForce): readonly Weakening[] {
  return Object.entries(before.access.doors).flatMap(([door, { multiPerson }]): readonly Weakening[] => {
    const now = after.access.doors[door]?.multiPerson;
    if (multiPerson === undefined || now === undefined) return [];
    if (multiPerson.groups.every((group) => now.groups.includes(group))) return [];
    return [
      { rule: "group", where: door, before: multiPerson.groups.join(", "), after: now.groups.join(", ") },
    ];
  });
}

function otherChanges(before: RulesInForce, after: RulesInForce): readonly Weakening[] {
  const changes: Weakening[] = [];
  const note = (rule: WeakenedRule, where: string, was: string, is: string): void => {
    changes.push({ rule, where, before: was, after: is });
  };
  const { gesture, pin } = before.duressSigns;
  // Whoever has learnt a sign and gives it must be understood.
  if (gesture !== undefined && gesture !== after.duressSigns.gesture)
    note("duressGesture", "", gesture, after.duressSigns.gesture ?? "none");
  if (pin !== after.duressSigns.pin) note("duressPin", "", pin, after.duressSigns.pin);
  if (before.timeZone !== after.timeZone) note("timeZone", "", before.timeZone, after.timeZone);
  for (const [vestibule, { countingCamera }] of Object.entries(before.access.areas)) {
    const now = after.access.areas[vestibule]?.countingCamera;
    // Another one may look where nobody ever follows.
    if (countingCamera !== undefined && now !== undefined && now !== countingCamera)
      note("countingCamera", vestibule, countingCamera, now);
  }
  for (const [vestibule, { priority }] of Object.entries(before.interlock)) {
    const now = after.interlock[vestibule]?.priority;
    if (now !== undefined && now !== priority) note("priority", vestibule, priority, now);
  }
  return changes;
}

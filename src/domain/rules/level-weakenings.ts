import type { AccessLevel, VerificationMode } from "../access/policy.ts";
import { accessPointNames } from "../names.ts";
import { OpenTimes } from "./open-times.ts";
import { livenessRank } from "./strengths.ts";
import type { WeakenedRule, Weakening } from "./weakening.ts";

/** What each level opens more than it did, or asks less for. A level that is gone opens nothing. */
export function levelWeakenings(
  before: readonly AccessLevel[],
  after: readonly AccessLevel[],
): readonly Weakening[] {
  const former = new Map(before.map((level) => [level.name, level]));
  const [askedThen, askedNow] = [asking(), asking()];
  return after.flatMap((level) => {
    const was = former.get(level.name);
    if (was === undefined) return newLevel(level);
    return sameLevel(was, level, (open) =>
      factors.some((factor) => !open.and(askedThen(factor, was)).without(askedNow(factor, level)).isEmpty()),
    );
  });
}

/** A new level opens nothing until somebody is given it; one that asks for no face is a choice by itself (§3). */
function newLevel(level: AccessLevel): readonly Weakening[] {
  const faceless = modesOf(level).find((mode) => !mode.includes("face"));
  return faceless === undefined
    ? []
    : [{ rule: "levelWithoutFace", where: level.name, before: "", after: faceless }];
}

/** `asksLess`: whether one of the factors is no longer asked for at some of these times. */
function sameLevel(
  was: AccessLevel,
  is: AccessLevel,
  asksLess: (open: OpenTimes) => boolean,
): readonly Weakening[] {
  const found: Weakening[] = [];
  const note = (rule: WeakenedRule, before: string, after: string): void => {
    found.push({ rule, where: is.name, before, after });
  };
  if (isWider(was.accessPoints, is.accessPoints, accessPointNames) || isWider(was.vestibules, is.vestibules))
    note("levelPlaces", placesOf(was), placesOf(is));
  const [then, now] = [OpenTimes.of(was.schedule), OpenTimes.of(is.schedule)];
  if (!now.without(then).isEmpty()) note("levelTimes", scheduleName(was), scheduleName(is));
  if (asksLess(then.and(now))) note("levelMode", modesOf(was).join(", "), modesOf(is).join(", "));
  if (livenessOf(is) < livenessOf(was)) note("levelLiveness", was.liveness ?? "none", is.liveness ?? "none");
  const opener = firstPersonOf(was);
  if (opener !== undefined && opener !== firstPersonOf(is))
    note("firstPerson", opener, firstPersonOf(is) ?? "nobody");
  for (const { schedule } of was.modes ?? []) {
    const same = is.modes?.find((one) => one.schedule.name === schedule.name)?.schedule;
    if (same !== undefined && schedule.firstPerson !== undefined && schedule.firstPerson !== same.firstPerson)
      note("firstPerson", schedule.firstPerson, same.firstPerson ?? "nobody");
  }
  return found;
}

/** `all` is more than any list, but one of everything there is. */
function isWider(
  was: "all" | readonly string[],
  is: "all" | readonly string[],
  everything: readonly string[] = [],
): boolean {
  if (was === "all") return false;
  if (is === "all") return everything.length === 0 || everything.some((one) => !was.includes(one));
  return is.some((one) => !was.includes(one));
}

export const factors = ["card", "face", "pin", "remote"] as const;
type Factor = (typeof factors)[number];

/** Levels that ask alike, as most do, are worked out once. */
export function asking(): (factor: Factor, level: AccessLevel) => OpenTimes {
  const known = new Map<string, OpenTimes>();
  return (factor, level) => {
    const modes = (level.modes ?? []).map(({ schedule, mode }) => `${schedule.name} ${mode}`);
    const key = [factor, level.mode, ...modes].join(";");
    const times = known.get(key) ?? askingFor(factor, level);
    known.set(key, times);
    return times;
  };
}

/** When a level asks for a factor: several modes open at once ask for all they name together. */
function askingFor(factor: Factor, { mode, modes = [] }: AccessLevel): OpenTimes {
  const asks = (one: VerificationMode): boolean => one.split("+").includes(factor);
  let special = OpenTimes.never;
  let asking = OpenTimes.never;
  for (const each of modes) {
    const times = OpenTimes.of(each.schedule);
    special = special.or(times);
    if (asks(each.mode)) asking = asking.or(times);
  }
  return asks(mode) ? asking.or(OpenTimes.always.without(special)) : asking;
}

const modesOf = ({ mode, modes = [] }: AccessLevel): readonly VerificationMode[] => [
  mode,
  ...modes.map((each) => each.mode),
];
const livenessOf = ({ liveness }: AccessLevel): number =>
  liveness === undefined ? -1 : livenessRank[liveness];
const scheduleName = ({ schedule }: AccessLevel): string =>
  schedule === "always" ? "always" : schedule.name;
const firstPersonOf = ({ schedule }: AccessLevel): string | undefined =>
  schedule === "always" ? undefined : schedule.firstPerson;
const placesOf = ({ accessPoints, vestibules }: AccessLevel): string =>
  [vestibules, accessPoints].map((list) => (list === "all" ? "all" : list.join(", "))).join(": ");

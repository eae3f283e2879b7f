import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weekdayOf } from "../access/calendar.ts";
import { weekdays } from "../access/schedule.ts";
import {
  access,
  areaOf,
  type Changed,
  doorOf,
  faceOf,
  holidaysOn,
  levelOf,
  officeHours,
  pairOf,
  staff,
  vault,
} from "./rules-for-tests.ts";
import type { RulesInForce } from "./rules-in-force.ts";
import { type WeakenedRule, weakenings } from "./weakening.ts";
import { weakeningText } from "./weakening-words.ts";

const today = "2026-11-22";
const rulesOf = (before: RulesInForce, after: RulesInForce): readonly string[] =>
  weakenings(before, after, today).map(({ rule, where }) => `${rule} ${where}`.trim());

const inner = (change: object): Changed =>
  doorOf("v1/inner", ({ multiPerson, ...rules }) => ({
    ...rules,
    ...(multiPerson !== undefined && { multiPerson: { ...multiPerson, ...change } }),
  }));
const saturdays = {
  ...officeHours,
  spans: [...officeHours.spans, { days: ["saturday"], from: 540, to: 720 }],
} as const;

/** Each makes weaker one thing, and nothing else; turned round it is only stronger. */
const oneWay: readonly (readonly [WeakenedRule, string, Changed])[] = [
  ["people", "v1/inner", inner({ count: 2 })],
  ["window", "v1/inner", inner({ window: 30_000 })],
  ["directions", "v1/inner", inner({ directions: "entry" })],
  ["group", "v1/inner", inner({ groups: ["custodian"] })],
  ["remoteGrant", "v1/inner", doorOf("v1/inner", ({ multiPerson }) => ({ multiPerson }))],
  ["antiPassback", "v1", areaOf({ antiPassback: "soft" })],
  ["antiPassback", "v1", areaOf({ antiPassback: "off" })],
  ["vestibuleMax", "v1", areaOf({ vestibuleMax: 5 })],
  ["vestibuleMax", "v1", areaOf({ vestibuleMax: 0 })],
  ["secureMax", "v1", areaOf({ secureMax: 9 })],
  ["secureMax", "v1", areaOf({ secureMax: 0 })],
  ["secureMin", "v1", areaOf({ secureMin: 0 })],
  ["countFaces", "v1", areaOf({ countingCamera: undefined })],
  ["duress", "", access({ duress: { policy: "grantOuterHoldInner" } })],
  ["duress", "", access({ duress: { policy: "grant" } })],
  ["maxFailures", "", access({ maxFailures: 5 })],
  ["lockoutTime", "", access({ lockoutTime: 60_000 })],
  ["liveness", "v1/inner-entry", access({ liveness: { usual: "passive", at: {} } })],
  ["releaseTime", "v1/inner", pairOf({}, { releaseTime: 6_000 })],
  ["relockOnOpen", "v1/inner", pairOf({}, { relockOnOpen: false })],
  ["relockDelay", "v1/inner", pairOf({}, { relockDelay: 301 })],
  ["heldOpenTime", "v1/inner", pairOf({}, { heldOpenTime: 60_000 })],
  ["bolt", "v1/inner", pairOf({}, { bolt: "unfitted" })],
  ["boltTime", "v1/inner", pairOf({}, { boltTime: 3_000 })],
  ["flapLimit", "v1/inner", pairOf({}, { flapLimit: 40 })],
  ["stuckContactLimit", "v1/inner", pairOf({}, { stuckContactLimit: 9 })],
  ["settleTime", "v1", pairOf({ settleTime: 0 })],
  ["overrideTime", "v1", pairOf({ overrideTime: 600_000 })],
  ["dwellTime", "v1", pairOf({ dwellTime: 900_000 })],
  ["heartbeatTime", "v1", pairOf({ heartbeatTime: 5_000 })],
  ["onFire", "v1", pairOf({ onFire: "both" })],
  ["faceThreshold", "", faceOf({ threshold: 0.45 })],
  ["faceThreshold", "", faceOf({ threshold: undefined })],
  ["falseMatchRate", "", faceOf({ falseMatchRate: 1e-4 })],
  ["minFrames", "", faceOf({ minFrames: 1 })],
  ["frameMaxAge", "", faceOf({ frameMaxAge: 2_000 })],
  ["livenessTime", "", faceOf({ livenessTime: 450 })],
  ["challengeCount", "", faceOf({ challengeCount: 1 })],
  ["vote", "", faceOf({ vote: false })],
  ["levelPlaces", "staff", levelOf({ accessPoints: ["outer-entry", "inner-entry", "inner-exit"] })],
  ["levelPlaces", "staff", levelOf({ vestibules: "all" })],
  ["levelTimes", "staff", levelOf({ schedule: saturdays })],
  ["levelTimes", "staff", levelOf({ schedule: "always" })],
  ["levelMode", "staff", levelOf({ mode: "card+face" })],
  ["levelMode", "staff", levelOf({ modes: [{ schedule: officeHours, mode: "card" }] })],
  ["levelLiveness", "staff", levelOf({ liveness: undefined })],
  ["easyPins", "", (rules) => ({ ...rules, easyPins: true })],
  ["fourEyes", "", (rules) => ({ ...rules, fourEyes: false })],
  ["secondFactor", "administrator", (rules) => ({ ...rules, secondFactor: [] })],
  ["holidayRemoved", "2026-12-31", (rules) => ({ ...rules, markedDays: holidaysOn("2027-01-01") })],
];

describe("T42: what makes weaker is told, by rule and place, and turned round it is not", () => {
  test.each(oneWay)("%s %s", (rule, where, change) => {
    const after = change(vault);
    expect(rulesOf(vault, after)).toEqual([`${rule} ${where}`.trim()]);
    expect(rulesOf(after, vault)).toEqual([]);
  });

  test("the rule of several persons switched off is fewer people, and nothing about its parts", () => {
    const after = doorOf("v1/inner", ({ remoteGrant }) => ({ remoteGrant }))(vault);
    // The maximum between the doors no longer covers a group: it is 4 for people one by one.
    expect(rulesOf(vault, after)).toEqual(["people v1/inner"]);
    expect(rulesOf(after, vault)).toEqual([]);
  });

  test("A4: several persons switched on makes room for the group, and that is no weakening", () => {
    const before = areaOf({ vestibuleMax: 1 })(doorOf("v1/inner", () => ({}))(vault));
    const group = { count: 3, groups: [], window: 30_000, directions: "entry" } as const;
    const after = areaOf({ vestibuleMax: 3 })(doorOf("v1/inner", () => ({ multiPerson: group }))(before));
    expect(rulesOf(before, after)).toEqual([]);
    expect(rulesOf(after, before)).toEqual(["people v1/inner"]);
  });

  test("the site's usual liveness lowered is told for the site and for each place it held at", () => {
    const after = access({ liveness: { usual: "off", at: vault.access.liveness.at } })(vault);
    expect(rulesOf(vault, after)).toEqual([
      "liveness",
      "liveness v1/outer-entry",
      "liveness v1/inner-exit",
      "liveness v1/outer-exit",
    ]);
  });
});

describe("levels", () => {
  const withLevel = (level: object): RulesInForce =>
    access({ levels: [staff, { ...staff, name: "way-out", ...level }] })(vault);

  test("a new one is none, unless it asks for no face: that is a choice by itself (§3)", () => {
    expect(rulesOf(vault, withLevel({}))).toEqual([]);
    expect(rulesOf(vault, withLevel({ mode: "card" }))).toEqual(["levelWithoutFace way-out"]);
    const byNight = { modes: [{ schedule: officeHours, mode: "card+pin" }] };
    expect(rulesOf(vault, withLevel(byNight))).toEqual(["levelWithoutFace way-out"]);
    expect(rulesOf(withLevel({ mode: "card" }), vault)).toEqual([]);
  });

  test("a face in place of a PIN, or the other way round, is each a weakening", () => {
    const [face, pin] = [levelOf({ mode: "card+face" })(vault), levelOf({ mode: "card+pin" })(vault)];
    expect(rulesOf(face, pin)).toEqual(["levelMode staff"]);
    expect(rulesOf(pin, face)).toEqual(["levelMode staff"]);
  });

  test("a weaker mode at times when the level opens nothing weakens nothing", () => {
    const sundays = { name: "sundays", spans: [{ days: ["sunday"] as const, from: 0, to: 1440 }] };
    const after = levelOf({ modes: [{ schedule: sundays, mode: "card" }] })(vault);
    expect(rulesOf(vault, after)).toEqual([]);
  });

  test("A2: and who before a mode of its own holds", () => {
    const opened = { ...officeHours, firstPerson: "manager" };
    const modes = (schedule: typeof opened | typeof officeHours) =>
      levelOf({ modes: [{ schedule, mode: "card+face+pin" }] })(vault);
    expect(rulesOf(modes(opened), modes(officeHours))).toEqual(["firstPerson staff"]);
    expect(rulesOf(modes(officeHours), modes(opened))).toEqual([]);
  });

  test("T45: faces counted by another camera, whichever", () => {
    const other = areaOf({ countingCamera: "street" })(vault);
    expect(rulesOf(vault, other)).toEqual(["countingCamera v1"]);
    expect(rulesOf(other, vault)).toEqual(["countingCamera v1"]);
    expect(rulesOf(areaOf({ countingCamera: undefined })(vault), other)).toEqual([]);
  });

  test("A2: who must come first, another or nobody, is told", () => {
    const opened = { ...officeHours, firstPerson: "manager" };
    const before = levelOf({ schedule: opened })(vault);
    expect(rulesOf(before, vault)).toEqual(["firstPerson staff"]);
    expect(rulesOf(before, levelOf({ schedule: { ...opened, firstPerson: "clerk" } })(vault))).toEqual([
      "firstPerson staff",
    ]);
    expect(rulesOf(vault, before)).toEqual([]);
  });

  test("hours moved open new ones, whichever way", () => {
    const later = levelOf({
      schedule: { name: "late", spans: [{ days: [...weekdays], from: 600, to: 1200 }] },
    });
    expect(rulesOf(vault, later(vault))).toEqual(["levelTimes staff"]);
    expect(rulesOf(later(vault), vault)).toEqual(["levelTimes staff"]);
  });
});

describe("holidays", () => {
  test.each([
    ["2026-11-22", "sunday"],
    ["2026-12-31", "thursday"],
    ["2024-02-29", "thursday"],
    ["2000-02-29", "tuesday"],
    ["2100-03-01", "monday"],
    ["2027-01-01", "friday"],
  ])("%s is a %s", (date, day) => {
    expect(weekdayOf(date)).toBe(day);
  });

  const holidays = (...dates: readonly string[]): RulesInForce => ({
    ...vault,
    markedDays: holidaysOn(...dates),
  });

  const known = ["2026-12-31", "2027-01-01"];

  test("one that falls on a day on which nothing opens, or that is over, weakens nothing", () => {
    const sunday = "2027-01-03";
    expect(rulesOf(holidays(...known, sunday), vault)).toEqual([]);
    expect(rulesOf(holidays(...known, "2026-10-01"), vault)).toEqual([]);
    expect(rulesOf(holidays(...known, today.replace("22", "23")), vault)).toEqual([
      "holidayRemoved 2026-11-23",
    ]);
  });

  test("a new one weakens where some level opens on holidays", () => {
    const monday = "2027-02-01";
    expect(rulesOf(vault, holidays(...known, monday))).toEqual([]);
    const collectors = { name: "c", spans: [{ days: ["holiday"] as const, from: 0, to: 60 }] };
    const open = levelOf({ schedule: collectors });
    expect(rulesOf(open(vault), open(holidays(...known, monday)))).toEqual(["holidayAdded 2027-02-01"]);
  });
});

test("changes that are no matter of more or less are looked at either way", () => {
  const signs = (
    pin: "own" | "lastDigitPlusOne",
    gesture: "blink" | "openMouth" | undefined,
  ): RulesInForce => ({
    ...vault,
    duressSigns: { pin, gesture },
  });
  expect(rulesOf(signs("own", "blink"), signs("lastDigitPlusOne", "openMouth"))).toEqual([
    "duressGesture",
    "duressPin",
  ]);
  expect(rulesOf(signs("own", undefined), signs("own", "blink"))).toEqual([]);
  expect(rulesOf(vault, { ...vault, timeZone: "Europe/Berlin" })).toEqual(["timeZone"]);
  expect(rulesOf(vault, pairOf({ priority: "lockdown" })(vault))).toEqual(["priority v1"]);
});

test("the same rules are no change, and a vestibule that is gone has nothing left to weaken", () => {
  expect(rulesOf(vault, structuredClone(vault))).toEqual([]);
  const gone = { ...vault, interlock: {}, access: { ...vault.access, doors: {}, areas: {} } };
  expect(rulesOf(vault, gone)).toEqual([]);
});

test("each has its words, in both languages, with where and how much", () => {
  const [weakened] = weakenings(vault, inner({ count: 2 })(vault), today);
  if (weakened === undefined) throw new Error("fewer people are a weakening");
  expect(weakeningText(weakened)).toEqual({
    en: "fewer people needed at v1/inner: 3 → 2",
    zh: "所需人数减少（v1/inner）：3 → 2",
  });
  expect(weakeningText({ rule: "holidayRemoved", where: "2026-12-31", before: "", after: "" })).toEqual({
    en: "holiday removed at 2026-12-31",
    zh: "取消节假日（2026-12-31）",
  });
});

test("whatever else is changed before, a weakening is found, and turned round it is a strengthening", () => {
  const changes = oneWay.map(([, , change]) => change);
  fc.assert(
    fc.property(
      fc.subarray(changes.map((_, index) => index)),
      fc.nat({ max: changes.length - 1 }),
      (first, last) => {
        const apply = (rules: RulesInForce, index: number): RulesInForce => changes[index]?.(rules) ?? rules;
        const base = first.reduce(apply, vault);
        const weaker = apply(base, last);
        const back = rulesOf(weaker, base);
        // A change that overwrites an earlier one may go back some of the way: then it weakens in that direction only.
        if (rulesOf(base, weaker).length > 0 && !first.some((index) => sameRule(index, last)))
          expect(back).toEqual([]);
        expect(rulesOf(base, base)).toEqual([]);
        expect(rulesOf(vault, base).length > 0).toBe(first.length > 0);
        expect(rulesOf(base, vault)).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

const sameRule = (one: number, other: number): boolean => oneWay[one]?.[0] === oneWay[other]?.[0];

import type { AccessLevel, AccessPolicy, AreaRules, DoorRules } from "../access/policy.ts";
import type { MarkedDay } from "../access/schedule.ts";
import { policyWith as interlockPolicyWith } from "../interlock/given.ts";
import type { DoorPolicy, InterlockPolicy } from "../interlock/policy.ts";
import type { FaceRules, RulesInForce } from "./rules-in-force.ts";

export const officeHours = {
  name: "office-hours",
  spans: [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], from: 480, to: 1080 }],
} as const;

export const staff: AccessLevel = {
  name: "staff",
  vestibules: ["v1"],
  accessPoints: ["outer-entry", "inner-entry"],
  schedule: officeHours,
  mode: "card+face+pin",
  liveness: "challenge",
};

export const holidaysOn = (...dates: readonly string[]): readonly MarkedDay[] =>
  dates.map((date) => ({ date, as: "holiday", yearly: false }));

/** A vault: everything about as strict as it goes, so that each rule has something to lose. */
export const vault: RulesInForce = {
  access: {
    levels: [staff],
    doors: {
      "v1/outer": {},
      "v1/inner": {
        multiPerson: { count: 3, groups: ["manager", "custodian"], window: 20_000, directions: "both" },
        remoteGrant: true,
      },
    },
    areas: {
      v1: { antiPassback: "hard", vestibuleMax: 4, secureMax: 8, secureMin: 3, countingCamera: "inside" },
    },
    duress: { policy: "deny" },
    pinTimeout: 20_000,
    remoteWindow: 60_000,
    countTimeout: 2_000,
    verifyTimeout: 7_000,
    liveness: { usual: "passive", at: { "v1/inner-entry": "challenge" } },
    challengeTimeout: 20_000,
    releaseAnswerTime: 1_000,
    maxFailures: 2,
    lockoutTime: 120_000,
    sameCardTime: 1_000,
  },
  interlock: {
    v1: interlockPolicyWith({ bolt: "fitted", onFire: "outer" }),
  },
  markedDays: holidaysOn("2026-12-31", "2027-01-01"),
  timeZone: "Asia/Shanghai",
  face: {
    threshold: 0.4,
    falseMatchRate: 1e-5,
    minFrames: 3,
    frameMaxAge: 400,
    livenessTime: 900,
    challengeCount: 2,
    vote: true,
  },
  duressSigns: { pin: "own", gesture: "openMouth" },
  easyPins: false,
  fourEyes: true,
  secondFactor: ["administrator"],
};

export type Changed = (rules: RulesInForce) => RulesInForce;

export const access =
  (change: Partial<AccessPolicy>): Changed =>
  (rules) => ({ ...rules, access: { ...rules.access, ...change } });

export const doorOf =
  (key: string, change: (rules: DoorRules) => DoorRules): Changed =>
  (rules) => ({
    ...rules,
    access: {
      ...rules.access,
      doors: { ...rules.access.doors, [key]: change(rules.access.doors[key] ?? {}) },
    },
  });

export const areaOf =
  (change: Partial<AreaRules>): Changed =>
  (rules) => {
    const area = rules.access.areas["v1"];
    if (area === undefined) throw new Error("the vault has one vestibule");
    return { ...rules, access: { ...rules.access, areas: { v1: { ...area, ...change } } } };
  };

export const levelOf =
  (change: Partial<AccessLevel>): Changed =>
  (rules) => ({
    ...rules,
    access: { ...rules.access, levels: rules.access.levels.map((level) => ({ ...level, ...change })) },
  });

export const pairOf =
  (change: Partial<InterlockPolicy>, lock: Partial<DoorPolicy> = {}): Changed =>
  (rules) => {
    const pair = rules.interlock["v1"];
    if (pair === undefined) throw new Error("the vault has one vestibule");
    const doors = { ...pair.doors, inner: { ...pair.doors.inner, ...lock } };
    return { ...rules, interlock: { v1: { ...pair, doors, ...change } } };
  };

export const faceOf =
  (change: Partial<FaceRules>): Changed =>
  (rules) => ({ ...rules, face: { ...rules.face, ...change } });

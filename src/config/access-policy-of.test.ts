import { expect, test } from "vitest";
import { accessPolicyOf } from "./access-policy-of.ts";
import { siteForTests } from "./site-for-tests.ts";

test("without a word about them, people are asked for what domain.md says", () => {
  expect(accessPolicyOf(siteForTests())).toEqual({
    levels: [],
    doors: { "v1/outer": {}, "v1/inner": {} },
    areas: { v1: { antiPassback: "off", vestibuleMax: 1, secureMax: 0, secureMin: 0 } },
    duress: { policy: "grant" },
    pinTimeout: 20_000,
    remoteWindow: 60_000,
    countTimeout: 2_000,
    verifyTimeout: 7_000,
    liveness: { usual: "passive", at: {} },
    challengeTimeout: 20_000,
    releaseAnswerTime: 1_000,
    maxFailures: 3,
    lockoutTime: 60_000,
    sameCardTime: 1_000,
  });
});

test("A1: a door's group has the site's window unless it has its own, and fits between the doors (A4)", () => {
  const { doors, areas } = accessPolicyOf(
    siteForTests(`    doors:
      outer: { multiPerson: { count: 2, window: 12 }, remoteGrant: true }
      inner: { multiPerson: { count: 3, groups: [manager, custodian], directions: both } }
access: { multiPersonWindow: 45 }
`),
  );
  expect(doors).toEqual({
    "v1/outer": {
      multiPerson: { count: 2, groups: [], window: 12_000, directions: "entry" },
      remoteGrant: true,
    },
    "v1/inner": {
      multiPerson: { count: 3, groups: ["manager", "custodian"], window: 45_000, directions: "both" },
    },
  });
  expect(areas["v1"]?.vestibuleMax).toBe(3);
});

test("A2, A9: times are minutes; a schedule keeps who opens it, and a level its modes by time", () => {
  const [level] = accessPolicyOf(
    siteForTests(`schedules:
  - { name: office, spans: [{ days: [monday], from: "08:00", to: "24:00" }], firstPerson: manager }
  - { name: night, spans: [{ days: [friday], from: "22:00", to: "02:30" }] }
accessLevels:
  - { name: staff, accessPoints: all, schedule: office, modes: [{ schedule: night, mode: card+face+pin }] }
`),
  ).levels;
  expect(level).toEqual({
    name: "staff",
    accessPoints: "all",
    vestibules: "all",
    mode: "card+face",
    schedule: { name: "office", spans: [{ days: ["monday"], from: 480, to: 1440 }], firstPerson: "manager" },
    modes: [
      {
        schedule: { name: "night", spans: [{ days: ["friday"], from: 1320, to: 150 }] },
        mode: "card+face+pin",
      },
    ],
  });
});

test("A3, A4, A5: areas, duress and times for PIN and operator come from their own keys", () => {
  const policy = accessPolicyOf(
    siteForTests(`    antiPassback: soft
    occupancy: { vestibuleMax: 0, secureMax: 12 }
    countFaces: between
cameras:
  - { id: between, source: { kind: simulated } }
access: { pinTimeout: 9, remoteWindow: 90, duress: { policy: grantOuterHoldInner } }
`),
  );
  expect(policy.areas["v1"]).toEqual({
    antiPassback: "soft",
    vestibuleMax: 0,
    secureMax: 12,
    secureMin: 0,
    countingCamera: "between",
  });
  expect(policy).toMatchObject({
    pinTimeout: 9_000,
    remoteWindow: 90_000,
    duress: { policy: "grantOuterHoldInner" },
  });
});

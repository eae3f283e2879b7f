import { describe, expect, test } from "vitest";
import { wallTime } from "../time.ts";
import { annas, given, monday, outerEntry, policyWith, presents, quiet, staff, wall } from "./given.ts";
import type { KnownCredential, Surroundings } from "./input.ts";
import type { DayKind, LocalTime, ScheduleSpan } from "./schedule.ts";
import { isWithin } from "./schedule.ts";

const office: ScheduleSpan = { days: ["monday"], from: 8 * 60, to: 18 * 60 };
const levels = [
  staff,
  { ...staff, name: "porters", mode: "card" as const },
  { ...staff, name: "elsewhere", vestibules: ["v2"] },
  { ...staff, name: "leaving", accessPoints: ["inner-exit", "outer-exit"] as const },
  { ...staff, name: "office hours", schedule: { name: "office", spans: [office] } },
  { ...staff, name: "office porters", mode: "card" as const, schedule: { name: "office", spans: [office] } },
];
const policy = policyWith({ levels });
const outcome = (
  changes: Partial<KnownCredential>,
  local: LocalTime = monday,
  surroundings: Surroundings = quiet,
): string | undefined =>
  given(policy)
    .when(presents("c", { credential: { ...annas, ...changes }, local, surroundings }))
    .at(1);

describe("one fault of a card, one reason", () => {
  test.each([
    { reason: "lostCredential", changes: { cardStatus: "lost" } },
    { reason: "suspendedCredential", changes: { cardStatus: "suspended" } },
    { reason: "suspendedCredential", changes: { cardholderStatus: "suspended" } },
    { reason: "expiredCredential", changes: { cardStatus: "expired" } },
    { reason: "expiredCredential", changes: { validUntil: wall } },
    { reason: "expiredCredential", changes: { validUntil: wallTime(wall - 1) } },
    { reason: "unknownCredential", changes: { cardStatus: "revoked" } },
    { reason: "notYetValid", changes: { validFrom: wallTime(wall + 1) } },
    { reason: "noAccessLevel", changes: { accessLevels: [] } },
    { reason: "noAccessLevel", changes: { accessLevels: ["of another site"] } },
    { reason: "noAccessLevel", changes: { accessLevels: ["elsewhere"] } },
    { reason: "noAccessLevel", changes: { accessLevels: ["leaving"] } },
    { reason: "faceMismatch", changes: { templates: 0 } },
  ] as const)("$changes → $reason", ({ reason, changes }) => {
    expect(outcome(changes)).toBe(`c AccessDenied ${reason}`);
  });

  test("a card that nobody has → unknownCredential", () => {
    expect(given(policy).when(presents("c", { credential: undefined }))).toEqual([
      "c CardPresented",
      "c AccessDenied unknownCredential",
    ]);
  });

  test("outside the schedule → outOfSchedule", () => {
    expect(outcome({ accessLevels: ["office hours"] }, { ...monday, minute: 479 })).toBe(
      "c AccessDenied outOfSchedule",
    );
  });
});

test.each([
  { validFrom: wall, validUntil: undefined },
  { validFrom: undefined, validUntil: wallTime(wall + 1) },
])("in date: from its first instant to the one before its last: $validFrom … $validUntil", (dates) => {
  expect(outcome(dates)).toBe("c VerificationStarted");
});

describe("with several faults the first of this order is the reason", () => {
  const faults: readonly (readonly [string, Partial<KnownCredential>, Partial<Surroundings>])[] = [
    ["interlocked", {}, { secure: { outer: true, inner: false } }],
    ["storageFault", {}, { storage: "failed" }],
    ["lostCredential", { cardStatus: "lost" }, {}],
    ["suspendedCredential", { cardholderStatus: "suspended" }, {}],
    ["notYetValid", { validFrom: wallTime(wall + 1) }, {}],
    ["expiredCredential", { validUntil: wall }, {}],
    ["noAccessLevel", { accessLevels: [] }, {}],
    ["cameraFault", {}, { camera: "faulty" }],
    ["faceMismatch", { templates: 0 }, {}],
  ];

  test.each(faults.map(([reason], index) => ({ reason, index })))(
    "R2 first: $reason",
    ({ reason, index }) => {
      const credential: Partial<KnownCredential> = {};
      const surroundings: Surroundings = { ...quiet };
      for (const [, ofCard, around] of faults.slice(index)) {
        // The first fault's own value stands where two faults are about the same thing.
        Object.assign(credential, { ...ofCard, ...credential });
        Object.assign(surroundings, around);
      }
      const { secure, storage } = faults[index]?.[2] ?? {};
      Object.assign(surroundings, { secure: secure ?? quiet.secure, storage: storage ?? "ok" });
      expect(outcome(credential, monday, surroundings)).toBe(`c AccessDenied ${reason}`);
    },
  );

  test("outOfSchedule comes before the camera and after the access level", () => {
    const late = { ...monday, minute: 1_200 };
    const blind = { ...quiet, camera: "faulty" } as const;
    expect(outcome({ accessLevels: ["office hours"] }, late, blind)).toBe("c AccessDenied outOfSchedule");
  });
});

describe("the mode of verification", () => {
  const modeOf = (accessLevels: readonly string[], local: LocalTime = monday): string | undefined =>
    outcome({ accessLevels }, local);

  test("face unless every open level asks for the card alone", () => {
    expect(modeOf(["porters"])).toBe("c AccessGranted");
    expect(modeOf(["porters", "staff"])).toBe("c VerificationStarted");
    expect(modeOf(["staff", "porters"])).toBe("c VerificationStarted");
  });

  test("a level that is closed now makes nothing stricter, and opens nothing", () => {
    const evening = { ...monday, minute: 1_200 };
    expect(modeOf(["porters", "office hours"], evening)).toBe("c AccessGranted");
    expect(modeOf(["porters", "office hours"])).toBe("c VerificationStarted");
    expect(modeOf(["staff", "office porters"], evening)).toBe("c VerificationStarted");
  });

  test("a level for another place does not count here", () => {
    expect(modeOf(["porters", "elsewhere"])).toBe("c AccessGranted");
  });

  test.each(["faulty", "unfitted"] as const)(
    "with a camera that is %s a face cannot be asked for",
    (camera) => {
      expect(outcome({}, monday, { ...quiet, camera })).toBe("c AccessDenied cameraFault");
      expect(outcome({ accessLevels: ["porters"] }, monday, { ...quiet, camera })).toBe("c AccessGranted");
    },
  );

  test("each access point looks at the other door", () => {
    const outerOpen = { ...quiet, secure: { outer: false, inner: true } };
    const through = (accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit") =>
      given(policy)
        .when(presents("c", { where: { ...outerEntry, accessPoint }, surroundings: outerOpen }))
        .at(1);
    expect(through("outer-entry")).toBe("c VerificationStarted");
    expect(through("outer-exit")).toBe("c VerificationStarted");
    expect(through("inner-entry")).toBe("c AccessDenied interlocked");
    expect(through("inner-exit")).toBe("c AccessDenied interlocked");
  });
});

describe("A9: schedules", () => {
  const open = (span: ScheduleSpan, day: DayKind, minute: number, yesterday: DayKind = "sunday"): boolean =>
    isWithin({ name: "s", spans: [span] }, { day, yesterday, minute });
  const night: ScheduleSpan = { days: ["friday"], from: 22 * 60, to: 6 * 60 };

  test.each([
    { minute: 479, within: false },
    { minute: 480, within: true },
    { minute: 1_079, within: true },
    { minute: 1_080, within: false },
  ])(
    "a day's span holds from its first minute to the one before its last: $minute → $within",
    ({ minute, within }) => {
      expect(open(office, "monday", minute)).toBe(within);
      expect(open(office, "tuesday", minute, "monday")).toBe(false);
    },
  );

  test.each([
    { day: "friday", yesterday: "thursday", minute: 1_319, within: false },
    { day: "friday", yesterday: "thursday", minute: 1_320, within: true },
    { day: "saturday", yesterday: "friday", minute: 0, within: true },
    { day: "saturday", yesterday: "friday", minute: 359, within: true },
    { day: "saturday", yesterday: "friday", minute: 360, within: false },
    { day: "saturday", yesterday: "friday", minute: 1_320, within: false },
    { day: "friday", yesterday: "thursday", minute: 100, within: false },
    { day: "holiday", yesterday: "friday", minute: 100, within: true },
    { day: "friday", yesterday: "holiday", minute: 100, within: false },
  ] as const)(
    "overnight belongs to the day it began on: $day $minute → $within",
    ({ day, yesterday, minute, within }) => {
      expect(open(night, day, minute, yesterday)).toBe(within);
    },
  );

  test("24:00 is the end of the day, 00:00 to 24:00 the whole of it", () => {
    const whole: ScheduleSpan = { days: ["monday"], from: 0, to: 1_440 };
    expect([0, 1_439].every((minute) => open(whole, "monday", minute))).toBe(true);
    expect(open(whole, "tuesday", 0, "monday")).toBe(false);
    expect(open({ days: ["monday"], from: 1_200, to: 1_440 }, "monday", 1_439)).toBe(true);
  });

  test("the same minute twice is once round the clock", () => {
    const round: ScheduleSpan = { days: ["monday"], from: 480, to: 480 };
    expect(open(round, "monday", 480)).toBe(true);
    expect(open(round, "tuesday", 479, "monday")).toBe(true);
    expect(open(round, "tuesday", 480, "monday")).toBe(false);
  });

  test("a holiday is not its weekday; only a span that names it is open", () => {
    expect(open(office, "holiday", 600)).toBe(false);
    expect(open({ ...office, days: ["holiday"] }, "holiday", 600)).toBe(true);
  });

  test("any of several spans opens, none of none", () => {
    const lunch = { days: ["monday"], from: 720, to: 780 } as const;
    expect(isWithin({ name: "s", spans: [office, lunch] }, monday)).toBe(true);
    expect(isWithin({ name: "s", spans: [] }, monday)).toBe(false);
  });
});

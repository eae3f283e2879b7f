import { describe, expect, test } from "vitest";
import {
  doorNotPassed,
  doorPassed,
  doorReleased,
  faceAccepted,
  faceRefused,
  given,
  interlockLost,
  passes,
  quiet,
  releaseRefused,
} from "./given.ts";
import { at, becomes, called, comes, policyFor, ran, shows } from "./given-people.ts";
import { missingGroups } from "./party.ts";
import type { MultiPersonRule } from "./policy.ts";
import { mostPeopleTogether, type VerifiedPerson } from "./state.ts";

const pair: MultiPersonRule = { count: 2, groups: [], window: 30_000, directions: "entry" };
const asking = (rule: Partial<MultiPersonRule>, door: "outer" | "inner" = "outer") =>
  policyFor({ doors: { [`v1/${door}`]: { multiPerson: { ...pair, ...rule } } } });
const two = asking({});
const innerOpen = { ...quiet, secure: { outer: true, inner: false } };

describe("A1: several people together", () => {
  test("the second completes the group; the door is released once, under the last one's passage", () => {
    const { events } = ran(two, ...shows("anna"), passes(5_000), ...shows("ben"));
    expect(events.map(({ type }) => type)).toEqual([
      "CardPresented",
      "VerificationStarted",
      "PersonVerified",
      "CardPresented",
      "VerificationStarted",
      "AccessGranted",
      "AccessGranted",
    ]);
    const granted = events.filter(({ type }) => type === "AccessGranted");
    expect(granted).toMatchObject([
      { passage: "anna", cardholder: "anna", lead: "ben", people: 2, mode: "card+face" },
      { passage: "ben", cardholder: "ben", lead: "ben", people: 2, mode: "card+face" },
    ]);
  });

  test("the display says 1 of 2, and asks for the next one", () => {
    expect(ran(two, ...shows("anna")).displays.at(-1)).toEqual({
      text: "nextPerson",
      hint: null,
      progress: { step: 1, of: 2 },
    });
    const { displays } = ran(asking({ count: 3 }), ...shows("anna"), ...shows("ben"));
    expect(displays.at(-1)).toMatchObject({ text: "nextPerson", progress: { step: 2, of: 3 } });
  });

  test("each of them is on record as having passed, or not", () => {
    const granted = [...shows("anna"), ...shows("ben"), doorReleased("ben")];
    const { events } = ran(two, ...granted, doorPassed("ben"));
    expect(events.slice(-3)).toMatchObject([
      { type: "PassageReleased", passage: "ben" },
      { type: "AccessTaken", passage: "anna", lead: "ben", openFor: 3_000 },
      { type: "AccessTaken", passage: "ben", lead: "ben", openFor: 3_000 },
    ]);
    expect(given(two, ...granted).when(doorNotPassed("ben"), doorNotPassed("ben"))).toEqual([
      "anna AccessNotTaken",
      "ben AccessNotTaken",
    ]);
  });

  test("a release that the interlock refuses, or does not answer, is refused to each", () => {
    const granted = given(two, ...shows("anna"), ...shows("ben"));
    const refused = ["anna AccessDenied interlocked", "ben AccessDenied interlocked"];
    expect(granted.when(releaseRefused("ben", "otherNotSecure"))).toEqual(refused);
    expect(granted.when(passes(1_000))).toEqual(refused);
  });

  test("the window runs from the one before, to the instant", () => {
    const three = asking({ count: 3 });
    const waits = given(three, ...shows("anna"), passes(29_000), ...shows("ben"));
    expect(waits.when(passes(29_999), ...shows("chi"))).toContain("chi AccessGranted");
    expect(waits.when(passes(30_000))).toEqual([
      "anna AccessDenied multiPersonIncomplete",
      "ben AccessDenied multiPersonIncomplete",
    ]);
  });

  test("whoever is still looked at when the window is over begins a new group", () => {
    const late = given(two, ...shows("anna"), passes(29_000), comes("ben"));
    expect(late.when(passes(1_000), faceAccepted("ben"))).toEqual([
      "anna AccessDenied multiPersonIncomplete",
      "ben PersonVerified",
    ]);
  });

  test("the next one's card sends nobody away who waits, nor does one that is refused", () => {
    const waits = given(two, ...shows("anna"));
    expect(waits.when(comes("ben"))).toEqual(["ben CardPresented", "ben VerificationStarted"]);
    expect(waits.when(comes("x", { cardStatus: "lost" }), ...shows("ben")).slice(-2)).toEqual([
      "anna AccessGranted",
      "ben AccessGranted",
    ]);
    expect(waits.when(comes("ben"), faceRefused("ben", "noFace"), ...shows("chi"))).toContain(
      "anna AccessGranted",
    );
  });

  test("R1, R3: doors that are not secure refuse the last one; the others go on waiting", () => {
    const waits = given(two, ...shows("anna"));
    expect(waits.when(comes("ben"), faceAccepted("ben", innerOpen), ...shows("chi"))).toEqual([
      "ben CardPresented",
      "ben VerificationStarted",
      "ben AccessDenied interlocked",
      "chi CardPresented",
      "chi VerificationStarted",
      "anna AccessGranted",
      "chi AccessGranted",
    ]);
  });

  test("A8: a card reported lost while its owner waited counts for nobody", () => {
    const waits = given(two, ...shows("anna"));
    const lost = becomes("anna", called("anna", { cardStatus: "lost" }));
    expect(waits.when(lost, ...shows("ben")).slice(2)).toEqual([
      "anna AccessDenied lostCredential",
      "ben PersonVerified",
    ]);
    expect(waits.when(becomes("anna", undefined), ...shows("ben")).slice(2)).toEqual([
      "anna AccessDenied unknownCredential",
      "ben PersonVerified",
    ]);
  });

  test("the interlock's end ends their waiting", () => {
    expect(given(two, ...shows("anna")).when(interlockLost)).toEqual(["anna AccessDenied interlocked"]);
  });

  test("each door and each door pair has a group of its own", () => {
    const waits = given(two, ...shows("anna"));
    const elsewhere = { where: { vestibule: "v2", accessPoint: "outer-entry" } } as const;
    expect(waits.when(...shows("ben", {}, elsewhere))).toContain("ben AccessGranted");
  });

  test("what is shown of each is asked of each", () => {
    const vault = { accessLevels: ["vault"] };
    expect(given(two, ...shows("anna"), ...shows("ben", vault)).when(passes(15_000))).toEqual([
      "ben AccessDenied timeout",
    ]);
  });

  test("no more people than a group may have wait at one door", () => {
    const visitor = { kind: "visitor", host: "nobody" } as const;
    const crowd = Array.from({ length: mostPeopleTogether }, (_, index) =>
      shows(`v${index}`, visitor),
    ).flat();
    expect(given(policyFor(), ...crowd.slice(0, -2)).when(...shows("last", visitor))).toContain(
      "last PersonVerified",
    );
    expect(given(policyFor(), ...crowd).when(...shows("late", visitor))).toContain(
      "late AccessDenied occupancyLimit",
    );
  });
});

describe("A1, T44: one person is one person", () => {
  test("the same card again, or another one of the same holder → samePerson; the group goes on", () => {
    const waits = given(two, ...shows("anna"), passes(2_000));
    const again = comes("anna", {}, { passage: "again" });
    expect(waits.when(again)).toEqual(["again CardPresented", "again AccessDenied samePerson"]);
    const other = comes("other card", { cardholder: "anna" });
    expect(waits.when(other, ...shows("ben"))).toEqual([
      "other card CardPresented",
      "other card AccessDenied samePerson",
      "ben CardPresented",
      "ben VerificationStarted",
      "anna AccessGranted",
      "ben AccessGranted",
    ]);
  });
});

describe("A1: groups", () => {
  const manager = { groups: ["manager"] };
  const custodian = { groups: ["custodian"] };
  const both = { groups: ["manager", "custodian"] };
  const grouped = asking({ groups: ["manager", "custodian"] });

  test("one of each, in either order", () => {
    expect(given(grouped, ...shows("anna", manager)).when(...shows("ben", custodian))).toContain(
      "ben AccessGranted",
    );
    expect(given(grouped, ...shows("anna", custodian)).when(...shows("ben", manager))).toContain(
      "ben AccessGranted",
    );
  });

  test("what is missing is on record", () => {
    expect(ran(grouped, ...shows("anna", manager)).last("PersonVerified")).toMatchObject({
      present: 1,
      of: 2,
      missing: ["custodian"],
      groups: ["manager"],
    });
  });

  test("whoever leaves no place for the missing group → groupMissing; the others wait on", () => {
    const waits = given(grouped, ...shows("anna", manager));
    expect(waits.when(...shows("ben", manager), ...shows("chi", custodian))).toEqual([
      "ben CardPresented",
      "ben VerificationStarted",
      "ben AccessDenied groupMissing",
      "chi CardPresented",
      "chi VerificationStarted",
      "anna AccessGranted",
      "chi AccessGranted",
    ]);
    expect(given(grouped).when(...shows("ben"))).toContain("ben AccessDenied groupMissing");
  });

  test("whoever is of both groups stands for the one that nobody else does", () => {
    expect(given(grouped, ...shows("anna", both)).when(...shows("ben", manager))).toContain(
      "anna AccessGranted",
    );
    expect(given(grouped, ...shows("anna", manager)).when(...shows("ben", both))).toContain(
      "anna AccessGranted",
    );
    expect(given(grouped).when(...shows("anna", both))).toContain("anna PersonVerified");
  });

  test("more groups than people asked for: as many people as groups", () => {
    const three = asking({ groups: ["manager", "custodian", "guard"] });
    const waits = given(three, ...shows("anna", manager), ...shows("ben", custodian));
    expect(waits.when(...shows("chi", { groups: ["guard"] }))).toContain("chi AccessGranted");
  });

  test("different people for different groups, however they overlap", () => {
    const person = (cardholder: string, ...groups: string[]) =>
      ({ facts: { cardholder }, groups, host: null }) as unknown as VerifiedPerson;
    const crowd = [person("a", "x", "y"), person("b", "x"), person("c", "y", "z")];
    expect(missingGroups(crowd, ["x", "y", "z"])).toEqual([]);
    expect(missingGroups(crowd, ["z", "y", "x"])).toEqual([]);
    expect(missingGroups([person("a", "x", "y")], ["x", "y"])).toEqual(["y"]);
    expect(missingGroups([person("a", "x"), person("b", "y")], ["x", "x"])).toEqual(["x"]);
    expect(missingGroups([{ ...person("a", "x"), host: "b" }], ["x"])).toEqual(["x"]);
  });
});

describe("R15: leaving", () => {
  test.each(["entry", "both"] as const)("directions %s: alone by the outer door", (directions) => {
    const strict = asking({ directions });
    expect(given(strict).when(...shows("anna", {}, { where: at("outer-exit") }))).toContain(
      "anna AccessGranted",
    );
  });

  test("out of the secure area: alone, unless the rule is for both directions", () => {
    const where = { where: at("inner-exit") };
    expect(given(asking({}, "inner")).when(...shows("anna", {}, where))).toContain("anna AccessGranted");
    expect(given(asking({ directions: "both" }, "inner")).when(...shows("anna", {}, where))).toContain(
      "anna PersonVerified",
    );
  });

  test("whoever waits for others at the inner door leaves by the outer one", () => {
    const inner = asking({}, "inner");
    const waits = given(inner, ...shows("anna", {}, { where: at("inner-entry") }), passes(1_000));
    const leaves = { where: at("outer-exit"), passage: "out" };
    expect(waits.when(...shows("anna", {}, leaves))).toContain("out AccessGranted");
  });
});

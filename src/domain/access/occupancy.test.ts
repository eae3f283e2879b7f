import { describe, expect, test } from "vitest";
import {
  doorNotPassed,
  doorPassed,
  doorReleased,
  faceAccepted,
  given,
  passes,
  quiet,
  visionLost,
} from "./given.ts";
import {
  areas,
  at,
  becomes,
  called,
  comes,
  counted,
  occupied,
  policyFor,
  ran,
  shows,
} from "./given-people.ts";

const inward = { where: at("inner-entry") };
const outward = { where: at("inner-exit") };
const pairOf = (door: "outer" | "inner") => ({
  doors: {
    [`v1/${door}`]: {
      multiPerson: { count: 2, groups: [], window: 30_000, directions: "entry" as const },
    },
  },
});

describe("A4: no more people between the doors than allowed", () => {
  const one = policyFor(areas({ vestibuleMax: 1 }));

  test("full → occupancyLimit, from either side", () => {
    for (const accessPoint of ["outer-entry", "inner-exit"] as const) {
      const where = { where: at(accessPoint) };
      expect(given(one).when(...shows("anna", {}, where))).toContain("anna AccessGranted");
      expect(given(one).when(comes("anna", {}, { ...where, surroundings: occupied(1, 3) }))).toEqual([
        "anna CardPresented",
        "anna AccessDenied occupancyLimit",
      ]);
    }
  });

  test("R15: whoever is between the doors leaves, however full it is", () => {
    const full = { where: at("outer-exit"), surroundings: occupied(5, 5) };
    expect(given(one).when(...shows("anna", {}, full))).toContain("anna AccessGranted");
  });

  test("it may have filled while the face was looked at", () => {
    expect(given(one, comes("anna")).when(faceAccepted("anna", occupied(1, 0)))).toEqual([
      "anna AccessDenied occupancyLimit",
    ]);
  });

  test("so does each of a group that has to be complete at the other door only", () => {
    for (const policy of [
      policyFor({ ...areas({ vestibuleMax: 1 }), ...pairOf("inner") }),
      policyFor(areas({ vestibuleMax: 1, secureMin: 2 })),
    ]) {
      expect(given(policy).when(...shows("ben", {}, { surroundings: occupied(1, 0) }))).toContain(
        "ben AccessGranted",
      );
      expect(given(policy).when(comes("ben", {}, { surroundings: occupied(2, 0) }))).toContain(
        "ben AccessDenied occupancyLimit",
      );
    }
  });

  test("a group that has to pass together fits; somebody more does not", () => {
    const group = policyFor({ ...areas({ vestibuleMax: 1 }), ...pairOf("outer") });
    expect(given(group, ...shows("anna")).when(...shows("ben"))).toContain("ben AccessGranted");
    expect(given(group).when(comes("anna", {}, { surroundings: occupied(1, 0) }))).toContain(
      "anna AccessDenied occupancyLimit",
    );
  });

  test("a visitor and the host are two", () => {
    const visitor = { kind: "visitor", host: "ben" } as const;
    expect(given(one, ...shows("vic", visitor)).when(...shows("ben"))).toContain(
      "ben AccessDenied occupancyLimit",
    );
    const room = policyFor(areas({ vestibuleMax: 2 }));
    expect(given(room, ...shows("vic", visitor)).when(...shows("ben"))).toContain("vic AccessGranted");
  });

  test("0: no limit", () => {
    expect(given(policyFor()).when(...shows("anna", {}, { surroundings: occupied(99, 99) }))).toContain(
      "anna AccessGranted",
    );
  });
});

describe("A4: no more people in the secure area than allowed", () => {
  const three = policyFor(areas({ secureMax: 3 }));

  test("full → occupancyLimit at the inner door; the outer one lets in between the doors", () => {
    const full = { surroundings: occupied(1, 3) };
    expect(given(three).when(comes("anna", {}, { ...inward, ...full }))).toContain(
      "anna AccessDenied occupancyLimit",
    );
    expect(given(three).when(...shows("anna", {}, full))).toContain("anna AccessGranted");
    const room = { ...inward, surroundings: occupied(1, 2) };
    expect(given(three).when(...shows("anna", {}, room))).toContain("anna AccessGranted");
  });

  test("a group counts as its size", () => {
    const group = policyFor({ ...areas({ secureMax: 3 }), ...pairOf("inner") });
    expect(given(group).when(comes("anna", {}, { ...inward, surroundings: occupied(2, 2) }))).toContain(
      "anna AccessDenied occupancyLimit",
    );
  });

  test("leaving is never refused for it", () => {
    expect(given(three).when(...shows("anna", {}, { ...outward, surroundings: occupied(0, 9) }))).toContain(
      "anna AccessGranted",
    );
  });
});

describe("A4: nobody alone in the secure area", () => {
  const two = policyFor(areas({ secureMin: 2 }));
  const goesIn = (name: string, secure: number) =>
    shows(name, {}, { ...inward, surroundings: occupied(2, secure) });
  const goesOut = (name: string, secure: number) =>
    shows(name, {}, { ...outward, surroundings: occupied(0, secure) });

  test("into an empty one two go together, into any other alone", () => {
    expect(given(two).when(...goesIn("anna", 0))).toContain("anna PersonVerified");
    expect(given(two, ...goesIn("anna", 0)).when(...goesIn("ben", 0))).toContain("ben AccessGranted");
    expect(given(two).when(...goesIn("anna", 1))).toContain("anna AccessGranted");
    expect(given(two).when(...goesIn("anna", 2))).toContain("anna AccessGranted");
  });

  test("whoever would leave one alone waits for that one", () => {
    expect(given(two).when(...goesOut("anna", 2))).toContain("anna PersonVerified");
    expect(given(two, ...goesOut("anna", 2)).when(...goesOut("ben", 2))).toContain("anna AccessGranted");
    expect(given(two).when(...goesOut("anna", 3))).toContain("anna AccessGranted");
  });

  test("R15: the last one leaves alone", () => {
    expect(given(two).when(...goesOut("anna", 1))).toContain("anna AccessGranted");
    expect(given(two).when(...goesOut("anna", 0))).toContain("anna AccessGranted");
  });

  test("a visitor who waits for the host sets nobody else in motion", () => {
    const visitor = shows(
      "vic",
      { kind: "visitor", host: "ben" },
      { ...inward, surroundings: occupied(2, 1) },
    );
    expect(given(two, ...goesIn("anna", 0)).when(...visitor)).toEqual([
      "vic CardPresented",
      "vic VerificationStarted",
      "vic PersonVerified",
    ]);
  });

  test("nobody comes in time → multiPersonIncomplete, and they may try again", () => {
    expect(given(two, ...goesOut("anna", 2)).when(passes(30_000), ...goesOut("anna", 2))).toEqual([
      "anna AccessDenied multiPersonIncomplete",
      "anna CardPresented",
      "anna VerificationStarted",
      "anna PersonVerified",
    ]);
  });

  test("three at least: out of four one may go, out of three all go", () => {
    const three = policyFor(areas({ secureMin: 3 }));
    expect(given(three).when(...goesOut("anna", 4))).toContain("anna AccessGranted");
    const waits = given(three, ...goesOut("anna", 3), ...goesOut("ben", 3));
    expect(waits.when(...goesOut("chi", 3))).toContain("anna AccessGranted");
    expect(ran(three, ...goesIn("anna", 0)).last("PersonVerified")).toMatchObject({ present: 1, of: 3 });
  });
});

describe("A4, T45: faces are counted before the inner door is released", () => {
  const counting = policyFor(areas({ countingCamera: "between" }));
  const asked = given(counting, ...shows("anna", {}, inward));

  test("the camera between the doors is asked, nothing is released meanwhile", () => {
    const { events, last } = ran(counting, ...shows("anna", {}, inward));
    expect(events.map(({ type }) => type)).toEqual([
      "CardPresented",
      "VerificationStarted",
      "PersonVerified",
      "FaceCountAsked",
    ]);
    expect(last("FaceCountAsked")).toMatchObject({ camera: "between", passages: ["anna"] });
  });

  test("as many as were verified → granted, with what was shown of each", () => {
    const { last } = ran(counting, ...shows("anna", {}, inward), counted("anna", 1));
    expect(last("AccessGranted")).toMatchObject({
      cardholder: "anna",
      face: { score: 0.97 },
      people: 1,
      lead: "anna",
    });
  });

  test("more → tailgating, and nobody passes; by the outer door they leave", () => {
    const { events } = ran(counting, ...shows("anna", {}, inward), counted("anna", 2));
    expect(events.slice(-2)).toMatchObject([
      { type: "TailgatingFound", faces: 2, verified: 1, evidence: "picture", accessPoint: "inner-entry" },
      { type: "AccessDenied", reason: "occupancyLimit" },
    ]);
    const leaves = shows("anna", {}, { where: at("outer-exit"), passage: "out" });
    expect(asked.when(counted("anna", 2), ...leaves)).toContain("out AccessGranted");
  });

  test.each([
    ["could not be counted", undefined],
    ["none at all", 0],
    ["no number", Number.NaN],
  ])("%s → cameraFault", (_what, faces) => {
    expect(asked.when(counted("anna", faces))).toEqual(["anna AccessDenied cameraFault"]);
  });

  test("not in time → cameraFault, and what comes later counts for nothing", () => {
    expect(asked.when(passes(1_999), counted("anna", 1))).toContain("anna AccessGranted");
    expect(asked.when(passes(2_000), counted("anna", 1))).toEqual(["anna AccessDenied cameraFault"]);
    expect(asked.when(visionLost, counted("anna", 1))).toEqual(["anna AccessDenied cameraFault"]);
  });

  test("R3: the doors, the lockdown and the card are asked again with the count", () => {
    const open = { ...quiet, secure: { outer: false, inner: true } };
    expect(asked.when(counted("anna", 1, open))).toEqual(["anna AccessDenied interlocked"]);
    expect(asked.when(counted("anna", 1, { ...quiet, lockdown: true }))).toEqual([
      "anna AccessDenied lockdown",
    ]);
    expect(asked.when(counted("anna", 1, { ...quiet, storage: "failed" }))).toEqual([
      "anna AccessDenied storageFault",
    ]);
    const lost = becomes("anna", called("anna", { cardStatus: "lost" }));
    expect(asked.when(lost, counted("anna", 1))).toEqual(["anna AccessDenied lostCredential"]);
  });

  test("a group is as many as it has people; fewer faces will do", () => {
    const group = policyFor({ ...areas({ countingCamera: "between" }), ...pairOf("inner") });
    const both = given(group, ...shows("anna", {}, inward), ...shows("ben", {}, inward));
    for (const faces of [1, 2])
      expect(both.when(counted("ben", faces))).toEqual(["anna AccessGranted", "ben AccessGranted"]);
    expect(both.when(counted("ben", 3))).toEqual([
      "ben TailgatingFound",
      "anna AccessDenied occupancyLimit",
      "ben AccessDenied occupancyLimit",
    ]);
    const lost = becomes("anna", called("anna", { cardStatus: "lost" }));
    expect(both.when(lost, counted("ben", 2))).toEqual([
      "anna AccessDenied lostCredential",
      "ben AccessDenied multiPersonIncomplete",
    ]);
  });

  test("the door is not free for another while faces are counted", () => {
    for (const accessPoint of ["inner-entry", "inner-exit"] as const)
      expect(asked.when(comes("ben", {}, { where: at(accessPoint) }))).toContain(
        "ben AccessDenied interlocked",
      );
  });

  test("a door that was not released for them is passed by nobody", () => {
    expect(asked.when(doorReleased("anna"), doorPassed("anna"), doorNotPassed("anna"))).toEqual([]);
  });

  test("another door pair counts nobody", () => {
    const where = { vestibule: "v2", accessPoint: "inner-entry" } as const;
    expect(given(counting).when(...shows("anna", {}, { where }))).toContain("anna AccessGranted");
  });

  test("nobody is counted at the outer door, or on the way out", () => {
    for (const accessPoint of ["outer-entry", "outer-exit", "inner-exit"] as const)
      expect(given(counting).when(...shows("anna", {}, { where: at(accessPoint) }))).toContain(
        "anna AccessGranted",
      );
  });
});

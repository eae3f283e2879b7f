import { describe, expect, test } from "vitest";
import {
  AccessPoints,
  annas,
  doorNotPassed,
  doorPassed,
  doorReleased,
  exitRequested,
  face,
  faceAccepted,
  faceRefused,
  given,
  goesThrough,
  interlockLost,
  outerEntry,
  passes,
  policyWith,
  presents,
  quiet,
  releaseRefused,
  type Step,
  visionLost,
} from "./given.ts";

const policy = policyWith();
const innerInsecure = { ...quiet, secure: { outer: true, inner: false } };
const noStorage = { ...quiet, storage: "failed" } as const;
const innerEntry = { ...outerEntry, accessPoint: "inner-entry" } as const;
const outerExit = { ...outerEntry, accessPoint: "outer-exit" } as const;
const ben = { ...annas, cardholder: "ben" };

test("a passage, from the card to the door closed again", () => {
  expect(
    given(policy).when(presents("anna"), faceAccepted("anna"), doorReleased("anna"), doorPassed("anna")),
  ).toEqual([
    "anna CardPresented",
    "anna VerificationStarted",
    "anna AccessGranted",
    "anna PassageReleased",
    "anna AccessTaken",
  ]);
});

test("the record says who, where, how, with what figures and since when", () => {
  const points = new AccessPoints(policy);
  presents("anna")(points);
  passes(700)(points);
  faceAccepted("anna")(points);
  expect(points.events.at(-1)).toEqual({
    type: "AccessGranted",
    at: points.now,
    presentedAt: points.now - 700,
    mode: "card+face",
    face,
    lead: "anna",
    people: 1,
    operator: null,
    groups: [],
    passage: "anna",
    card: "anna",
    cardholder: "anna",
    ...outerEntry,
  });
});

test("released and not opened ends the passage", () => {
  const released = given(policy, presents("anna"), faceAccepted("anna"), doorReleased("anna"));
  expect(released.when(doorNotPassed("anna"), doorNotPassed("anna"))).toEqual(["anna AccessNotTaken"]);
});

test("R2: while the other door is not secure nothing is compared, and the person is told to wait", () => {
  expect(given(policy).when(presents("anna", { surroundings: innerInsecure }))).toEqual([
    "anna CardPresented",
    "anna AccessDenied interlocked",
  ]);
});

describe("when the face has been judged", () => {
  const verifying = given(policy, presents("anna"));

  test.each(["noFace", "multipleFaces", "poorQuality", "faceMismatch", "cameraFault"] as const)(
    "refused for %s",
    (reason) => {
      expect(verifying.when(faceRefused("anna", reason))).toEqual([`anna AccessDenied ${reason}`]);
    },
  );

  test("R3: the other door may have moved meanwhile", () => {
    expect(verifying.when(faceAccepted("anna", innerInsecure))).toEqual(["anna AccessDenied interlocked"]);
  });

  test("the disk may have failed meanwhile", () => {
    expect(verifying.when(faceAccepted("anna", noStorage))).toEqual(["anna AccessDenied storageFault"]);
  });

  test("a wrong face is the reason even where the doors moved too", () => {
    const events = verifying.when(faceRefused("anna", "faceMismatch", innerInsecure));
    expect(events).toEqual(["anna AccessDenied faceMismatch"]);
  });

  test("the door may have been released for somebody at its other side", () => {
    const both = given(policy, presents("anna"), presents("ben", { where: outerExit, credential: ben }));
    expect(both.when(faceAccepted("ben"), faceAccepted("anna"))).toEqual([
      "ben AccessGranted",
      "anna AccessDenied interlocked",
    ]);
  });

  test("a verdict twice, or for nobody, grants nothing more", () => {
    expect(verifying.when(faceAccepted("anna"), faceAccepted("anna"))).toEqual(["anna AccessGranted"]);
    expect(verifying.when(faceAccepted("zoe"))).toEqual([]);
  });

  test("in time up to the last instant, too late at it", () => {
    expect(verifying.when(passes(4_999), faceAccepted("anna"))).toEqual(["anna AccessGranted"]);
    expect(verifying.when(passes(5_000), faceAccepted("anna"))).toEqual(["anna AccessDenied timeout"]);
  });

  test("a verdict that comes with a late timer is late", () => {
    const late: Step = (points) => {
      points.now = (points.now + 6_000) as typeof points.now;
      faceAccepted("anna")(points);
    };
    expect(verifying.when(late)).toEqual(["anna AccessDenied timeout"]);
  });
});

describe("the interlock's answer", () => {
  const granted = given(policy, presents("anna"), faceAccepted("anna"));

  test("refused is a denial: the door did not open", () => {
    expect(granted.when(releaseRefused("anna", "otherNotSecure"))).toEqual(["anna AccessDenied interlocked"]);
  });

  test("none within its time is a denial too", () => {
    expect(granted.when(passes(999))).toEqual([]);
    expect(granted.when(passes(1_000))).toEqual(["anna AccessDenied interlocked"]);
  });

  test("out of turn changes nothing", () => {
    expect(given(policy, presents("anna")).when(doorReleased("anna"), releaseRefused("anna", "x"))).toEqual(
      [],
    );
    const released = given(policy, presents("anna"), faceAccepted("anna"), doorReleased("anna"));
    expect(released.when(doorReleased("anna"), releaseRefused("anna", "x"))).toEqual([]);
    expect(granted.when(doorReleased("zoe"), doorPassed("zoe"), doorNotPassed("zoe"))).toEqual([]);
  });

  test("a release may last as long as the interlock lets it", () => {
    expect(granted.when(doorReleased("anna"), passes(600_000))).toEqual(["anna PassageReleased"]);
  });
});

describe("somebody else's card", () => {
  test("while a face is awaited takes over: whoever presented first has walked away", () => {
    const events = given(policy, presents("anna")).when(
      presents("ben", { credential: ben }),
      faceAccepted("anna"),
    );
    expect(events).toEqual(["ben CardPresented", "anna AccessDenied timeout", "ben VerificationStarted"]);
  });

  test("that is refused takes over too", () => {
    expect(given(policy, presents("anna")).when(presents("ben", { credential: undefined }))).toEqual([
      "ben CardPresented",
      "anna AccessDenied timeout",
      "ben AccessDenied unknownCredential",
    ]);
  });

  test.each([
    { when: "is being released", steps: [] },
    { when: "is released", steps: [doorReleased("anna")] },
  ])("while the door $when for another is told to wait, at either side of it", ({ steps }) => {
    const inUse = given(policy, presents("anna"), faceAccepted("anna"), ...steps);
    for (const where of [outerEntry, outerExit]) {
      expect(inUse.when(presents("ben", { credential: ben, where }))).toEqual([
        "ben CardPresented",
        "ben AccessDenied interlocked",
      ]);
    }
  });

  test("at another door or another pair is its own passage", () => {
    const inUse = given(policy, presents("anna"), faceAccepted("anna"));
    for (const where of [innerEntry, { ...outerEntry, vestibule: "v2" }]) {
      expect(inUse.when(presents("ben", { credential: ben, where }))).toContain("ben VerificationStarted");
    }
  });

  test("after the passage is over finds the door free", () => {
    expect(given(policy, ...goesThrough("anna")).when(presents("ben", { credential: ben }))).toContain(
      "ben VerificationStarted",
    );
  });
});

describe("the same card again", () => {
  const again = { passage: "again" };

  test("within sameCardTime is the same presentation", () => {
    const denied = given(policy, presents("anna", { surroundings: innerInsecure }));
    expect(denied.when(passes(999), presents("anna", again))).toEqual(["again CardRepeated"]);
    expect(denied.when(passes(1_000), presents("anna", again))).toContain("again VerificationStarted");
  });

  test("held to the reader does not put the presentation off for ever", () => {
    const held = given(policy, presents("anna", { surroundings: innerInsecure }), passes(600));
    expect(held.when(presents("anna", again), passes(600), presents("anna", { passage: "third" }))).toEqual([
      "again CardRepeated",
      "third CardPresented",
      "third VerificationStarted",
    ]);
  });

  test("while its owner is looked at, or passing, is no new attempt", () => {
    expect(given(policy, presents("anna"), passes(3_000)).when(presents("anna", again))).toEqual([
      "again CardRepeated",
    ]);
    const passing = given(
      policy,
      presents("anna"),
      faceAccepted("anna"),
      doorReleased("anna"),
      passes(3_000),
    );
    expect(passing.when(presents("anna", again))).toEqual(["again CardRepeated"]);
  });

  test("at another access point is another presentation", () => {
    expect(given(policy, presents("anna")).when(presents("anna", { ...again, where: innerEntry }))).toContain(
      "again VerificationStarted",
    );
  });
});

describe("R11: request to exit", () => {
  test("is an egress under R1", () => {
    expect(given(policy).when(exitRequested("outer", "x"))).toEqual(["x Egress"]);
  });

  test("waits for the other door, and for a record", () => {
    expect(given(policy).when(exitRequested("outer", "x", innerInsecure))).toEqual([
      "v1 EgressDenied interlocked",
    ]);
    expect(given(policy).when(exitRequested("inner", "x", innerInsecure))).toEqual(["x Egress"]);
    expect(given(policy).when(exitRequested("outer", "x", noStorage))).toEqual([
      "v1 EgressDenied storageFault",
    ]);
  });
});

describe("a process that ends", () => {
  test("vision: whoever waits for a verdict is told; a release goes on", () => {
    const two = given(
      policy,
      presents("anna"),
      faceAccepted("anna"),
      presents("ben", { credential: ben, where: innerEntry }),
    );
    expect(two.when(visionLost)).toEqual(["ben AccessDenied cameraFault"]);
  });

  test("interlock: every passage ends, and its door is free again", () => {
    const three = given(
      policy,
      presents("anna"),
      faceAccepted("anna"),
      doorReleased("anna"),
      presents("ben", { credential: ben, where: { ...outerEntry, vestibule: "v2" } }),
      faceAccepted("ben"),
      presents("chi", { where: innerEntry }),
    );
    expect(three.when(interlockLost, presents("dan"))).toEqual([
      "anna AccessNotTaken",
      "ben AccessNotTaken",
      "chi AccessDenied interlocked",
      "dan CardPresented",
      "dan VerificationStarted",
    ]);
  });
});

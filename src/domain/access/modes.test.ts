import { describe, expect, test } from "vitest";
import { union } from "./factors.ts";
import {
  doorPassed,
  doorReleased,
  faceAccepted,
  faceRefused,
  given,
  monday,
  passes,
  presents,
  quiet,
  staff,
  visionLost,
} from "./given.ts";
import {
  becomes,
  called,
  comes,
  enters,
  modes,
  operatorAsksFor,
  operatorDecides,
  policyFor,
  ran,
  shows,
} from "./given-people.ts";
import type { VerificationMode } from "./policy.ts";

const policy = policyFor();
const vault = { accessLevels: ["vault"] };
const pins = { accessLevels: ["pins"] };
const forgetful = { accessLevels: ["forgetful"] };
const innerOpen = { ...quiet, secure: { outer: true, inner: false } };

describe("card+face+pin", () => {
  const presented = given(policy, comes("anna", vault));

  test("the face, then the PIN", () => {
    expect(presented.when(faceAccepted("anna"), enters("anna", "correct"))).toEqual([
      "anna FaceMatched",
      "anna PinAsked",
      "anna PinEntered",
      "anna AccessGranted",
    ]);
  });

  test("the PIN may be entered from the card on", () => {
    expect(presented.when(enters("anna", "correct"), faceAccepted("anna"))).toEqual([
      "anna PinEntered",
      "anna AccessGranted",
    ]);
  });

  test("the record of the grant has the face's figures, whichever came last", () => {
    for (const steps of [
      [faceAccepted("anna"), enters("anna", "correct")],
      [enters("anna", "correct"), faceAccepted("anna")],
    ])
      expect(ran(policy, comes("anna", vault), ...steps).last("AccessGranted")).toMatchObject({
        mode: "card+face+pin",
        face: { score: 0.97 },
        operator: null,
      });
  });

  test("a wrong PIN is the refusal, with the face's picture on record", () => {
    const { last } = ran(policy, comes("anna", vault), faceAccepted("anna"), enters("anna", "wrong"));
    expect(last("AccessDenied")).toMatchObject({ reason: "wrongPin", face: { score: 0.97 } });
  });

  test("T25: entered early, a wrong PIN waits for the face, and whichever was wrong looks the same", () => {
    expect(presented.when(enters("anna", "wrong"))).toEqual(["anna PinEntered"]);
    expect(presented.when(enters("anna", "wrong"), faceAccepted("anna"))).toEqual([
      "anna PinEntered",
      "anna AccessDenied wrongPin",
    ]);
    const wrongFace = [enters("anna", "correct"), faceRefused("anna", "faceMismatch")];
    const wrongPin = [enters("anna", "wrong"), faceAccepted("anna")];
    const both = [enters("anna", "wrong"), faceRefused("anna", "faceMismatch")];
    const shown = [wrongFace, wrongPin, both].map(
      (steps) => ran(policy, comes("anna", vault), ...steps).displays,
    );
    expect(shown[1]).toEqual(shown[0]);
    expect(shown[2]).toEqual(shown[0]);
  });

  test("T25: one passage, one guess", () => {
    expect(presented.when(enters("anna", "wrong"), enters("anna", "correct"), faceAccepted("anna"))).toEqual([
      "anna PinEntered",
      "anna AccessDenied wrongPin",
    ]);
    expect(presented.when(enters("anna", "correct"), enters("anna", "wrong"), faceAccepted("anna"))).toEqual([
      "anna PinEntered",
      "anna AccessGranted",
    ]);
  });

  test("the display asks for the face, then for the PIN", () => {
    const { displays } = ran(policy, comes("anna", vault), faceAccepted("anna"));
    expect(displays.map(({ text }) => text)).toEqual(["look", "enterPin"]);
  });

  test("pinTimeout runs from when the PIN is asked for", () => {
    const asked = given(policy, comes("anna", vault), passes(4_000), faceAccepted("anna"));
    expect(asked.when(passes(14_999), enters("anna", "correct"))).toContain("anna AccessGranted");
    expect(asked.when(passes(15_000), enters("anna", "correct"))).toEqual(["anna AccessDenied timeout"]);
  });

  test("vision that ends after the face matched takes nothing back", () => {
    const asked = given(policy, comes("anna", vault), faceAccepted("anna"));
    expect(asked.when(visionLost, enters("anna", "correct"))).toContain("anna AccessGranted");
    expect(presented.when(visionLost)).toEqual(["anna AccessDenied cameraFault"]);
  });
});

describe("R3: at every step the doors and the card are asked again", () => {
  test("when the face has matched", () => {
    expect(given(policy, comes("anna", vault)).when(faceAccepted("anna", innerOpen))).toEqual([
      "anna AccessDenied interlocked",
    ]);
  });

  test("when the PIN was entered", () => {
    const asked = given(policy, comes("anna", vault), faceAccepted("anna"));
    expect(asked.when(enters("anna", "correct", innerOpen))).toContain("anna AccessDenied interlocked");
    const lost = becomes("anna", called("anna", { ...vault, cardStatus: "lost" }));
    expect(asked.when(lost, enters("anna", "correct"))).toContain("anna AccessDenied lostCredential");
  });

  test("when the operator has granted", () => {
    const asked = given(policy, comes("anna", forgetful), faceAccepted("anna"));
    expect(asked.when(operatorDecides("anna", true, innerOpen))).toEqual(["anna AccessDenied interlocked"]);
    const lockdown = { ...quiet, lockdown: true };
    expect(asked.when(operatorDecides("anna", true, lockdown))).toEqual(["anna AccessDenied lockdown"]);
    const failed = { ...quiet, storage: "failed" } as const;
    expect(asked.when(operatorDecides("anna", true, failed))).toEqual(["anna AccessDenied storageFault"]);
    expect(asked.when(becomes("anna", undefined), operatorDecides("anna", true))).toEqual([
      "anna AccessDenied unknownCredential",
    ]);
  });
});

describe("card+pin", () => {
  test("asks for no face", () => {
    const { events, displays } = ran(policy, comes("anna", pins), enters("anna", "correct"));
    expect(events.map(({ type }) => type)).toEqual([
      "CardPresented",
      "PinAsked",
      "PinEntered",
      "AccessGranted",
    ]);
    expect(displays.map(({ text }) => text)).toEqual(["enterPin", "welcome"]);
  });

  test("a wrong PIN is refused at once", () => {
    expect(given(policy, comes("anna", pins)).when(enters("anna", "wrong"))).toEqual([
      "anna PinEntered",
      "anna AccessDenied wrongPin",
    ]);
  });

  test("works where there is no camera", () => {
    const dark = { surroundings: { ...quiet, camera: "unfitted" } } as const;
    expect(given(policy).when(comes("anna", pins, dark))).toContain("anna PinAsked");
  });

  test("whoever has no PIN is refused as with a wrong one", () => {
    expect(given(policy).when(comes("anna", { ...pins, hasPin: false }))).toEqual([
      "anna CardPresented",
      "anna AccessDenied wrongPin",
    ]);
  });

  test("a verdict of a face nobody asked for says nothing", () => {
    expect(given(policy, comes("anna", pins)).when(faceAccepted("anna"))).toEqual([]);
  });
});

describe("face+remote", () => {
  test("with the card: the face, then the operator's grant, whose name is on record", () => {
    const { events, last, displays } = ran(
      policy,
      comes("anna", forgetful),
      faceAccepted("anna"),
      operatorDecides("anna", true),
      doorReleased("anna"),
      doorPassed("anna"),
    );
    expect(events.map(({ type }) => type)).toEqual([
      "CardPresented",
      "VerificationStarted",
      "FaceMatched",
      "RemoteGrantAsked",
      "AccessGranted",
      "PassageReleased",
      "AccessTaken",
    ]);
    expect(last("AccessGranted")).toMatchObject({ mode: "face+remote", operator: "olga" });
    expect(displays.map(({ text }) => text)).toEqual(["look", "waitForStaff", "welcome", "ready"]);
  });

  test("not granted → remoteDenied; nobody decides in remoteWindow → timeout", () => {
    const asked = given(policy, comes("anna", forgetful), faceAccepted("anna"));
    expect(asked.when(operatorDecides("anna", false))).toEqual(["anna AccessDenied remoteDenied"]);
    expect(asked.when(passes(59_999), operatorDecides("anna", true))).toEqual(["anna AccessGranted"]);
    expect(asked.when(passes(60_000), operatorDecides("anna", true))).toEqual(["anna AccessDenied timeout"]);
  });

  test("an operator who decides before he is asked decides nothing", () => {
    const presented = given(policy, comes("anna", forgetful));
    expect(presented.when(operatorDecides("anna", true))).toEqual([]);
    expect(presented.when(operatorDecides("zoe", true))).toEqual([]);
  });

  test("without a card an operator asks, the face is looked at, and he has granted by asking", () => {
    const anna = called("anna", { accessLevels: ["staff", "forgetful"] });
    const { events, last } = ran(policy, operatorAsksFor("p", anna), faceAccepted("p"));
    expect(events.map(({ type }) => type)).toEqual(["RemoteVerificationStarted", "AccessGranted"]);
    expect(last("AccessGranted")).toMatchObject({
      card: null,
      cardholder: "anna",
      mode: "face+remote",
      operator: "olga",
      face: { score: 0.97 },
    });
  });

  test("where no open level says so → notAuthorised, and who asked is on record", () => {
    const { events, last } = ran(policy, operatorAsksFor("p", called("anna")));
    expect(events.map(({ type }) => type)).toEqual(["AccessDenied"]);
    expect(last("AccessDenied")).toMatchObject({ reason: "notAuthorised", detail: "asked for by olga" });
  });

  test("whatever else is asked of the person is asked for without the card too", () => {
    const anna = called("anna", { accessLevels: ["vault", "forgetful"] });
    expect(given(policy).when(operatorAsksFor("p", anna), faceAccepted("p"))).toEqual([
      "p RemoteVerificationStarted left the card at home",
      "p FaceMatched",
      "p PinAsked",
    ]);
  });

  test("whoever may be helped out passes by the card as ever", () => {
    const both = { accessLevels: ["staff", "forgetful"] };
    expect(given(policy).when(...shows("anna", both))).toContain("anna AccessGranted");
  });

  test.each([
    ["lockdown", { ...quiet, lockdown: true }],
    ["interlocked", innerOpen],
    ["storageFault", { ...quiet, storage: "failed" }],
    ["cameraFault", { ...quiet, camera: "faulty" }],
  ] as const)("R2: an operator's request is refused for %s as a card is", (reason, surroundings) => {
    expect(given(policy).when(operatorAsksFor("p", called("anna", forgetful), surroundings))).toEqual([
      `p AccessDenied ${reason}`,
    ]);
  });

  test("a request takes nobody's place who is being verified", () => {
    const busy = given(policy, comes("ben"));
    expect(busy.when(operatorAsksFor("p", called("anna", forgetful)), faceAccepted("ben"))).toEqual([
      "p AccessDenied interlocked",
      "ben AccessGranted",
    ]);
  });
});

describe("a door that waits for an operator's grant", () => {
  const guarded = policyFor({ doors: { "v1/outer": { remoteGrant: true } } });

  test("asks at every entry, after whatever the level asks for", () => {
    expect(given(guarded).when(...shows("anna"))).toEqual([
      "anna CardPresented",
      "anna VerificationStarted",
      "anna FaceMatched",
      "anna RemoteGrantAsked",
    ]);
    expect(given(guarded).when(comes("anna", { accessLevels: ["porters"] }))).toContain(
      "anna RemoteGrantAsked",
    );
  });

  test("the mode on record stays what was shown", () => {
    const { last } = ran(
      guarded,
      comes("anna", { accessLevels: ["porters"] }),
      operatorDecides("anna", true),
    );
    expect(last("AccessGranted")).toMatchObject({ mode: "card", operator: "olga" });
  });

  test("R15: whoever leaves waits for nobody; nor does the other door", () => {
    for (const accessPoint of ["outer-exit", "inner-entry"] as const) {
      const where = { vestibule: "v1", accessPoint };
      expect(given(guarded).when(...shows("anna", {}, { where }))).toContain("anna AccessGranted");
    }
  });

  test("the operator who asked for the verification is the one who grants", () => {
    expect(given(guarded).when(operatorAsksFor("p", called("anna", forgetful)), faceAccepted("p"))).toContain(
      "p AccessGranted",
    );
  });
});

describe("several open levels ask for all they name together", () => {
  test.each<[readonly VerificationMode[], readonly string[]]>([
    [["card"], []],
    [["card", "card+face"], ["face"]],
    [
      ["card+pin", "card+face"],
      ["face", "pin"],
    ],
    [
      ["card+pin", "face+remote"],
      ["face", "pin", "remote"],
    ],
  ])("%j → %j", (named, wanted) => expect(union(named)).toEqual(wanted));

  test("card+pin and card+face are card+face+pin on record", () => {
    const { last } = ran(policy, comes("anna", { accessLevels: ["pins", "staff"] }));
    expect(last("VerificationStarted")).toMatchObject({ mode: "card+face+pin", wants: ["face", "pin"] });
  });
});

describe("a mode of its own in a schedule", () => {
  const night = {
    name: "night",
    spans: [{ days: ["monday"], from: 20 * 60, to: 24 * 60 }],
  } as const;
  const late = { name: "late", spans: [{ days: ["monday"], from: 22 * 60, to: 24 * 60 }] } as const;
  const levels = [
    {
      ...staff,
      modes: [
        { schedule: night, mode: "card+face+pin" as const },
        { schedule: late, mode: "face+remote" as const },
      ],
    },
    ...modes.slice(1),
  ];
  const asked = (minute: number) =>
    ran(
      policyFor({ levels }),
      presents("anna", { credential: called("anna"), local: { ...monday, minute } }),
    ).last("VerificationStarted")?.wants;

  test("takes the place of the usual one while it is open, and several ask together", () => {
    expect(asked(20 * 60 - 1)).toEqual(["face"]);
    expect(asked(20 * 60)).toEqual(["face", "pin"]);
    expect(asked(22 * 60)).toEqual(["face", "pin"]);
  });
});

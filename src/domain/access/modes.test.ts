import { describe, expect, test } from "vitest";
import { union } from "./factors.ts";
import {
  challengeShown,
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
import { becomes, called, comes, enters, modes, operatorDecides, policyFor, ran } from "./given-people.ts";
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

  test("a challenge that comes after the face matched asks for nothing", () => {
    const asked = given(policy, comes("anna", vault), faceAccepted("anna"));
    expect(asked.when(challengeShown("anna", 1))).toEqual([]);
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

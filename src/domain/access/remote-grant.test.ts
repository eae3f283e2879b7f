import { describe, expect, test } from "vitest";
import { doorPassed, doorReleased, faceAccepted, given, passes, quiet } from "./given.ts";
import { called, comes, operatorAsksFor, operatorDecides, policyFor, ran, shows } from "./given-people.ts";

const policy = policyFor();
const forgetful = { accessLevels: ["forgetful"] };
const innerOpen = { ...quiet, secure: { outer: true, inner: false } };

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

import { describe, expect, test } from "vitest";
import { displayAfter } from "./display.ts";
import type { AccessEvent } from "./event.ts";
import {
  doorPassed,
  doorReleased,
  faceAccepted,
  faceRefused,
  given,
  passes,
  quiet,
  type Step,
} from "./given.ts";
import {
  at,
  called,
  comes,
  duressCleared,
  enters,
  gestures,
  operatorAsksFor,
  operatorDecides,
  policyFor,
  ran,
  shows,
} from "./given-people.ts";
import type { DuressRules } from "./policy.ts";

const under = (policy: DuressRules["policy"]) => policyFor({ duress: { policy } });
const grant = under("grant");
const deny = under("deny");
const hold = under("grantOuterHoldInner");
const vault = { accessLevels: ["vault"] };
const inward = { where: at("inner-entry") };

/** What anybody at the door, or at a console of the box, may come to know. */
const seen = (events: readonly AccessEvent[]) => events.filter(({ type }) => type !== "DuressSignalled");

/** Each form, beside the same passage of somebody who is not forced. */
const forms: readonly {
  readonly form: string;
  readonly forced: readonly Step[];
  readonly free: readonly Step[];
}[] = [
  {
    form: "pin",
    forced: [comes("anna", vault), faceAccepted("anna"), enters("anna", "duress")],
    free: [comes("anna", vault), faceAccepted("anna"), enters("anna", "correct")],
  },
  {
    form: "pin",
    forced: [comes("anna", vault), enters("anna", "duress"), faceAccepted("anna")],
    free: [comes("anna", vault), enters("anna", "correct"), faceAccepted("anna")],
  },
  { form: "card", forced: shows("anna", { isDuressCard: true }), free: shows("anna") },
  {
    form: "card",
    forced: [comes("anna", { isDuressCard: true, accessLevels: ["porters"] })],
    free: [comes("anna", { accessLevels: ["porters"] })],
  },
  { form: "gesture", forced: [comes("anna"), gestures("anna")], free: [comes("anna"), faceAccepted("anna")] },
];

describe("A5: duress", () => {
  test.each(forms)(
    "$form: granted, signalled, and nothing else is any different",
    ({ form, forced, free }) => {
      const after = [doorReleased("anna"), doorPassed("anna")];
      const one = ran(grant, ...forced, ...after);
      const other = ran(grant, ...free, ...after);
      expect(one.last("AccessGranted")).toBeDefined();
      expect(one.last("DuressSignalled")).toMatchObject({ form, policy: "grant", cardholder: "anna" });
      expect(one.events.filter(({ type }) => type === "DuressSignalled")).toHaveLength(1);
      expect(seen(one.events)).toEqual(other.events);
      expect(one.displays).toEqual(other.displays);
    },
  );

  test("the signal is no display's business", () => {
    const { last } = ran(grant, ...shows("anna", { isDuressCard: true }));
    const signalled = last("DuressSignalled");
    expect(signalled && displayAfter(signalled)).toBeUndefined();
  });

  test("a PIN entered before the face says so at once", () => {
    expect(given(grant, comes("anna", vault)).when(enters("anna", "duress"))).toEqual([
      "anna PinEntered",
      "anna DuressSignalled",
    ]);
  });

  test.each([
    ["a wrong face", [enters("anna", "duress"), faceRefused("anna", "faceMismatch")], "faceMismatch"],
    ["no answer of the camera", [enters("anna", "duress"), passes(5_000)], "timeout"],
    [
      "a wrong PIN before it",
      [enters("anna", "wrong"), enters("anna", "duress"), faceAccepted("anna")],
      "wrongPin",
    ],
  ] as const)("is signalled although the passage is refused for %s", (_what, steps, reason) => {
    const events = given(grant, comes("anna", vault)).when(...steps);
    expect(events).toContain("anna DuressSignalled");
    expect(events).toContain(`anna AccessDenied ${reason}`);
  });

  test("a card says so whatever it is refused for; one that has been replaced says nothing", () => {
    const forced = { isDuressCard: true };
    const open = { surroundings: { ...quiet, secure: { outer: true, inner: false } } };
    expect(given(grant).when(comes("anna", forced, open))).toEqual([
      "anna CardPresented",
      "anna AccessDenied interlocked",
      "anna DuressSignalled",
    ]);
    expect(given(grant).when(comes("anna", { ...forced, cardStatus: "revoked" }))).toEqual([
      "anna CardPresented",
      "anna AccessDenied unknownCredential",
    ]);
  });

  test("held to the reader it is one presentation, and one signal", () => {
    const again = comes("anna", { isDuressCard: true }, { passage: "again" });
    expect(given(grant, comes("anna", { isDuressCard: true })).when(again)).toEqual(["again CardRepeated"]);
  });

  test("one of a group says so for all of it, and the group passes", () => {
    const pair = policyFor({
      doors: {
        "v1/outer": { multiPerson: { count: 2, groups: [], window: 30_000, directions: "entry" } },
      },
    });
    const { events } = ran(pair, ...shows("anna"), comes("ben"), gestures("ben"));
    expect(events.slice(-3)).toMatchObject([
      { type: "AccessGranted", passage: "anna" },
      { type: "AccessGranted", passage: "ben" },
      { type: "DuressSignalled", passage: "ben", form: "gesture" },
    ]);
  });

  test("an operator who lets somebody in does not hide it", () => {
    const forgetful = called("anna", { accessLevels: ["forgetful"] });
    expect(given(grant).when(operatorAsksFor("p", forgetful), gestures("p"))).toContain("p DuressSignalled");
    const byCard = comes("anna", { accessLevels: ["forgetful"], isDuressCard: true });
    expect(given(deny, byCard, faceAccepted("anna")).when(operatorDecides("anna", true))).toEqual([
      "anna AccessDenied cameraFault",
    ]);
  });
});

describe("A5: policy deny", () => {
  const broken = { surroundings: { ...quiet, camera: "faulty" } } as const;
  const camera = ran(deny, comes("anna", {}, broken)).last("AccessDenied");

  test.each(forms)("$form: refused in the words of a camera that has failed", ({ forced }) => {
    const { last, displays } = ran(deny, ...forced);
    expect(last("AccessGranted")).toBeUndefined();
    expect(last("AccessDenied")).toMatchObject({ reason: "cameraFault", detail: camera?.detail });
    expect(displays.at(-1)).toEqual(camera && displayAfter(camera));
    expect(last("DuressSignalled")).toBeDefined();
  });

  test("refuses nobody else", () => {
    expect(given(deny, ...shows("anna", { isDuressCard: true })).when(...shows("ben"))).toContain(
      "ben AccessGranted",
    );
  });
});

describe("A5: policy grantOuterHoldInner", () => {
  const outside = [...shows("anna", { isDuressCard: true }), doorReleased("anna"), doorPassed("anna")];
  const held = given(hold, ...outside);

  test("the outer door is as ever; the inner one refuses everybody as if its camera had failed", () => {
    expect(given(hold).when(...outside)).toContain("anna AccessTaken");
    const broken = { ...inward, surroundings: { ...quiet, camera: "faulty" } } as const;
    const camera = ran(hold, comes("ben", {}, broken)).last("AccessDenied");
    for (const name of ["anna", "ben"]) {
      const { last } = ran(hold, ...outside, comes(name, {}, { ...inward, passage: "in" }));
      const denied = last("AccessDenied");
      expect(denied).toMatchObject({ reason: "cameraFault", detail: camera?.detail });
      expect(denied && displayAfter(denied)).toEqual(camera && displayAfter(camera));
    }
    const porter = { accessLevels: ["porters"] };
    expect(held.when(comes("ben", porter, inward))).toContain("ben AccessDenied cameraFault");
  });

  test("so it does to whoever says so at the inner door itself, and to whoever is looked at meanwhile", () => {
    const anna = [comes("anna", {}, inward), gestures("anna")];
    expect(given(hold).when(...anna)).toContain("anna AccessDenied cameraFault");
    const meanwhile = given(hold, comes("ben", {}, inward), ...outside);
    expect(meanwhile.when(faceAccepted("ben"))).toEqual(["ben AccessDenied cameraFault"]);
  });

  test("R15: the ways out are as ever, and other door pairs too", () => {
    for (const where of [at("outer-exit"), at("inner-exit"), { ...at("inner-entry"), vestibule: "v2" }])
      expect(held.when(...shows("ben", {}, { where }))).toContain("ben AccessGranted");
  });

  test("ends with the centre's word, once", () => {
    expect(held.when(duressCleared, ...shows("ben", {}, inward))).toEqual([
      "v1 DuressHoldEnded",
      "ben CardPresented",
      "ben VerificationStarted",
      "ben AccessGranted",
    ]);
    expect(held.when(duressCleared, duressCleared)).toEqual(["v1 DuressHoldEnded"]);
    expect(given(grant, ...outside).when(duressCleared)).toEqual([]);
  });

  test("time alone ends nothing", () => {
    expect(held.when(passes(86_400_000), comes("ben", {}, inward))).toContain("ben AccessDenied cameraFault");
  });
});

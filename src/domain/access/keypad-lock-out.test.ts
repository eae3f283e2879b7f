import { describe, expect, test } from "vitest";
import { faceAccepted, faceRefused, given, passes, policyWith, presents, type Step } from "./given.ts";
import { called, comes, enters, operatorAsksFor, policyFor, ran, shows } from "./given-people.ts";

const policy = policyFor();
const pins = { accessLevels: ["pins"] };
const guesses = (passage: string, name = passage): readonly Step[] => [
  comes(name, pins, { passage }),
  enters(passage, "wrong"),
  passes(1_000),
];
const three = [...guesses("a"), ...guesses("b"), ...guesses("c")];

describe("A6, T25: guessing a PIN", () => {
  test("three wrong ones in a row with one card lock it out", () => {
    const tries = ["1", "2", "3"].flatMap((passage) => guesses(passage, "anna"));
    expect(given(policy).when(...tries)).toContain("anna CardLockedOut");
    expect(given(policy, ...tries).when(comes("anna", {}, { passage: "4" }))).toContain(
      "4 AccessDenied lockedOut",
    );
  });

  test("three in a row at one keypad, whosever cards, lock the keypad", () => {
    expect(ran(policy, ...three).last("RepeatedDenials")).toMatchObject({
      failures: 3,
      until: 10_000 + 2_000 + 60_000,
    });
    expect(given(policy, ...three).when(comes("dan", pins))).toEqual([
      "dan CardPresented",
      "dan AccessDenied lockedOut",
    ]);
  });

  test("the keypad takes PINs again after lockoutTime, to the instant", () => {
    // One second has passed since the third.
    expect(given(policy, ...three).when(passes(58_999), comes("dan", pins))).toContain(
      "dan AccessDenied lockedOut",
    );
    expect(given(policy, ...three).when(passes(59_000), comes("dan", pins))).toEqual([
      "v1 KeypadLockoutEnded",
      "dan CardPresented",
      "dan PinAsked",
    ]);
  });

  test("whoever needs no PIN there passes; another keypad takes PINs", () => {
    const locked = given(policy, ...three);
    expect(locked.when(...shows("dan"))).toContain("dan AccessGranted");
    const elsewhere = { where: { vestibule: "v2", accessPoint: "outer-entry" } } as const;
    expect(locked.when(comes("dan", pins, elsewhere))).toContain("dan PinAsked");
  });

  test("somebody who passes in between does not unlock it", () => {
    const passed = given(policy, ...three, ...shows("dan"), passes(1_000));
    expect(passed.when(comes("eva", pins))).toContain("eva AccessDenied lockedOut");
  });

  test("a right PIN counts for nobody's failure, and begins anew", () => {
    const right = [comes("ok", pins), enters("ok", "correct"), passes(1_000)];
    const tries = [...guesses("a"), ...guesses("b"), ...right, ...guesses("c"), ...guesses("d")];
    expect(
      given(policy)
        .when(...tries)
        .join(),
    ).not.toMatch(/Locked|Repeated/);
  });

  test("a wrong PIN that the face's refusal covers is one failure, not two", () => {
    const vault = { accessLevels: ["vault"] };
    const covered = (passage: string): readonly Step[] => [
      comes("anna", vault, { passage }),
      enters(passage, "wrong"),
      faceRefused(passage, "faceMismatch"),
      passes(1_000),
    ];
    expect(
      given(policy)
        .when(...covered("1"), ...covered("2"))
        .join(),
    ).not.toMatch(/Locked|Repeated/);
    expect(given(policy, ...covered("1"), ...covered("2")).when(...covered("3"))).toContain(
      "anna CardLockedOut",
    );
  });

  test("where nobody is ever asked for a PIN no keypad is locked", () => {
    const faces = policyWith();
    const wrong = ["1", "2", "3"].flatMap((passage) => [
      presents(`card ${passage}`, { passage, credential: undefined }),
      passes(1_000),
    ]);
    expect(
      given(faces, ...wrong)
        .when(passes(100_000))
        .join(),
    ).not.toContain("Keypad");
  });
});

test("A6: without a card failures are counted for whoever it is about", () => {
  const anna = called("anna", { accessLevels: ["forgetful"] });
  const wrong = (passage: string): readonly Step[] => [
    operatorAsksFor(passage, anna),
    faceRefused(passage, "faceMismatch"),
    passes(1_000),
  ];
  const locked = given(policy, ...wrong("1"), ...wrong("2"), ...wrong("3"));
  expect(locked.when(operatorAsksFor("4", anna))).toEqual(["4 AccessDenied lockedOut"]);
  const ben = called("ben", { accessLevels: ["forgetful"] });
  expect(locked.when(operatorAsksFor("5", ben), faceAccepted("5"))).toContain("5 AccessGranted");
});

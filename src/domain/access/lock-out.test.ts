import { describe, expect, test } from "vitest";
import {
  AccessPoints,
  annas,
  faceAccepted,
  faceRefused,
  given,
  goesThrough,
  outerEntry,
  passes,
  policyWith,
  presents,
  quiet,
  type Step,
} from "./given.ts";
import { mostCountedCards } from "./state.ts";

const policy = policyWith();
const wrongFace = (passage: string, card = "anna"): readonly Step[] => [
  presents(card, { passage }),
  faceRefused(passage, "faceMismatch"),
  passes(1_000),
];
const innerEntry = { ...outerEntry, accessPoint: "inner-entry" } as const;

describe("A6: a card", () => {
  test("is locked out by the third wrong face in a row, with an alarm for the card and the place", () => {
    expect(given(policy, ...wrongFace("1"), ...wrongFace("2")).when(...wrongFace("3"))).toEqual([
      "3 CardPresented",
      "3 VerificationStarted",
      "3 AccessDenied faceMismatch",
      "anna CardLockedOut",
      "v1 RepeatedDenials",
    ]);
  });

  const locked = given(policy, ...wrongFace("1"), ...wrongFace("2"), ...wrongFace("3"));

  test("is refused everywhere while locked, and without another count", () => {
    for (const where of [outerEntry, innerEntry, { ...outerEntry, vestibule: "v2" }]) {
      expect(locked.when(presents("anna", { passage: "4", where }))).toEqual([
        "4 CardPresented",
        "4 AccessDenied lockedOut",
      ]);
    }
  });

  test("is free again after lockoutTime to the instant, and counted from nothing", () => {
    // One second has passed since the lock-out began.
    expect(locked.when(passes(58_999), presents("anna", { passage: "4" }))).toContain(
      "4 AccessDenied lockedOut",
    );
    expect(locked.when(passes(59_000), presents("anna", { passage: "4" }))).toEqual([
      "anna CardLockoutEnded",
      "4 CardPresented",
      "4 VerificationStarted",
    ]);
    const free = locked.when(passes(59_000), ...wrongFace("4"), ...wrongFace("5"));
    expect(free.some((event) => event.includes("CardLockedOut"))).toBe(false);
  });

  test("locked out, another's works", () => {
    expect(locked.when(presents("ben", { passage: "4" }))).toContain("4 VerificationStarted");
  });

  test("that passed in between is counted anew", () => {
    const passed = [...wrongFace("1"), ...wrongFace("2"), ...goesThrough("anna"), ...wrongFace("3")];
    expect(
      given(policy)
        .when(...passed, ...wrongFace("4"))
        .join(),
    ).not.toContain("Locked");
  });

  test("failing at different access points is counted together", () => {
    const elsewhere: readonly Step[] = [
      presents("anna", { passage: "3", where: innerEntry }),
      faceRefused("3", "faceMismatch"),
    ];
    expect(given(policy, ...wrongFace("1"), ...wrongFace("2")).when(...elsewhere)).toContain(
      "anna CardLockedOut",
    );
  });

  test.each(["noFace", "multipleFaces", "poorQuality", "cameraFault"] as const)(
    "%s is nobody's failure",
    (reason) => {
      const tries = ["1", "2", "3", "4"].flatMap((passage) => [
        presents("anna", { passage }),
        faceRefused(passage, reason),
        passes(1_000),
      ]);
      expect(
        given(policy)
          .when(...tries)
          .join(),
      ).not.toMatch(/Locked|Repeated/);
    },
  );

  test("one failure is enough where the site says so", () => {
    expect(given(policyWith({ maxFailures: 1 })).when(...wrongFace("1"))).toContain("anna CardLockedOut");
  });

  test.each([
    { what: "unknown", credential: undefined },
    { what: "lost", credential: { ...annas, cardStatus: "lost" } },
    { what: "suspended", credential: { ...annas, cardStatus: "suspended" } },
  ] as const)("that is $what counts", ({ credential }) => {
    const tries = ["1", "2", "3"].flatMap((passage) => [
      presents("x", { passage, credential }),
      passes(1_000),
    ]);
    expect(given(policy).when(...tries)).toContain("x CardLockedOut");
  });

  test("T8: with the name of a built-in property is a card like any other", () => {
    for (const card of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const tries = ["1", "2", "3"].flatMap((passage) => [
        presents(card, { passage, credential: undefined }),
        passes(1_000),
      ]);
      const locked = given(policy, ...tries);
      expect(locked.when(presents(card, { passage: "4" }))).toContain("4 AccessDenied lockedOut");
      expect(given(policy).when(presents(card), faceAccepted(card))).toContain(`${card} AccessGranted`);
    }
  });
});

describe("A6: an access point", () => {
  const stranger = (card: string): readonly Step[] => [
    presents(card, { credential: undefined }),
    passes(100),
  ];

  test("raises an alarm for three failures in a row, whosever cards", () => {
    const events = given(policy, ...stranger("a"), ...stranger("b")).when(...stranger("c"));
    expect(events).toEqual(["c CardPresented", "c AccessDenied unknownCredential", "v1 RepeatedDenials"]);
  });

  test("starts anew after the alarm, and after somebody who may pass", () => {
    const three = ["a", "b", "c"].flatMap(stranger);
    expect(
      given(policy, ...three)
        .when(...stranger("d"), ...stranger("e"))
        .join(),
    ).not.toContain("Repeated");
    const passed = given(policy, ...stranger("a"), ...stranger("b"), ...goesThrough("anna"));
    expect(passed.when(...stranger("c")).join()).not.toContain("Repeated");
  });

  test("is counted by itself", () => {
    const elsewhere = presents("c", { credential: undefined, where: innerEntry });
    expect(
      given(policy, ...stranger("a"), ...stranger("b"))
        .when(elsewhere)
        .join(),
    ).not.toContain("Repeated");
  });

  test("a closed door is nobody's failure there either", () => {
    const surroundings = { ...quiet, secure: { outer: true, inner: false } };
    const tries = ["a", "b", "c", "d"].map((card) => presents(card, { credential: undefined, surroundings }));
    expect(
      given(policy)
        .when(...tries)
        .join(),
    ).not.toContain("Repeated");
  });
});

test("a stranger with a card writer does not fill the memory, nor free a card that is locked out", () => {
  const points = new AccessPoints(policy);
  for (const step of [...wrongFace("1"), ...wrongFace("2"), ...wrongFace("3")]) step(points);
  for (let card = 0; card < mostCountedCards + 50; card++) {
    presents(String(card), { credential: undefined })(points);
  }
  expect(Object.keys(points.state.cards)).toHaveLength(mostCountedCards);
  presents("anna", { passage: "4" })(points);
  expect(points.events.at(-1)).toMatchObject({ type: "AccessDenied", reason: "lockedOut" });
});

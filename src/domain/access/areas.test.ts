import { describe, expect, test } from "vitest";
import type { AccessPointName } from "../names.ts";
import { faceAccepted, given } from "./given.ts";
import { areas, at, becomes, called, comes, policyFor, ran, shows } from "./given-people.ts";
import type { Area } from "./input.ts";

const rightful: readonly (readonly [AccessPointName, Area])[] = [
  ["outer-entry", "outside"],
  ["inner-entry", "vestibule"],
  ["inner-exit", "secure"],
  ["outer-exit", "vestibule"],
];
const soft = policyFor(areas({ antiPassback: "soft" }));
const hard = policyFor(areas({ antiPassback: "hard" }));

describe("A3: anti-passback", () => {
  test.each(rightful)("at %s whoever is %s passes, and so does whoever is nowhere known", (where, area) => {
    for (const known of [area, undefined])
      expect(given(hard).when(...shows("anna", { area: known }, { where: at(where) }))).toEqual([
        "anna CardPresented",
        "anna VerificationStarted",
        "anna AccessGranted",
      ]);
  });

  test.each([
    ["outer-entry", "vestibule"],
    ["outer-entry", "secure"],
    ["inner-entry", "outside"],
    ["inner-entry", "secure"],
  ] as const)("hard: at %s whoever is said to be %s → antiPassback", (where, area) => {
    expect(given(hard).when(comes("anna", { area }, { where: at(where) }))).toEqual([
      "anna CardPresented",
      "anna AccessDenied antiPassback",
    ]);
  });

  test.each([
    ["outer-entry", "secure"],
    ["inner-entry", "secure"],
    ["inner-exit", "outside"],
    ["outer-exit", "secure"],
  ] as const)("soft: at %s whoever is said to be %s is noticed and passes", (where, area) => {
    expect(given(soft).when(...shows("anna", { area }, { where: at(where) }))).toEqual([
      "anna CardPresented",
      "anna VerificationStarted",
      "anna AntiPassbackNoticed",
      "anna AccessGranted",
    ]);
    expect(
      ran(soft, ...shows("anna", { area }, { where: at(where) })).last("AntiPassbackNoticed"),
    ).toMatchObject({ area });
  });

  test.each([
    ["inner-exit", "outside"],
    ["outer-exit", "secure"],
    ["outer-exit", "outside"],
  ] as const)("R15: hard or not, at %s nobody is kept in by being said to be %s", (where, area) => {
    expect(
      given(hard)
        .when(...shows("anna", { area }, { where: at(where) }))
        .slice(2),
    ).toEqual(["anna AntiPassbackNoticed", "anna AccessGranted"]);
  });

  test("off: nobody's area matters; nor does it at a door pair without rules, whatever it is called", () => {
    expect(given(policyFor()).when(...shows("anna", { area: "secure" }))).toContain("anna AccessGranted");
    const where = { vestibule: "constructor", accessPoint: "outer-entry" } as const;
    expect(given(hard).when(...shows("anna", { area: "secure" }, { where }))).toEqual([
      "anna CardPresented",
      "anna VerificationStarted",
      "anna AccessGranted",
    ]);
  });

  test("whoever went in by another door while the face was looked at is refused", () => {
    const inside = becomes("anna", called("anna", { area: "secure" }));
    expect(given(hard, comes("anna", { area: "outside" })).when(inside, faceAccepted("anna"))).toEqual([
      "anna AccessDenied antiPassback",
    ]);
  });

  test("the schedule's refusal comes before it", () => {
    expect(given(hard).when(comes("anna", { area: "secure", accessLevels: [] }))).toContain(
      "anna AccessDenied noAccessLevel",
    );
  });
});

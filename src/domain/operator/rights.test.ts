import { expect, test } from "vitest";
import { hasRight, mayBeLent, mayConfirm, rights, rightsOf, roles, rolesByRight } from "./rights.ts";

test("every right has somebody, and the administrator has them all", () => {
  for (const right of rights) expect(rolesByRight[right].length, right).toBeGreaterThan(0);
  expect(rightsOf("administrator")).toEqual(rights);
});

test("the auditor changes nothing", () => {
  expect(rightsOf("auditor").filter((right) => !/^(see|verify)/.test(right))).toEqual([]);
});

test("the clerk knows people, and neither alarms, evidence nor doors", () => {
  const may = rightsOf("enrolmentClerk");
  expect(may).toContain("changePeople");
  const notHis = /Alarm|Evidence|Door|Duress|Event|Camera|override|Operator/;
  expect(may.filter((right) => notHis.test(right))).toEqual([]);
});

test("the installer knows equipment and no person", () => {
  expect(
    rightsOf("installer").filter((right) => /People|Photo|Person|Loss|Evidence|Duress/.test(right)),
  ).toEqual([]);
  expect(hasRight("installer", "simulate")).toBe(true);
});

test("R13: no token is a second person", () => {
  expect(rights.filter((right) => !mayBeLent(right)).toSorted()).toEqual([
    "commission",
    "confirm",
    "makeTokens",
    "manageOperators",
    "manageWatchScreens",
    "override",
  ]);
});

test("four-eyes: who may do it himself, or looks after the doors, may confirm it", () => {
  const confirming = (right: (typeof rights)[number]) => roles.filter((role) => mayConfirm(role, right));
  expect(confirming("deletePeople")).toEqual(["administrator", "securityOfficer"]);
  expect(confirming("changePeople")).toEqual(["administrator", "securityOfficer", "enrolmentClerk"]);
});

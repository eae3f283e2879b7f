import { describe, expect, test } from "vitest";
import { faceAccepted, given, quiet, staff } from "./given.ts";
import { at, comes, policyFor, shows } from "./given-people.ts";

const office = {
  name: "office",
  spans: [{ days: ["monday"], from: 8 * 60, to: 18 * 60 }],
  firstPerson: "managers",
} as const;
const policy = policyFor({ levels: [{ ...staff, schedule: office }] });
const opened = { surroundings: { ...quiet, openedSchedules: ["office"] } };

describe("A2: a schedule that waits for its first person", () => {
  test("is closed for others → outOfSchedule", () => {
    expect(given(policy).when(comes("anna"))).toContain("anna AccessDenied outOfSchedule");
    const other = { surroundings: { ...quiet, openedSchedules: ["another"] } };
    expect(given(policy).when(comes("anna", {}, other))).toContain("anna AccessDenied outOfSchedule");
  });

  test("is open for the group, and for everybody once one of it has entered", () => {
    expect(given(policy).when(...shows("mia", { groups: ["managers"] }))).toContain("mia AccessGranted");
    expect(given(policy).when(...shows("anna", {}, opened))).toContain("anna AccessGranted");
  });

  test("R15: whoever is inside leaves whoever has come", () => {
    for (const accessPoint of ["inner-exit", "outer-exit"] as const)
      expect(given(policy).when(...shows("anna", {}, { where: at(accessPoint) }))).toContain(
        "anna AccessGranted",
      );
  });

  test("opens nothing outside its spans", () => {
    const late = { ...opened, local: { day: "monday", yesterday: "sunday", minute: 1_200 } } as const;
    expect(given(policy).when(comes("mia", { groups: ["managers"] }, late))).toContain(
      "mia AccessDenied outOfSchedule",
    );
  });

  test("a span that ended while the face was looked at opens nothing", () => {
    expect(given(policy, comes("anna", {}, opened)).when(faceAccepted("anna"))).toEqual([
      "anna AccessDenied outOfSchedule",
    ]);
  });
});

import { describe, expect, test } from "vitest";
import { wallTime } from "../time.ts";
import { given, monday, staff, wall } from "./given.ts";
import { at, comes, policyFor, shows } from "./given-people.ts";
import type { AccessLevel } from "./policy.ts";

const office = { name: "office", spans: [{ days: ["monday"], from: 8 * 60, to: 18 * 60 }] } as const;
const evening = { ...monday, minute: 18 * 60 };
const levels: readonly AccessLevel[] = [
  { ...staff, schedule: office },
  { ...staff, name: "porters", mode: "card", schedule: office },
  { ...staff, name: "guards", mode: "card" },
];
const policy = policyFor({ levels });
const out = at("outer-exit");

describe("R15: whoever is between the doors when it has become too late", () => {
  test("leaves by the outer door, with what is asked for as ever", () => {
    const late = { where: out, local: evening };
    expect(given(policy).when(comes("anna", {}, late))).toContain("anna VerificationStarted");
    const porter = { accessLevels: ["porters"] };
    expect(given(policy).when(comes("anna", porter, late))).toContain("anna AccessGranted");
    const both = { accessLevels: ["porters", "staff"] };
    expect(given(policy).when(comes("anna", both, late))).toContain("anna VerificationStarted");
  });

  test("is asked for no more than a level asks for that is still open", () => {
    const guard = { accessLevels: ["staff", "guards"] };
    expect(given(policy).when(comes("anna", guard, { where: out, local: evening }))).toContain(
      "anna AccessGranted",
    );
  });

  test("leaves although the visit is over", () => {
    const over = { validUntil: wall };
    expect(given(policy).when(...shows("vic", over, { where: out }))).toContain("vic AccessGranted");
    expect(given(policy).when(...shows("vic", { cardStatus: "expired" }, { where: out }))).toContain(
      "vic AccessGranted",
    );
  });

  test.each([
    ["outer-entry", evening, {}, "outOfSchedule"],
    ["inner-entry", evening, {}, "outOfSchedule"],
    ["inner-exit", evening, {}, "outOfSchedule"],
    ["inner-entry", monday, { validUntil: wall }, "expiredCredential"],
    ["inner-entry", monday, { cardStatus: "expired" }, "expiredCredential"],
    ["outer-exit", monday, { cardStatus: "lost" }, "lostCredential"],
    ["outer-exit", monday, { cardStatus: "suspended" }, "suspendedCredential"],
    ["outer-exit", monday, { validFrom: wallTime(wall + 1) }, "notYetValid"],
    ["outer-exit", monday, { accessLevels: [] }, "noAccessLevel"],
  ] as const)("at %s nothing else is forgiven (%j, %j) → %s", (where, local, changes, reason) => {
    expect(given(policy).when(comes("anna", changes, { where: at(where), local }))).toContain(
      `anna AccessDenied ${reason}`,
    );
  });
});

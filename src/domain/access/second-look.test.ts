import { describe, expect, test } from "vitest";
import {
  AccessPoints,
  annas,
  faceAccepted,
  faceJudgedWith,
  faceRefused,
  outerEntry,
  policyWith,
  presents,
} from "./given.ts";

const policy = policyWith();
const ben = { ...annas, cardholder: "ben" };

describe("A8: what happens to a card while its owner is looked at counts at once", () => {
  test.each([
    ["reported lost", { ...annas, cardStatus: "lost" }, "lostCredential"],
    ["its holder suspended", { ...annas, cardholderStatus: "suspended" }, "suspendedCredential"],
    ["its access level taken away", { ...annas, accessLevels: [] }, "noAccessLevel"],
    ["given to somebody else", ben, "unknownCredential"],
    ["no longer known", undefined, "unknownCredential"],
  ] as const)("%s", (_what, credential, reason) => {
    const points = new AccessPoints(policy);
    presents("anna")(points);
    faceJudgedWith("anna", credential)(points);
    expect(points.events.at(-1)).toMatchObject({ type: "AccessDenied", reason, cardholder: "anna" });
    expect(points.events.map(({ type }) => type)).not.toContain("AccessGranted");
  });

  test("locked out at another access point", () => {
    const elsewhere = { where: { ...outerEntry, vestibule: "v2" }, passage: "other" };
    const points = new AccessPoints(policyWith({ maxFailures: 1 }));
    presents("anna")(points);
    presents("anna", elsewhere)(points);
    faceRefused("other", "faceMismatch")(points);
    faceAccepted("anna")(points);
    expect(points.events.at(-1)).toMatchObject({
      type: "AccessDenied",
      reason: "lockedOut",
      passage: "anna",
    });
  });
});

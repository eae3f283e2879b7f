import { expect, test } from "vitest";
import { roles } from "../../domain/operator/rights.ts";
import { refusalOf } from "./beside.ts";

const ready = { mustChangePassword: false, mustSetUpSecondFactor: false };
const looks = ["seeState", "seeAlarms", "seeEvents"];
const letIn = (rights: readonly string[]) =>
  roles.filter((role) => refusalOf({ role, ...ready }, { rights: [...rights] }) === null);

test("nobody is let in beside a wall who may see less than it shows: it would be blind to the rest meanwhile", () => {
  expect(letIn(looks)).toEqual(["administrator", "securityOfficer", "auditor", "installer"]);
  for (const more of ["seeDuress", "seeEvidence"])
    expect(letIn([...looks, more])).toEqual(["administrator", "securityOfficer", "auditor"]);
});

test("nor anybody whose account is not set up yet: what that takes has pages of its own", () => {
  for (const missing of ["mustChangePassword", "mustSetUpSecondFactor"] as const)
    expect(refusalOf({ role: "administrator", ...ready, [missing]: true }, { rights: looks })).toBe(
      "notReady",
    );
});

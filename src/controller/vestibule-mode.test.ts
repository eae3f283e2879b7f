import { expect, test } from "vitest";
import { quietCondition, usualRules } from "../../test/support/quiet-condition.ts";
import { instant } from "../domain/time.ts";
import type { DoorReport, VestibuleCondition, VestibuleReport } from "../ports/interlock-link.ts";
import { modeOf } from "./vestibule-mode.ts";

const door = (lock: DoorReport["lock"]): DoorReport => ({
  ...{ contact: "closed", bolt: "thrown", secure: lock === "secured", since: instant(0) },
  lock,
});
const report = (
  condition: Partial<VestibuleCondition>,
  outer: DoorReport["lock"] = "secured",
): VestibuleReport => ({
  vestibule: "v1",
  condition: { ...quietCondition, ...condition },
  rules: usualRules,
  doors: { outer: door(outer), inner: door("secured") },
});
const ordered = { lockdown: { order: true, input: false } };
const switched = { lockdown: { order: false, input: true } };

test.each([
  ["nothing out of the ordinary", report({}), "normal"],
  ["a release by grant", report({}, "released"), "normal"],
  ["an override", report({ overridden: true }, "released"), "override"],
  ["R14: a lockdown above an override", report({ ...ordered, overridden: true }), "lockdown"],
  ["a lockdown by switch", report(switched), "lockdown"],
  [
    "R14: a fire above everything",
    report({ ...ordered, emergency: true, overridden: true }, "released"),
    "emergency",
  ],
  ["a fire that releases nothing here", report({ emergency: true }), "emergency"],
  ["R14: a lockdown that stands above fire", report({ ...ordered, emergency: true }), "lockdown"],
] as const)("%s: %o is %s", (_, given, mode) => {
  expect(modeOf(given, false)).toBe(mode);
});

test("what is missing is said where nothing weightier holds, and of a silent interlock nothing else", () => {
  expect(modeOf(report({}), true)).toBe("degraded");
  expect(modeOf(report(ordered), true)).toBe("lockdown");
  expect(modeOf(undefined, false)).toBe("degraded");
});

import { expect, test } from "vitest";
import { battery, given, mains, policyWith, tamper } from "./given.ts";

const policy = policyWith();

test("T37: an opened housing is told once, and again after it was closed", () => {
  expect(given(policy).when(tamper(true), tamper(true))).toEqual(["TamperDetected"]);
  expect(given(policy, tamper(true)).when(tamper(false), tamper(false), tamper(true))).toEqual([
    "TamperEnded",
    "TamperDetected",
  ]);
  expect(given(policy).when(tamper(false))).toEqual([]);
});

test("lost mains are told once, and again after they were back", () => {
  expect(given(policy).when(mains(false), mains(false))).toEqual(["MainsLost"]);
  expect(given(policy, mains(false)).when(mains(true), mains(true), mains(false))).toEqual([
    "MainsRestored",
    "MainsLost",
  ]);
  expect(given(policy).when(mains(true))).toEqual([]);
});

test("a low battery is told once, and again after it was good", () => {
  expect(given(policy).when(battery(false), battery(false))).toEqual(["BatteryLow"]);
  expect(given(policy, battery(false)).when(battery(true), battery(true), battery(false))).toEqual([
    "BatteryRestored",
    "BatteryLow",
  ]);
  expect(given(policy).when(battery(true))).toEqual([]);
});

import { expect, test } from "vitest";
import { isCheckpointOccasion } from "./checkpoint-occasions.ts";

test.each([
  ...["AlarmRaised", "DuressSignalled", "AccessGranted", "OverrideStarted", "LockdownLiftOrdered"],
  // Whoever changes what the box goes by, and who may.
  ...["ConfigurationChanged", "ConfigurationApplied", "ConfigurationTakenBack", "LivenessOff"],
  ...["OperatorAdded", "OperatorChanged", "OperatorRemoved", "PasswordReset"],
  ...["SecondFactorRemoved", "TokenMade", "JournalKeyChanged"],
])("T41: %s is signed in the write that records it", (type) => {
  expect(isCheckpointOccasion(type)).toBe(true);
});

test("T41: what comes by the dozen waits for the minute", () => {
  for (const type of ["DoorOpened", "CardPresented", "AccessDenied", "EvidenceViewed"])
    expect(isCheckpointOccasion(type)).toBe(false);
});

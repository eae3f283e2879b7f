/** What must not be undone unseen: the state of the journal is signed with each of these, in the same write. */
const occasions: ReadonlySet<string> = new Set([
  "AlarmRaised",
  "DuressSignalled",
  "AccessGranted",
  "PassageReleased",
  "OverrideStarted",
  "OverrideDoorReleased",
  "EmergencyStarted",
  "EmergencyReset",
  "LockdownOrdered",
  "LockdownLiftOrdered",
  "ControllerStarted",
  "ControllerStopped",
  "ConfigurationChanged",
  "ConfigurationApplied",
  "ConfigurationTakenBack",
  "LivenessOff",
  "OperatorAdded",
  "OperatorChanged",
  "OperatorRemoved",
  "PasswordReset",
  "SecondFactorRemoved",
  "TokenMade",
  "JournalKeyChanged",
  "JournalPruned",
]);

export const isCheckpointOccasion = (type: string): boolean => occasions.has(type);

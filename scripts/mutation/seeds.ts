import type { SeededMutation } from "./mutation.ts";
import { boltAndLeaseMutations } from "./seeds/bolts-and-lease.ts";
import { changedRulesMutations } from "./seeds/changed-rules.ts";
import { contactMutations } from "./seeds/contacts.ts";
import { emergencyAndPeopleMutations } from "./seeds/emergencies-and-people.ts";
import { overrideAndLockdownMutations } from "./seeds/overrides-and-lockdown.ts";
import { processLockMutations } from "./seeds/process-locks.ts";
import { processMessageMutations } from "./seeds/process-messages.ts";
import { releaseMutations } from "./seeds/releases.ts";
import { withdrawalMutations } from "./seeds/withdrawals.ts";

/** Every seeded mistake, in the order of the report. */
export const seededMutations: readonly SeededMutation[] = [
  ...releaseMutations,
  ...contactMutations,
  ...boltAndLeaseMutations,
  ...emergencyAndPeopleMutations,
  ...overrideAndLockdownMutations,
  ...processLockMutations,
  ...processMessageMutations,
  ...changedRulesMutations,
  ...withdrawalMutations,
];

import type { Instant } from "../time.ts";

/** What somebody before the camera may be asked to do; left and right are the person's own. */
export const challengeActions = ["turnLeft", "turnRight", "blink", "openMouth"] as const;
export type ChallengeAction = (typeof challengeActions)[number];

/** One request of a challenge, as it is shown. */
export interface ChallengeStep {
  readonly action: ChallengeAction;
  /** From 1. */
  readonly step: number;
  readonly of: number;
  readonly until: Instant;
}

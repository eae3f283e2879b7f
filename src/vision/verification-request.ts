import type { ChallengeAction, ChallengeStep } from "../domain/biometric/challenge.ts";
import type { LivenessLevel } from "../domain/biometric/liveness/track.ts";
import type { VerificationEvent } from "../domain/biometric/verification.ts";
import type { Instant } from "../domain/time.ts";
import type { Box } from "../ports/face-engine.ts";

export interface VerificationRequest {
  readonly presentedAt: Instant;
  readonly model: string;
  readonly templates: readonly Float32Array[];
  /** Of each, in order. */
  readonly appearances?: readonly string[] | undefined;
  /** For the recogniser that votes. */
  readonly second?: Pick<VerificationRequest, "model" | "templates" | "appearances"> | undefined;
  readonly liveness: LivenessLevel;
  /** For a challenge: random numbers from 0 up to, not including, 1, and what was asked last at this place. */
  readonly draws: readonly number[];
  readonly previousChallenge: readonly ChallengeAction[] | undefined;
  readonly onChallenge: (actions: readonly ChallengeAction[]) => void;
  /** What is to be shown; undefined: nothing any more. */
  readonly onStep: (step: ChallengeStep | undefined) => void;
}

export type Outcome = Extract<VerificationEvent, { readonly type: "FaceAccepted" | "FaceRefused" }>;

export interface RunResult {
  readonly outcome: Outcome;
  readonly box: Box | undefined;
  readonly cameraDetail: string | undefined;
  /**
   * Milliseconds: from the card until vision knew of it (`toVision`), saw the first frame, decided (`total`); how long
   * the face had been followed by then (`watched`); what the engine took for the frames used, before the card or after.
   */
  readonly timings: Readonly<Record<string, number>>;
  /** The last frame looked at, for the record. */
  readonly evidence: Uint8Array | undefined;
  /** Where somebody is refused as not live: the frames that show it, oldest first. */
  readonly attackFrames: readonly Uint8Array[];
  /** A5: the gesture agreed on was seen. */
  readonly duress: boolean;
}

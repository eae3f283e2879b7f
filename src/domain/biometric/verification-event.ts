import type { Instant } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import type { RestingFace } from "./challenge-gestures.ts";
import type { ChallengeEvent, ChallengeState } from "./challenge-rules.ts";
import type { Descriptor } from "./descriptor.ts";
import type { EnrolledDescriptor, EnrolledFace } from "./enrolled-face.ts";
import type { FaceSeen } from "./frame-verdict.ts";
import type { LivenessAssessment, LivenessLevel } from "./liveness/track.ts";
import type { LivenessEvidence } from "./liveness-decision.ts";
import type { FaceQuality, QualityFault } from "./quality.ts";
import type { Vote } from "./vote.ts";

export type VerificationInput =
  /** A card was presented; its holder's templates, of every recogniser that is asked. */
  | {
      readonly type: "VerificationRequested";
      readonly at: Instant;
      readonly presentedAt: Instant;
      readonly model: string;
      readonly templates: readonly EnrolledDescriptor[];
      readonly liveness: LivenessLevel;
      /** Random numbers from 0 up to, not including, 1: what a challenge would ask. */
      readonly draws: readonly number[];
      /** What was asked last at this access point. */
      readonly previousChallenge: readonly ChallengeAction[] | undefined;
    }
  /** The engine has looked at a frame. `at`: when it was done; `frameAt`: when the frame arrived. */
  | {
      readonly type: "FrameJudged";
      readonly at: Instant;
      readonly frameAt: Instant;
      readonly faces: readonly FaceSeen[];
      /** Which face it is, where one has been followed: another number is somebody else, whoever he looks like. */
      readonly track?: number | undefined;
      /** Of that track, up to now. */
      readonly liveness?: LivenessEvidence | undefined;
    }
  | { readonly type: "CameraFailed"; readonly at: Instant }
  | { readonly type: "TimePassed"; readonly at: Instant };

export type FaceRefusalReason =
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault";

/** Why a frame took no part. */
export type PassedOver = "stale" | "noFace" | "multipleFaces" | "poorQuality";

export interface ComparedFrame {
  readonly frameAt: Instant;
  readonly descriptor: Descriptor;
  /** By the recogniser that votes. */
  readonly second?: Descriptor | undefined;
  readonly quality: FaceQuality;
  readonly track: number | undefined;
}

export interface Figures {
  /** Of the fused probe; undefined where nothing could be compared. */
  readonly distance: number | undefined;
  readonly threshold: number;
  /** Of a second recogniser; undefined where none is asked. */
  readonly vote?: Vote | undefined;
  /** Arrival of the frames fused. */
  readonly frameTimes: readonly Instant[];
  readonly framesSeen: number;
  /** Of the newest frame compared. */
  readonly quality: FaceQuality | undefined;
  /** Of the track compared. */
  readonly liveness: LivenessAssessment | undefined;
}

export type VerificationEvent =
  | {
      readonly type: "VerificationStarted";
      readonly at: Instant;
      readonly presentedAt: Instant;
      readonly face: EnrolledFace;
      /** For the recogniser that votes. */
      readonly secondFace?: EnrolledFace | undefined;
      readonly liveness: LivenessLevel;
      readonly draws: readonly number[];
      readonly previousChallenge: readonly ChallengeAction[] | undefined;
    }
  /** `frames`: the newest ones that show one and the same face, this one last. */
  | {
      readonly type: "FrameCompared";
      readonly at: Instant;
      readonly frames: readonly ComparedFrame[];
      readonly liveness: LivenessEvidence | undefined;
    }
  | {
      readonly type: "FramePassedOver";
      readonly at: Instant;
      readonly reason: PassedOver;
      readonly faults: readonly QualityFault[];
    }
  /** The face matches, and the person is asked to do something. */
  | { readonly type: "ChallengeBegan"; readonly at: Instant; readonly events: readonly ChallengeEvent[] }
  /** A frame, or time, under a challenge. `seenAt`: when the face was last seen. */
  | {
      readonly type: "ChallengeWentOn";
      readonly at: Instant;
      readonly events: readonly ChallengeEvent[];
      readonly seenAt: Instant | undefined;
      readonly liveness: LivenessEvidence | undefined;
    }
  | ({
      readonly type: "FaceAccepted";
      readonly at: Instant;
      readonly distance: number;
      /** How far under the threshold. */
      readonly margin: number;
    } & Figures)
  | ({
      readonly type: "FaceRefused";
      readonly at: Instant;
      readonly reason: FaceRefusalReason;
      /** For `poorQuality`: what the last such frame missed. */
      readonly faults: readonly QualityFault[];
    } & Figures);

export type VerificationState =
  | { readonly phase: "waiting" }
  | Verifying
  | Challenging
  | { readonly phase: "decided"; readonly accepted: boolean };

export interface Verifying {
  readonly phase: "verifying";
  readonly presentedAt: Instant;
  readonly startedAt: Instant;
  readonly face: EnrolledFace;
  readonly secondFace: EnrolledFace | undefined;
  readonly level: LivenessLevel;
  readonly draws: readonly number[];
  readonly previousChallenge: readonly ChallengeAction[] | undefined;
  readonly liveness: LivenessEvidence | undefined;
  /** The newest frames that show one and the same face, oldest first. */
  readonly frames: readonly ComparedFrame[];
  readonly newestFrameAt: Instant | undefined;
  readonly compared: number;
  readonly passedOver: Readonly<Record<PassedOver, number>>;
  readonly lastFaults: readonly QualityFault[];
}

/** Somebody whose face matches, and who has to show that they are there. */
export interface Challenging {
  readonly phase: "challenging";
  /** As it was when the face matched; its liveness goes on. */
  readonly matched: Verifying;
  readonly track: number | undefined;
  readonly challenge: ChallengeState;
  readonly rest: RestingFace | undefined;
  readonly startedAt: Instant;
  readonly passedAt: Instant | undefined;
  readonly seenAt: Instant;
}

export const initialVerification: VerificationState = { phase: "waiting" };

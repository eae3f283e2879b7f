import { evolve as evolveChallenge, initialChallenge } from "./challenge-rules.ts";
import type { LivenessEvidence } from "./liveness-decision.ts";
import type { QualityFault } from "./quality.ts";
import type {
  Challenging,
  ComparedFrame,
  PassedOver,
  VerificationEvent,
  VerificationState,
  Verifying,
} from "./verification-event.ts";

export function evolve(state: VerificationState, event: VerificationEvent): VerificationState {
  switch (event.type) {
    case "VerificationStarted":
      return {
        phase: "verifying",
        presentedAt: event.presentedAt,
        startedAt: event.at,
        face: event.face,
        secondFace: event.secondFace,
        level: event.liveness,
        draws: event.draws,
        previousChallenge: event.previousChallenge,
        liveness: undefined,
        frames: [],
        newestFrameAt: undefined,
        compared: 0,
        passedOver: { stale: 0, noFace: 0, multipleFaces: 0, poorQuality: 0 },
        lastFaults: [],
      };
    case "FrameCompared":
      return state.phase === "verifying" ? withFrames(state, event.frames, event.liveness) : state;
    case "FramePassedOver":
      return state.phase === "verifying" ? withoutFrame(state, event.reason, event.faults) : state;
    case "ChallengeBegan":
      return state.phase === "verifying" ? challenged(state, event) : state;
    case "ChallengeWentOn":
      return state.phase === "challenging" ? wentOn(state, event) : state;
    case "FaceAccepted":
      return { phase: "decided", accepted: true };
    case "FaceRefused":
      return { phase: "decided", accepted: false };
  }
}

function withFrames(
  state: Verifying,
  frames: readonly ComparedFrame[],
  liveness: LivenessEvidence | undefined,
): Verifying {
  return { ...state, frames, liveness, newestFrameAt: frames.at(-1)?.frameAt, compared: state.compared + 1 };
}

function withoutFrame(state: Verifying, reason: PassedOver, faults: readonly QualityFault[]): Verifying {
  return {
    ...state,
    // A second person has come in: what was seen before need not be the one who goes through.
    frames: reason === "multipleFaces" ? [] : state.frames,
    passedOver: { ...state.passedOver, [reason]: state.passedOver[reason] + 1 },
    lastFaults: reason === "poorQuality" ? faults : state.lastFaults,
  };
}

function challenged(
  state: Verifying,
  { at, events }: Extract<VerificationEvent, { type: "ChallengeBegan" }>,
): Challenging {
  return {
    phase: "challenging",
    matched: state,
    track: state.frames.at(-1)?.track,
    challenge: events.reduce(evolveChallenge, initialChallenge),
    rest: events.find((event) => event.type === "ChallengeStarted")?.rest,
    startedAt: at,
    passedAt: undefined,
    seenAt: state.newestFrameAt ?? at,
  };
}

function wentOn(
  state: Challenging,
  { at, events, seenAt, liveness }: Extract<VerificationEvent, { type: "ChallengeWentOn" }>,
): Challenging {
  const hasPassed = events.some(({ type }) => type === "ChallengePassed");
  return {
    ...state,
    matched: { ...state.matched, liveness: liveness ?? state.matched.liveness },
    challenge: events.reduce(evolveChallenge, state.challenge),
    passedAt: hasPassed ? at : state.passedAt,
    seenAt: seenAt ?? state.seenAt,
  };
}

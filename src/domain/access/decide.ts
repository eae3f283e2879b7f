import { onChallengeShown } from "./challenge-shown.ts";
import { onFacesCounted } from "./counting.ts";
import { duressSignalled } from "./duress.ts";
import {
  onExitRequested,
  onInterlockLost,
  onNotPassed,
  onPassed,
  onReleased,
  onReleaseRefused,
  onVisionLost,
} from "./ended.ts";
import type { AccessEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { AccessInput } from "./input.ts";
import { onFaceJudged, onPinJudged, onRemoteDecided } from "./judged.ts";
import type { AccessPolicy } from "./policy.ts";
import { onCardPresented, onRemoteVerificationRequested } from "./presented.ts";
import { onCredentialsReviewed } from "./reviewed.ts";
import type { AccessState } from "./state.ts";
import { timeouts } from "./timeouts.ts";

/** What happened at the access points: what fell due before the input, then what the input means. */
export function decide(state: AccessState, input: AccessInput, policy: AccessPolicy): readonly AccessEvent[] {
  const overdue = timeouts(state, policy).flatMap(({ at, events }) =>
    at <= input.at ? events(input.at) : [],
  );
  const current = overdue.reduce(evolve, state);
  return [...overdue, ...meaningOf(current, input, policy)];
}

function meaningOf(state: AccessState, input: AccessInput, policy: AccessPolicy): readonly AccessEvent[] {
  switch (input.type) {
    case "CardPresented":
      return onCardPresented(state, input, policy);
    case "RemoteVerificationRequested":
      return onRemoteVerificationRequested(state, input, policy);
    case "FaceJudged":
      return onFaceJudged(state, input, policy);
    case "PinJudged":
      return onPinJudged(state, input, policy);
    case "DuressPinEntered": {
      const { type: _entered, at, ...facts } = input;
      return [duressSignalled("pin", facts, at, policy)];
    }
    case "RemoteDecided":
      return onRemoteDecided(state, input, policy);
    case "FacesCounted":
      return onFacesCounted(state, input, policy);
    case "CredentialsReviewed":
      return onCredentialsReviewed(state, input, policy);
    case "ChallengeShown":
      return onChallengeShown(state, input, policy);
    case "VisionLost":
      return onVisionLost(state, input.at);
    case "InterlockLost":
      return onInterlockLost(state, input.at);
    case "ExitRequested":
      return [onExitRequested(input)];
    case "DoorReleased":
      return onReleased(state, input.passage, input.at);
    case "ReleaseRefused":
      return onReleaseRefused(state, input.passage, input.refusal, input.at);
    case "DoorPassed":
      return onPassed(state, input.passage, input.openFor, input.at);
    case "DoorNotPassed":
      return onNotPassed(state, input.passage, input.at);
    case "DuressCleared":
      return state.held.includes(input.vestibule)
        ? [{ type: "DuressHoldEnded", at: input.at, vestibule: input.vestibule }]
        : [];
    case "TimePassed":
      return [];
  }
}

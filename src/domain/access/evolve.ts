import type { Instant } from "../time.ts";
import type { AccessEvent, PassageFacts } from "./event.ts";
import { countedBy, isFailure } from "./lock-out.ts";
import {
  type AccessState,
  type Attempt,
  attemptOf,
  type FailureCount,
  keyOf,
  mostCountedCards,
} from "./state.ts";

/** The state after `event`. Total: any record of events can be replayed. */
export function evolve(state: AccessState, event: AccessEvent): AccessState {
  switch (event.type) {
    case "CardPresented":
      if (event.card === null) return state;
      return {
        ...state,
        lastRead: { ...state.lastRead, [keyOf(event)]: { card: event.card, at: event.at } },
      };
    case "CardRepeated":
      return state;
    case "VerificationStarted":
      return withAttempt(state, event, {
        phase: "verifying",
        facts: factsOf(event),
        mode: event.mode,
        presentedAt: event.at,
        until: event.until,
        asked: 0,
      });
    case "ChallengeAsked":
      return asked(state, event);
    case "ChallengeOver":
      return state;
    case "AccessGranted":
      return granted(state, event);
    case "AccessDenied":
      return denied(state, event);
    case "PassageReleased":
      return withAttempt(state, event, { phase: "released", facts: factsOf(event) });
    case "AccessTaken":
    case "AccessNotTaken":
      return withoutAttempt(state, event);
    case "CardLockedOut":
      return withCard(state, event.card, { failures: event.failures, lockedUntil: event.until });
    case "CardLockoutEnded":
      return withoutCard(state, event.card);
    case "RepeatedDenials":
      return { ...state, accessPoints: { ...state.accessPoints, [keyOf(event)]: 0 } };
    case "RemoteVerificationStarted":
    case "FaceMatched":
    case "PinAsked":
    case "RemoteGrantAsked":
    case "PersonVerified":
    case "FaceCountAsked":
    case "TailgatingFound":
    case "AntiPassbackNoticed":
    case "DuressSignalled":
    case "KeypadLockoutEnded":
    case "DuressHoldEnded":
    case "Egress":
    case "EgressDenied":
      return state;
  }
}

function asked(
  state: AccessState,
  event: Extract<AccessEvent, { readonly type: "ChallengeAsked" }>,
): AccessState {
  const attempt = attemptOf(state, event.passage);
  if (attempt?.phase !== "verifying") return state;
  return withAttempt(state, attempt.facts, { ...attempt, asked: event.step, until: event.patience });
}

function granted(
  state: AccessState,
  event: Extract<AccessEvent, { readonly type: "AccessGranted" }>,
): AccessState {
  const cleared = withoutCard(
    { ...state, accessPoints: { ...state.accessPoints, [keyOf(event)]: 0 } },
    countedBy(event),
  );
  return withAttempt(cleared, event, {
    phase: "releasing",
    facts: factsOf(event),
    presentedAt: event.presentedAt,
    grantedAt: event.at,
  });
}

function denied(
  state: AccessState,
  event: Extract<AccessEvent, { readonly type: "AccessDenied" }>,
): AccessState {
  const ended = withoutAttempt(state, event);
  if (!isFailure(event.reason)) return ended;
  const key = keyOf(event);
  const counted = {
    ...ended,
    accessPoints: { ...ended.accessPoints, [key]: (ended.accessPoints[key] ?? 0) + 1 },
  };
  const card = counted.cards[countedBy(event)];
  return withCard(counted, countedBy(event), {
    failures: (card?.failures ?? 0) + 1,
    lockedUntil: card?.lockedUntil,
  });
}

function withAttempt(state: AccessState, where: PassageFacts, attempt: Attempt): AccessState {
  return { ...state, attempts: { ...state.attempts, [keyOf(where)]: attempt } };
}

/** Ends this passage's attempt; another passage's at the same access point goes on. */
function withoutAttempt(state: AccessState, where: PassageFacts): AccessState {
  const key = keyOf(where);
  if (state.attempts[key]?.facts.passage !== where.passage) return state;
  const { [key]: _ended, ...attempts } = state.attempts;
  return { ...state, attempts };
}

function withCard(state: AccessState, card: string, count: FailureCount): AccessState {
  const cards = Object.entries({ ...state.cards, [card]: count });
  // Those locked out are kept before those that only failed.
  const kept = cards.length <= mostCountedCards ? cards : forgetOne(cards, card);
  return { ...state, cards: Object.fromEntries(kept) };
}

function forgetOne(
  cards: readonly (readonly [string, FailureCount])[],
  newest: string,
): readonly (readonly [string, FailureCount])[] {
  const unlocked = cards.findIndex(([card, { lockedUntil }]) => card !== newest && lockedUntil === undefined);
  return cards.toSpliced(Math.max(unlocked, 0), 1);
}

function withoutCard(state: AccessState, card: string): AccessState {
  const { [card]: _forgotten, ...cards } = state.cards;
  return { ...state, cards };
}

function factsOf({
  vestibule,
  accessPoint,
  passage,
  card,
  cardholder,
}: PassageFacts & { readonly at: Instant }): PassageFacts {
  return { vestibule, accessPoint, passage, card, cardholder };
}

import { type AccessPointRef, doorOf, opposite } from "../names.ts";
import { after, type Instant, since } from "../time.ts";
import { onChallengeShown } from "./challenge-shown.ts";
import { type CredentialJudgement, judgeCredential } from "./credential.ts";
import type { AccessEvent, DenialReason, FaceFacts, PassageFacts } from "./event.ts";
import { evolve } from "./evolve.ts";
import type { AccessInput, Surroundings } from "./input.ts";
import { countedBy, failuresAfter } from "./lock-out.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, type Attempt, attemptOf, keyOf } from "./state.ts";
import { timeouts } from "./timeouts.ts";

type Card = Extract<AccessInput, { readonly type: "CardPresented" }>;
type Judged = Extract<AccessInput, { readonly type: "FaceJudged" }>;
type Exit = Extract<AccessInput, { readonly type: "ExitRequested" }>;

/** What happened at the access points: what fell due before the input, then what the input means. */
export function decide(state: AccessState, input: AccessInput, policy: AccessPolicy): readonly AccessEvent[] {
  const overdue = timeouts(state, policy).flatMap(({ at, event }) => (at <= input.at ? event(input.at) : []));
  const current = overdue.reduce(evolve, state);
  return [...overdue, ...meaningOf(current, input, policy)];
}

function meaningOf(state: AccessState, input: AccessInput, policy: AccessPolicy): readonly AccessEvent[] {
  switch (input.type) {
    case "CardPresented":
      return onCardPresented(state, input, policy);
    case "FaceJudged":
      return onFaceJudged(state, input, policy);
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
      return withAttempt(state, input.passage, ({ facts }) => [
        {
          type: "AccessTaken",
          at: input.at,
          openFor: input.openFor,
          lead: facts.passage,
          groups: [],
          ...facts,
        },
      ]);
    case "DoorNotPassed":
      return withAttempt(state, input.passage, ({ facts }) => [
        { type: "AccessNotTaken", at: input.at, lead: facts.passage, ...facts },
      ]);
    case "RemoteVerificationRequested":
    case "RemoteDecided":
    case "PinJudged":
    case "FacesCounted":
    case "DuressCleared":
    case "TimePassed":
      return [];
  }
}

function onCardPresented(state: AccessState, input: Card, policy: AccessPolicy): readonly AccessEvent[] {
  const facts = factsOf(input);
  const { at } = input;
  if (isRepeat(state, input, policy)) return [{ type: "CardRepeated", at, ...facts }];
  const presented: AccessEvent = { type: "CardPresented", at, format: input.format, ...facts };
  const superseded = supersede(state, input, at);
  const denied = (reason: DenialReason, detail: string | null = null): readonly AccessEvent[] => [
    presented,
    ...superseded,
    ...deny(state, facts, reason, detail, null, at, policy),
  ];
  // R14, and R2 after it, come before everything: nothing is looked at that could open no door.
  if (input.surroundings.lockdown) return denied("lockdown");
  if (!otherIsSecure(input, input.surroundings)) return denied("interlocked");
  if (inUse(state, input)) return denied("interlocked", "the door is released for somebody else");
  if (input.surroundings.storage === "failed") return denied("storageFault");
  if (state.cards[input.card]?.lockedUntil !== undefined) return denied("lockedOut");
  const judgement = judgeCredential(input.credential, input, input.wall, input.local, policy);
  if (!judgement.good) return denied(judgement.reason);
  return [presented, ...superseded, ...verify(state, input, facts, judgement, policy)];
}

function verify(
  state: AccessState,
  input: Card,
  facts: PassageFacts,
  { mode, liveness }: Extract<CredentialJudgement, { readonly good: true }>,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const { at, surroundings, credential } = input;
  switch (mode) {
    case "card":
      return [
        {
          type: "AccessGranted",
          at,
          mode,
          presentedAt: at,
          face: null,
          lead: facts.passage,
          people: 1,
          operator: null,
          ...facts,
        },
      ];
    case "card+face":
    case "card+face+pin":
    case "card+pin":
    case "face+remote":
      if (surroundings.camera !== "usable") {
        const detail =
          surroundings.camera === "unfitted"
            ? "this access point has no camera"
            : "the camera gives no picture that can be trusted";
        return deny(state, facts, "cameraFault", detail, null, at, policy);
      }
      if ((credential?.templates ?? 0) === 0) {
        return deny(
          state,
          facts,
          "faceMismatch",
          "no face is enrolled for the present model",
          null,
          at,
          policy,
        );
      }
      return [
        {
          type: "VerificationStarted",
          at,
          mode,
          liveness,
          until: after(at, policy.verifyTimeout),
          ...facts,
        },
      ];
  }
}

function onFaceJudged(state: AccessState, input: Judged, policy: AccessPolicy): readonly AccessEvent[] {
  return withAttempt(state, input.passage, (attempt) => {
    if (attempt.phase !== "verifying") return [];
    const { facts, mode, presentedAt } = attempt;
    const { at, verdict, face, surroundings } = input;
    if (!verdict.accepted) return deny(state, facts, verdict.reason, verdict.detail, face, at, policy);
    const lapsed = lapseOf(state, facts, input, policy);
    if (lapsed !== undefined)
      return deny(state, facts, lapsed, "since the card was presented", face, at, policy);
    // R3, the second check: the doors may have moved while the face was compared.
    if (surroundings.lockdown) return deny(state, facts, "lockdown", null, face, at, policy);
    if (!otherIsSecure(facts, surroundings)) return deny(state, facts, "interlocked", null, face, at, policy);
    if (inUse(state, facts))
      return deny(state, facts, "interlocked", "the door is released for somebody else", face, at, policy);
    if (surroundings.storage === "failed") return deny(state, facts, "storageFault", null, face, at, policy);
    return [
      {
        type: "AccessGranted",
        at,
        mode,
        presentedAt,
        face,
        lead: facts.passage,
        people: 1,
        operator: null,
        ...facts,
      },
    ];
  });
}

/** A8: a card reported lost, locked out or taken away while its owner was looked at opens nothing. */
function lapseOf(
  state: AccessState,
  facts: PassageFacts,
  { credential, wall, local }: Judged,
  policy: AccessPolicy,
): DenialReason | undefined {
  if (state.cards[countedBy(facts)]?.lockedUntil !== undefined) return "lockedOut";
  if (credential?.cardholder !== facts.cardholder) return "unknownCredential";
  const judgement = judgeCredential(credential, facts, wall, local, policy);
  return judgement.good ? undefined : judgement.reason;
}

function onVisionLost(state: AccessState, at: Instant): readonly AccessEvent[] {
  return Object.values(state.attempts).flatMap((attempt) =>
    attempt.phase === "verifying"
      ? [denial(attempt.facts, "cameraFault", "the vision process ended", null, at)]
      : [],
  );
}

function onInterlockLost(state: AccessState, at: Instant): readonly AccessEvent[] {
  return Object.values(state.attempts).flatMap(({ phase, facts }): readonly AccessEvent[] => {
    switch (phase) {
      case "verifying":
        return [denial(facts, "interlocked", "the interlock process ended", null, at)];
      case "releasing":
      case "released":
        return [{ type: "AccessNotTaken", at, lead: facts.passage, ...facts }];
    }
  });
}

/** R11 under R14 and R1. */
function onExitRequested({ at, vestibule, door, passage, surroundings }: Exit): AccessEvent {
  if (surroundings.lockdown) return { type: "EgressDenied", at, vestibule, door, reason: "lockdown" };
  if (!surroundings.secure[opposite(door)])
    return { type: "EgressDenied", at, vestibule, door, reason: "interlocked" };
  if (surroundings.storage === "failed")
    return { type: "EgressDenied", at, vestibule, door, reason: "storageFault" };
  return { type: "Egress", at, vestibule, door, passage };
}

function onReleased(state: AccessState, passage: string, at: Instant): readonly AccessEvent[] {
  return withAttempt(state, passage, (attempt) =>
    attempt.phase === "releasing"
      ? [{ type: "PassageReleased", at, presentedAt: attempt.presentedAt, ...attempt.facts }]
      : [],
  );
}

function onReleaseRefused(
  state: AccessState,
  passage: string,
  refusal: string,
  at: Instant,
): readonly AccessEvent[] {
  const reason = refusal === "lockdown" ? "lockdown" : "interlocked";
  return withAttempt(state, passage, (attempt) =>
    attempt.phase === "releasing"
      ? [denial(attempt.facts, reason, `the interlock refused: ${refusal}`, null, at)]
      : [],
  );
}

function deny(
  state: AccessState,
  facts: PassageFacts,
  reason: DenialReason,
  detail: string | null,
  face: FaceFacts | null,
  at: Instant,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  return [denial(facts, reason, detail, face, at), ...failuresAfter(state, facts, reason, at, policy)];
}

function denial(
  facts: PassageFacts,
  reason: DenialReason,
  detail: string | null,
  face: FaceFacts | null,
  at: Instant,
): AccessEvent {
  return { type: "AccessDenied", at, reason, detail, face, ...facts };
}

/** Somebody else's card while one is being verified: whoever presented first has walked away. */
function supersede(state: AccessState, where: AccessPointRef, at: Instant): readonly AccessEvent[] {
  const attempt = state.attempts[keyOf(where)];
  return attempt?.phase === "verifying"
    ? [denial(attempt.facts, "timeout", "another card was presented", null, at)]
    : [];
}

/** Reader chatter, or a card held to the reader while its owner is being looked at. */
function isRepeat(state: AccessState, { card, at, ...where }: Card, policy: AccessPolicy): boolean {
  const attempt = state.attempts[keyOf(where)];
  if (attempt?.facts.card === card) return true;
  const last = state.lastRead[keyOf(where)];
  return last?.card === card && since(last.at, at) < policy.sameCardTime;
}

/** A release under way through this door belongs to one passage. */
function inUse(state: AccessState, where: AccessPointRef): boolean {
  const door = doorOf(where.accessPoint);
  return Object.values(state.attempts).some(
    ({ phase, facts }) =>
      phase !== "verifying" && facts.vestibule === where.vestibule && doorOf(facts.accessPoint) === door,
  );
}

function otherIsSecure(where: AccessPointRef, { secure }: Surroundings): boolean {
  return secure[opposite(doorOf(where.accessPoint))];
}

function factsOf({ vestibule, accessPoint, passage, card, credential }: Card): PassageFacts {
  return { vestibule, accessPoint, passage, card, cardholder: credential?.cardholder ?? null };
}

function withAttempt(
  state: AccessState,
  passage: string,
  then: (attempt: Attempt) => readonly AccessEvent[],
): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  return attempt === undefined ? [] : then(attempt);
}

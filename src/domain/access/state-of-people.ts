import type { AccessEvent, PassageFacts } from "./event.ts";
import {
  type AccessPointKey,
  type AccessState,
  type Attempt,
  keyOf,
  peopleWaiting,
  type VerifiedPerson,
} from "./state.ts";

type Verified = Extract<AccessEvent, { readonly type: "PersonVerified" }>;
type Counting = Extract<AccessEvent, { readonly type: "FaceCountAsked" }>;
type Granted = Extract<AccessEvent, { readonly type: "AccessGranted" }>;

export function withAttempt(state: AccessState, attempt: Attempt): AccessState {
  return { ...state, attempts: { ...state.attempts, [keyOf(attempt.facts)]: attempt } };
}

/** Verified, and waits for others. */
export function joined(state: AccessState, event: Verified): AccessState {
  const { mode, presentedAt, face, operator, groups, host, until } = event;
  const person: VerifiedPerson = { facts: factsOf(event), mode, presentedAt, face, operator, groups, host };
  const others = without(state, event);
  const people = [...peopleWaiting(others, event), person];
  return { ...others, parties: { ...others.parties, [keyOf(event)]: { people, until } } };
}

export function onCounting(state: AccessState, event: Counting): AccessState {
  const people = peopleWaiting(state, event).filter(({ facts }) => event.passages.includes(facts.passage));
  const others = people.reduce((rest, { facts }) => without(rest, facts), state);
  return withAttempt(others, { phase: "counting", facts: factsOf(event), people, until: event.until });
}

export function onGranted(state: AccessState, event: Granted): AccessState {
  const { mode, presentedAt, face, operator, groups, at, lead } = event;
  const facts = factsOf(event);
  const person: VerifiedPerson = { facts, mode, presentedAt, face, operator, groups, host: null };
  const before = without(state, event);
  const current = before.attempts[keyOf(event)];
  const together =
    current?.phase === "releasing" && current.facts.passage === lead ? [...current.people, person] : [person];
  return withAttempt(before, {
    phase: "releasing",
    facts: { ...facts, passage: lead },
    presentedAt,
    grantedAt: at,
    people: together,
  });
}

/** Ends what this passage is about, wherever it had come to; another passage's at the same access point goes on. */
export function without(state: AccessState, { passage, ...where }: PassageFacts): AccessState {
  const key = keyOf(where);
  return withoutWaiting(withoutAttempt(state, key, passage), key, passage);
}

function withoutAttempt(state: AccessState, key: AccessPointKey, passage: string): AccessState {
  const attempt = state.attempts[key];
  if (attempt === undefined) return state;
  const { [key]: _ended, ...attempts } = state.attempts;
  if (attempt.phase === "verifying" || attempt.people.length === 0)
    return attempt.facts.passage === passage ? { ...state, attempts } : state;
  const people = attempt.people.filter(({ facts }) => facts.passage !== passage);
  if (people.length === attempt.people.length) return state;
  return people.length === 0 ? { ...state, attempts } : withAttempt(state, { ...attempt, people });
}

function withoutWaiting(state: AccessState, key: AccessPointKey, passage: string): AccessState {
  const party = state.parties[key];
  const people = party?.people.filter(({ facts }) => facts.passage !== passage) ?? [];
  if (party === undefined || people.length === party.people.length) return state;
  if (people.length > 0) return { ...state, parties: { ...state.parties, [key]: { ...party, people } } };
  const { [key]: _over, ...parties } = state.parties;
  return { ...state, parties };
}

export function factsOf({ vestibule, accessPoint, passage, card, cardholder }: PassageFacts): PassageFacts {
  return { vestibule, accessPoint, passage, card, cardholder };
}

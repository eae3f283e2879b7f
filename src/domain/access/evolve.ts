import type { AccessEvent, Factor } from "./event.ts";
import { countedAnew, countedFailure, onLockOut } from "./failure-counts.ts";
import { type AccessState, attemptOf, keyOf, type Verifying } from "./state.ts";
import { factsOf, joined, onCounting, onGranted, withAttempt, without } from "./state-of-people.ts";

/** The state after `event`. Total: any record of events can be replayed. */
export function evolve(state: AccessState, event: AccessEvent): AccessState {
  switch (event.type) {
    case "CardPresented":
      if (event.card === null) return state;
      return {
        ...state,
        lastRead: { ...state.lastRead, [keyOf(event)]: { card: event.card, at: event.at } },
      };
    case "VerificationStarted":
    case "RemoteVerificationStarted":
      return withAttempt(state, begun(event));
    case "PinAsked":
    case "RemoteGrantAsked":
      return goesOn(state, event.passage, begun(event), ({ until, wants }) => ({ until, wants }));
    case "ChallengeAsked":
      return changed(state, event.passage, { asked: event.step, until: event.patience });
    case "FaceMatched":
      return shown(state, event.passage, "face", { face: event.face });
    case "PinEntered":
      return event.correct
        ? shown(state, event.passage, "pin", {})
        : changed(state, event.passage, { pinWrong: true });
    case "PersonVerified":
      return joined(state, event);
    case "FaceCountAsked":
      return onCounting(state, event);
    case "AccessGranted":
      return onGranted(countedAnew(state, event), event);
    case "AccessDenied":
      return without(countedFailure(state, event), event);
    case "AccessTaken":
    case "AccessNotTaken":
      return without(state, event);
    case "AccessWithdrawn":
      return withdrawn(state, event);
    case "PassageReleased":
      return released(state, event);
    case "DuressSignalled":
      return forced(state, event);
    case "DuressHoldEnded":
      return { ...state, held: state.held.filter((vestibule) => vestibule !== event.vestibule) };
    case "CardRepeated":
    case "ChallengeOver":
    case "TailgatingFound":
    case "AntiPassbackNoticed":
    case "Egress":
    case "EgressDenied":
      return state;
    case "CardLockedOut":
    case "CardLockoutEnded":
    case "RepeatedDenials":
    case "KeypadLockoutEnded":
      return onLockOut(state, event);
  }
}

type Asking = Extract<
  AccessEvent,
  {
    readonly type: "VerificationStarted" | "RemoteVerificationStarted" | "PinAsked" | "RemoteGrantAsked";
  }
>;

function begun(event: Asking): Verifying {
  return {
    phase: "verifying",
    facts: factsOf(event),
    mode: event.mode,
    presentedAt: event.at,
    until: event.until,
    asked: 0,
    wants: event.wants,
    face: null,
    pinWrong: false,
    operator: event.type === "RemoteVerificationStarted" ? event.operator : null,
    forced: false,
  };
}

/** What is asked for next of somebody who is being verified; or the first that is asked for at all. */
function goesOn(
  state: AccessState,
  passage: string,
  fresh: Verifying,
  part: (fresh: Verifying) => Partial<Verifying>,
): AccessState {
  const attempt = attemptOf(state, passage);
  return withAttempt(state, attempt?.phase === "verifying" ? { ...attempt, ...part(fresh) } : fresh);
}

function shown(
  state: AccessState,
  passage: string,
  factor: Factor,
  changes: Partial<Verifying>,
): AccessState {
  const attempt = attemptOf(state, passage);
  if (attempt?.phase !== "verifying") return state;
  const wants = attempt.wants.filter((wanted) => wanted !== factor);
  return withAttempt(state, { ...attempt, ...changes, wants });
}

function changed(state: AccessState, passage: string, changes: Partial<Verifying>): AccessState {
  const attempt = attemptOf(state, passage);
  return attempt?.phase === "verifying" ? withAttempt(state, { ...attempt, ...changes }) : state;
}

function released(
  state: AccessState,
  event: Extract<AccessEvent, { readonly type: "PassageReleased" }>,
): AccessState {
  const attempt = attemptOf(state, event.passage);
  const people = attempt === undefined || attempt.phase === "verifying" ? [] : attempt.people;
  const withdrawn = attempt?.phase === "releasing" && attempt.withdrawn === true;
  const passage = { phase: "released", facts: factsOf(event), people } as const;
  return withAttempt(state, withdrawn ? { ...passage, withdrawn } : passage);
}

function withdrawn(
  state: AccessState,
  { lead }: Extract<AccessEvent, { readonly type: "AccessWithdrawn" }>,
): AccessState {
  const attempt = attemptOf(state, lead);
  return attempt?.phase === "releasing" || attempt?.phase === "released"
    ? withAttempt(state, { ...attempt, withdrawn: true })
    : state;
}

function forced(
  state: AccessState,
  event: Extract<AccessEvent, { readonly type: "DuressSignalled" }>,
): AccessState {
  const marked = changed(state, event.passage, { forced: true });
  if (event.policy !== "grantOuterHoldInner" || marked.held.includes(event.vestibule)) return marked;
  return { ...marked, held: [...marked.held, event.vestibule] };
}

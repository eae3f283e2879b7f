import { doorOf, leadsInwards } from "../names.ts";
import { after, since } from "../time.ts";
import { type CredentialJudgement, companyOf, judgeCredential } from "./credential.ts";
import { beingCommissioned, denial, deny, inUseBySomebody, type Refusal } from "./denial.ts";
import { cameraFailed, duressSignalled, isDuressCard, refusalUnderDuress } from "./duress.ts";
import type { AccessEvent, Factor, PassageFacts } from "./event.ts";
import type { AccessInput } from "./input.ts";
import { isLockedOut } from "./lock-out.ts";
import { isTooMany } from "./occupancy.ts";
import { goingTogether, neededAt, sizeOf } from "./party.ts";
import { type Arrival, hostOf, isOneOf, otherIsSecure, passes } from "./passing.ts";
import { type AccessPolicy, doorKeyOf, type VerificationMode } from "./policy.ts";
import { type AccessState, inUse, keyOf, peopleWaiting } from "./state.ts";

type Card = Extract<AccessInput, { readonly type: "CardPresented" }>;
type Request = Extract<AccessInput, { readonly type: "RemoteVerificationRequested" }>;
type GoodCredential = Extract<CredentialJudgement, { readonly good: true }>;

export function onCardPresented(
  state: AccessState,
  input: Card,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const facts = factsOf(input, input.card);
  const { at } = input;
  if (isRepeat(state, input, policy)) return [{ type: "CardRepeated", at, ...facts }];
  const presented: AccessEvent = { type: "CardPresented", at, format: input.format, ...facts };
  const forced = isDuressCard(input.credential);
  // Whatever else becomes of it: the word gets out.
  const signals = forced ? [duressSignalled("card", facts, at, policy)] : [];
  const judgement = judge(state, facts, input, policy);
  const outcome = judgement.good
    ? begin(state, facts, { ...judgement, operator: null, forced }, input, policy)
    : deny(state, facts, judgement, null, at, policy);
  return [presented, ...supersede(state, facts, at), ...outcome, ...signals];
}

/** Somebody without a card, at whom an operator looks: only where an access level says so. */
export function onRemoteVerificationRequested(
  state: AccessState,
  input: Request,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const facts = factsOf(input, null);
  const { at, operator, reason } = input;
  const denied = (refusal: Refusal): readonly AccessEvent[] =>
    deny(
      state,
      facts,
      { ...refusal, detail: refusal.detail ?? `asked for by ${operator}` },
      null,
      at,
      policy,
    );
  if (state.attempts[keyOf(input)] !== undefined)
    return denied({ reason: "interlocked", detail: "somebody else is being verified there" });
  const judgement = judge(state, facts, input, policy);
  if (!judgement.good) return denied(judgement);
  if (judgement.withoutCard === undefined) return denied({ reason: "notAuthorised", detail: null });
  const asked = { mode: "face+remote", wants: judgement.withoutCard, liveness: judgement.liveness } as const;
  return begin(
    state,
    facts,
    { ...asked, operator: { name: operator, reason }, forced: false },
    input,
    policy,
  );
}

type Judged = GoodCredential | ({ readonly good: false } & Refusal);

/** R14, and R2 after it, come before everything: nothing is looked at that could open no door. */
function judge(state: AccessState, facts: PassageFacts, arrival: Arrival, policy: AccessPolicy): Judged {
  const { surroundings, credential } = arrival;
  const bad = (reason: Refusal["reason"], detail: string | null = null): Judged => ({
    good: false,
    reason,
    detail,
  });
  if (surroundings.lockdown) return bad("lockdown");
  if (!otherIsSecure(facts, surroundings)) return bad("interlocked");
  if (surroundings.commissioning === true) return { good: false, ...beingCommissioned };
  if (inUse(state, facts)) return { good: false, ...inUseBySomebody };
  if (surroundings.storage === "failed") return bad("storageFault");
  if (isLockedOut(state, facts)) return bad("lockedOut");
  const company = companyOf(peopleWaiting(state, facts));
  const judgement = judgeCredential(credential, facts, { ...arrival, company }, policy);
  return judgement.good ? judgement : bad(judgement.reason);
}

interface Beginning {
  readonly mode: VerificationMode;
  readonly wants: readonly Factor[];
  readonly liveness: GoodCredential["liveness"];
  readonly operator: { readonly name: string; readonly reason: string } | null;
  readonly forced: boolean;
}

/** Asks for the first of what is wanted. */
function begin(
  state: AccessState,
  facts: PassageFacts,
  { mode, wants: ofLevels, liveness, operator, forced }: Beginning,
  arrival: Arrival,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const { at, credential } = arrival;
  const wants = operator === null ? withRemoteGrant(ofLevels, facts, policy) : ofLevels;
  const refusal = unready(state, facts, wants, arrival, policy);
  if (refusal !== undefined) return deny(state, facts, refusal, null, at, policy);
  const asking = { at, mode, wants, ...facts };
  const until = after(at, policy.verifyTimeout);
  const next = wants[0];
  if (next === undefined) {
    const groups = credential?.groups ?? [];
    const shown = { mode, presentedAt: at, face: null, operator: null, groups };
    return passes(state, { facts, ...shown, host: hostOf(credential, facts) }, forced, arrival, policy);
  }
  switch (next) {
    case "face":
      if (operator === null) return [{ type: "VerificationStarted", liveness, until, ...asking }];
      return [
        {
          type: "RemoteVerificationStarted",
          operator: operator.name,
          reason: operator.reason,
          liveness,
          until,
          ...asking,
        },
      ];
    case "pin":
      return [{ type: "PinAsked", until: after(at, policy.pinTimeout), ...asking }];
    case "remote":
      return [{ type: "RemoteGrantAsked", until: after(at, policy.remoteWindow), ...asking }];
  }
}

/** Where the door waits for an operator's grant, so does everybody who enters. */
function withRemoteGrant(
  wants: readonly Factor[],
  { vestibule, accessPoint }: PassageFacts,
  policy: AccessPolicy,
): readonly Factor[] {
  const { remoteGrant = false } = policy.doors[doorKeyOf(vestibule, doorOf(accessPoint))] ?? {};
  const asks = remoteGrant && leadsInwards(accessPoint) && !wants.includes("remote");
  return asks ? [...wants, "remote"] : wants;
}

/** What would come to nothing however well it were shown. */
function unready(
  state: AccessState,
  facts: PassageFacts,
  wants: readonly Factor[],
  { credential, surroundings }: Arrival,
  policy: AccessPolicy,
): Refusal | undefined {
  const waiting = peopleWaiting(state, facts);
  if (isOneOf(waiting, facts)) return { reason: "samePerson", detail: null };
  if (hostOf(credential, facts) === "")
    return { reason: "notAuthorised", detail: "a visitor of whom no host is known" };
  const together = sizeOf(neededAt(facts, surroundings, policy));
  const people = goingTogether(waiting).length + 1;
  if (isTooMany(people, together, facts, surroundings, policy))
    return { reason: "occupancyLimit", detail: null };
  const held = refusalUnderDuress(state, facts, false, policy);
  if (held !== undefined) return held;
  return wants.includes("face") || wants.includes("pin")
    ? unshowable(state, facts, wants, { credential, surroundings })
    : undefined;
}

function unshowable(
  state: AccessState,
  facts: PassageFacts,
  wants: readonly Factor[],
  { credential, surroundings }: Pick<Arrival, "credential" | "surroundings">,
): Refusal | undefined {
  if (wants.includes("face")) {
    if (surroundings.camera === "unfitted")
      return { reason: "cameraFault", detail: "this access point has no camera" };
    if (surroundings.camera === "faulty") return cameraFailed;
    if ((credential?.templates ?? 0) === 0)
      return { reason: "faceMismatch", detail: "no face is enrolled for the present model" };
  }
  if (!wants.includes("pin")) return undefined;
  if (state.accessPoints[keyOf(facts)]?.lockedUntil !== undefined)
    return { reason: "lockedOut", detail: "the keypad takes no PIN for a while" };
  return credential?.hasPin === true ? undefined : { reason: "wrongPin", detail: "no PIN has been set" };
}

/** Somebody else's card while one is being verified: whoever presented first has walked away. */
function supersede(state: AccessState, facts: PassageFacts, at: Arrival["at"]): readonly AccessEvent[] {
  const attempt = state.attempts[keyOf(facts)];
  return attempt?.phase === "verifying"
    ? [denial(attempt.facts, { reason: "timeout", detail: "another card was presented" }, attempt.face, at)]
    : [];
}

/** Reader chatter, or a card held to the reader while its owner is being looked at. */
function isRepeat(state: AccessState, { card, at, ...where }: Card, policy: AccessPolicy): boolean {
  const attempt = state.attempts[keyOf(where)];
  if (attempt?.facts.card === card) return true;
  const last = state.lastRead[keyOf(where)];
  return last?.card === card && since(last.at, at) < policy.sameCardTime;
}

function factsOf(
  { vestibule, accessPoint, passage, credential }: Card | Request,
  card: string | null,
): PassageFacts {
  return { vestibule, accessPoint, passage, card, cardholder: credential?.cardholder ?? null };
}

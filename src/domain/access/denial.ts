import type { Instant } from "../time.ts";
import type { AccessEvent, DenialReason, FaceFacts, PassageFacts } from "./event.ts";
import { evolve } from "./evolve.ts";
import { failuresAfter } from "./lock-out.ts";
import type { AccessPolicy } from "./policy.ts";
import type { AccessState, VerifiedPerson } from "./state.ts";

export interface Refusal {
  readonly reason: DenialReason;
  /** For the record and the operator, never for the display. */
  readonly detail: string | null;
}

/** A refusal with what follows from it (A6). */
export function deny(
  state: AccessState,
  facts: PassageFacts,
  { reason, detail }: Refusal,
  face: FaceFacts | null,
  at: Instant,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  return [denial(facts, { reason, detail }, face, at), ...failuresAfter(state, facts, reason, at, policy)];
}

/** One after the other: the failure of one counts for the next. */
export function denyEach(
  state: AccessState,
  refused: readonly (readonly [VerifiedPerson, Refusal])[],
  at: Instant,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const events: AccessEvent[] = [];
  for (const [{ facts, face }, refusal] of refused)
    events.push(...deny(events.reduce(evolve, state), facts, refusal, face, at, policy));
  return events;
}

export function denial(
  facts: PassageFacts,
  { reason, detail }: Refusal,
  face: FaceFacts | null,
  at: Instant,
): AccessEvent {
  return { type: "AccessDenied", at, reason, detail, face, ...facts };
}

export const inUseBySomebody: Refusal = {
  reason: "interlocked",
  detail: "the door is released for somebody else",
};

/** Fail secure: while an installer tries the doors, the interlock is shown to work, and nobody's card opens one. */
export const beingCommissioned: Refusal = {
  reason: "notAuthorised",
  detail: "the doors are being commissioned: cards open nothing",
};

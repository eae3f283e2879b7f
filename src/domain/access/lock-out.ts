import { after, type Instant } from "../time.ts";
import type { AccessEvent, DenialReason, PassageFacts } from "./event.ts";
import { factorsOf } from "./factors.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, keyOf } from "./state.ts";

/** Refusals that may mean somebody is trying; a closed door, bad light or a broken camera is nobody's failure. */
const suspicious: ReadonlySet<DenialReason> = new Set<DenialReason>([
  "unknownCredential",
  "lostCredential",
  "suspendedCredential",
  "faceMismatch",
  "notLive",
  "wrongPin",
]);

/** Failures are counted by card; where none was presented, by whom it is about. */
export const countedBy = ({ card, cardholder }: Pick<PassageFacts, "card" | "cardholder">): string =>
  card ?? `cardholder ${cardholder ?? ""}`;

export const isFailure = (reason: DenialReason): boolean => suspicious.has(reason);

export const isLockedOut = (state: AccessState, facts: Pick<PassageFacts, "card" | "cardholder">): boolean =>
  state.cards[countedBy(facts)]?.lockedUntil !== undefined;

/** A6: what follows from one more failure. The failure itself is the denial, counted by evolve. */
export function failuresAfter(
  state: AccessState,
  facts: PassageFacts,
  reason: DenialReason,
  at: Instant,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  if (!isFailure(reason)) return [];
  const { vestibule, accessPoint } = facts;
  const card = countedBy(facts);
  const ofCard = (state.cards[card]?.failures ?? 0) + 1;
  const here = (state.accessPoints[keyOf(facts)]?.failures ?? 0) + 1;
  const until = after(at, policy.lockoutTime);
  const events: AccessEvent[] = [];
  if (ofCard >= policy.maxFailures)
    events.push({ type: "CardLockedOut", at, card, until, failures: ofCard, vestibule, accessPoint });
  if (here >= policy.maxFailures) {
    // Where nobody is ever asked for a PIN there is nothing to lock.
    const locked = asksForPins(policy) ? until : at;
    events.push({ type: "RepeatedDenials", at, failures: here, until: locked, vestibule, accessPoint });
  }
  return events;
}

const asksForPins = ({ levels }: AccessPolicy): boolean =>
  levels.some(({ mode, modes }) =>
    [mode, ...(modes ?? []).map((one) => one.mode)].some((one) => factorsOf(one).includes("pin")),
  );

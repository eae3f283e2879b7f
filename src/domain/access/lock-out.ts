import { after, type Instant } from "../time.ts";
import type { AccessEvent, DenialReason, PassageFacts } from "./event.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, keyOf } from "./state.ts";

/** Refusals that may mean somebody is trying; a closed door, bad light or a broken camera is nobody's failure. */
const suspicious: ReadonlySet<DenialReason> = new Set<DenialReason>([
  "unknownCredential",
  "lostCredential",
  "suspendedCredential",
  "faceMismatch",
  "notLive",
]);

/** Failures are counted by card; where none was presented, by whom it is about. */
export const countedBy = ({ card, cardholder }: Pick<PassageFacts, "card" | "cardholder">): string =>
  card ?? `cardholder ${cardholder ?? ""}`;

export const isFailure = (reason: DenialReason): boolean => suspicious.has(reason);

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
  const here = (state.accessPoints[keyOf({ vestibule, accessPoint })] ?? 0) + 1;
  const events: AccessEvent[] = [];
  if (ofCard >= policy.maxFailures) {
    const until = after(at, policy.lockoutTime);
    events.push({ type: "CardLockedOut", at, card, until, failures: ofCard, vestibule, accessPoint });
  }
  if (here >= policy.maxFailures)
    events.push({
      type: "RepeatedDenials",
      at,
      failures: here,
      until: after(at, policy.lockoutTime),
      vestibule,
      accessPoint,
    });
  return events;
}

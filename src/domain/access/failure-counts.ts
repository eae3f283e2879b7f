import type { AccessPointRef } from "../names.ts";
import type { AccessEvent } from "./event.ts";
import { countedBy, isFailure } from "./lock-out.ts";
import { type AccessState, type FailureCount, keyOf, mostCountedCards } from "./state.ts";

type Of<T extends AccessEvent["type"]> = Extract<AccessEvent, { readonly type: T }>;

/** A6: somebody who may pass begins the count anew, his own and that of the place. */
export function countedAnew(state: AccessState, event: Of<"AccessGranted">): AccessState {
  return withAccessPoint(withoutCard(state, countedBy(event)), event, 0);
}

/** A6: how failures in a row are counted, of cards and at access points. */
export function countedFailure(state: AccessState, event: Of<"AccessDenied">): AccessState {
  return isFailure(event.reason) ? failed(state, event) : state;
}

export function onLockOut(
  state: AccessState,
  event: Of<"CardLockedOut" | "CardLockoutEnded" | "RepeatedDenials" | "KeypadLockoutEnded">,
): AccessState {
  switch (event.type) {
    case "CardLockedOut":
      return withCard(state, event.card, { failures: event.failures, lockedUntil: event.until });
    case "CardLockoutEnded":
      return withoutCard(state, event.card);
    case "RepeatedDenials":
      return withAccessPoint(state, event, 0, event.until > event.at ? event.until : undefined);
    case "KeypadLockoutEnded":
      return unlocked(state, event);
  }
}

function failed(state: AccessState, event: Of<"AccessDenied">): AccessState {
  const here = state.accessPoints[keyOf(event)];
  const counted = withAccessPoint(state, event, (here?.failures ?? 0) + 1, here?.lockedUntil);
  const card = counted.cards[countedBy(event)];
  return withCard(counted, countedBy(event), {
    failures: (card?.failures ?? 0) + 1,
    lockedUntil: card?.lockedUntil,
  });
}

function withAccessPoint(
  state: AccessState,
  { vestibule, accessPoint }: AccessPointRef,
  failures: number,
  lockedUntil = state.accessPoints[keyOf({ vestibule, accessPoint })]?.lockedUntil,
): AccessState {
  const count = { vestibule, accessPoint, failures, lockedUntil };
  return { ...state, accessPoints: { ...state.accessPoints, [keyOf(count)]: count } };
}

function unlocked(state: AccessState, where: AccessPointRef): AccessState {
  const { [keyOf(where)]: _locked, ...accessPoints } = state.accessPoints;
  return { ...state, accessPoints };
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

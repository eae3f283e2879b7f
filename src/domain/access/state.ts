import { type AccessPointRef, doorOf, type VestibuleId } from "../names.ts";
import type { Instant } from "../time.ts";
import type { FaceFacts, Factor, PassageFacts } from "./event.ts";
import type { VerificationMode } from "./policy.ts";

/** Somebody of whom everything has been shown that was asked for. */
export interface VerifiedPerson {
  readonly facts: PassageFacts;
  readonly mode: VerificationMode;
  readonly presentedAt: Instant;
  readonly face: FaceFacts | null;
  /** Who looked and granted, where an operator did. */
  readonly operator: string | null;
  readonly groups: readonly string[];
  /** A7: whom a visitor comes to; null: no visitor. */
  readonly host: string | null;
}

/** Somebody of whom something is still asked for. */
export interface Verifying {
  readonly phase: "verifying";
  readonly facts: PassageFacts;
  readonly mode: VerificationMode;
  readonly presentedAt: Instant;
  readonly until: Instant;
  /** The last step of a challenge that was shown; 0: none. */
  readonly asked: number;
  /** What is still asked for; the first of them is waited for. */
  readonly wants: readonly Factor[];
  /** Of the face that matched. */
  readonly face: FaceFacts | null;
  /** A wrong PIN was entered before the face was judged: the refusal waits for the face. */
  readonly pinWrong: boolean;
  readonly operator: string | null;
  /** A5: the holder has said that he is forced. */
  readonly forced: boolean;
}

/** People who pass together, under the passage of whoever came last; most often one. */
interface Together {
  readonly facts: PassageFacts;
  readonly people: readonly VerifiedPerson[];
}

/** A8: the interlock has been asked to take the release back. Left out: it stands. */
interface Withdrawable {
  readonly withdrawn?: true;
}

/** What goes on at one access point, by how far it has come. */
export type Attempt =
  | Verifying
  /** A4: the faces between the doors are counted. */
  | ({ readonly phase: "counting"; readonly until: Instant } & Together)
  | ({ readonly phase: "releasing"; readonly presentedAt: Instant; readonly grantedAt: Instant } & Together &
      Withdrawable)
  | ({ readonly phase: "released" } & Together & Withdrawable);

/** A1, A7: those who are verified at an access point and wait for others. */
export interface Party {
  readonly people: readonly VerifiedPerson[];
  readonly until: Instant;
}

/** A6: failures in a row of one card or at one access point. */
export interface FailureCount {
  readonly failures: number;
  readonly lockedUntil: Instant | undefined;
}

/** `v1/outer-entry`. */
export type AccessPointKey = string;
export const keyOf = ({ vestibule, accessPoint }: AccessPointRef): AccessPointKey =>
  `${vestibule}/${accessPoint}`;

export interface AccessState {
  readonly attempts: Readonly<Record<AccessPointKey, Attempt>>;
  readonly parties: Readonly<Record<AccessPointKey, Party>>;
  readonly cards: Readonly<Record<string, FailureCount>>;
  /** Locked: the keypad there takes no PIN. */
  readonly accessPoints: Readonly<Record<AccessPointKey, FailureCount & AccessPointRef>>;
  readonly lastRead: Readonly<Record<AccessPointKey, { readonly card: string; readonly at: Instant }>>;
  /** A5: vestibules whose inner door is held after a duress. */
  readonly held: readonly VestibuleId[];
}

export const initialAccessState: AccessState = {
  attempts: {},
  parties: {},
  cards: {},
  accessPoints: {},
  lastRead: {},
  held: [],
};

/** Cards whose failures are remembered; a stranger with a card writer must not fill the memory. */
export const mostCountedCards = 1000;

/** A1: no more people pass together. */
export const mostPeopleTogether = 16;

export function attemptOf(state: AccessState, passage: string): Attempt | undefined {
  return Object.values(state.attempts).find(({ facts }) => facts.passage === passage);
}

/** Those who are verified here and wait for others, or for the count of faces. */
export function waitingAt(state: AccessState, where: AccessPointRef): readonly PassageFacts[] {
  const attempt = state.attempts[keyOf(where)];
  const counted = attempt?.phase === "counting" ? attempt.people : [];
  return [...peopleWaiting(state, where), ...counted].map(({ facts }) => facts);
}

export const peopleWaiting = (state: AccessState, where: AccessPointRef): readonly VerifiedPerson[] =>
  state.parties[keyOf(where)]?.people ?? [];

/** A release under way through this door belongs to one passage. */
export function inUse(state: AccessState, where: AccessPointRef, besides?: string): boolean {
  const door = doorOf(where.accessPoint);
  return Object.values(state.attempts).some(
    ({ phase, facts }) =>
      phase !== "verifying" &&
      facts.passage !== besides &&
      facts.vestibule === where.vestibule &&
      doorOf(facts.accessPoint) === door,
  );
}

import type { AccessPointRef } from "../names.ts";
import type { Instant } from "../time.ts";
import type { PassageFacts } from "./event.ts";
import type { VerificationMode } from "./policy.ts";

/** One person's attempt at one access point, by how far it has come. */
export type Attempt =
  | {
      readonly phase: "verifying";
      readonly facts: PassageFacts;
      readonly mode: VerificationMode;
      readonly presentedAt: Instant;
      readonly until: Instant;
      /** The last step of a challenge that was shown; 0: none. */
      readonly asked: number;
    }
  | {
      readonly phase: "releasing";
      readonly facts: PassageFacts;
      readonly presentedAt: Instant;
      readonly grantedAt: Instant;
    }
  | { readonly phase: "released"; readonly facts: PassageFacts };

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
  readonly cards: Readonly<Record<string, FailureCount>>;
  readonly accessPoints: Readonly<Record<AccessPointKey, number>>;
  readonly lastRead: Readonly<Record<AccessPointKey, { readonly card: string; readonly at: Instant }>>;
}

export const initialAccessState: AccessState = { attempts: {}, cards: {}, accessPoints: {}, lastRead: {} };

/** Cards whose failures are remembered; a stranger with a card writer must not fill the memory. */
export const mostCountedCards = 1000;

/** Those who are verified here and wait for others, or for the count of faces. */
export function waitingAt(_state: AccessState, _where: AccessPointRef): readonly PassageFacts[] {
  return [];
}

export function attemptOf(state: AccessState, passage: string): Attempt | undefined {
  return Object.values(state.attempts).find(({ facts }) => facts.passage === passage);
}

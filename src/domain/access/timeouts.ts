import { after, earliest, type Instant } from "../time.ts";
import { denial } from "./denial.ts";
import { deniedTogether } from "./ended.ts";
import type { AccessEvent, Factor } from "./event.ts";
import type { AccessPolicy } from "./policy.ts";
import type { AccessState, Attempt, Party } from "./state.ts";

export interface Timeout {
  readonly at: Instant;
  readonly events: (now: Instant) => readonly AccessEvent[];
}

/** Everything that ends by itself. */
export function timeouts(state: AccessState, policy: AccessPolicy): readonly Timeout[] {
  return [
    ...Object.values(state.attempts).flatMap((attempt) => attemptTimeout(attempt, policy) ?? []),
    ...Object.values(state.parties).map(partyTimeout),
    ...Object.entries(state.cards).flatMap(([card, { lockedUntil }]) =>
      ending(lockedUntil, (at) => ({ type: "CardLockoutEnded", at, card })),
    ),
    ...Object.values(state.accessPoints).flatMap(({ vestibule, accessPoint, lockedUntil }) =>
      ending(lockedUntil, (at) => ({ type: "KeypadLockoutEnded", at, vestibule, accessPoint })),
    ),
  ];
}

const ending = (until: Instant | undefined, event: (at: Instant) => AccessEvent): readonly Timeout[] =>
  until === undefined ? [] : [{ at: until, events: (at) => [event(at)] }];

/** When to be woken if nothing else happens. */
export function deadline(state: AccessState, policy: AccessPolicy): Instant | undefined {
  return earliest(...timeouts(state, policy).map(({ at }) => at));
}

const notInTime: Readonly<Record<Factor, string>> = {
  face: "the face was not judged in time",
  pin: "no PIN was entered in time",
  remote: "no operator decided in time",
};

function attemptTimeout(attempt: Attempt, policy: AccessPolicy): Timeout | undefined {
  switch (attempt.phase) {
    case "verifying": {
      const { facts, wants, face, until } = attempt;
      const refusal = { reason: "timeout", detail: notInTime[wants[0] ?? "face"] } as const;
      return { at: until, events: (at) => [denial(facts, refusal, face, at)] };
    }
    case "counting": {
      const refusal = { reason: "cameraFault", detail: "the faces were not counted in time" } as const;
      return { at: attempt.until, events: (at) => deniedTogether(attempt, refusal, at) };
    }
    case "releasing": {
      const refusal = { reason: "interlocked", detail: "the interlock did not answer" } as const;
      return {
        at: after(attempt.grantedAt, policy.releaseAnswerTime),
        events: (at) => deniedTogether(attempt, refusal, at),
      };
    }
    case "released":
      // The interlock times the release and says how it ended; should it die, the shell ends the passage.
      return undefined;
  }
}

/** A1: recorded once for each of those who waited. */
function partyTimeout({ people, until }: Party): Timeout {
  const refusal = { reason: "multiPersonIncomplete", detail: "nobody else came in time" } as const;
  return { at: until, events: (at) => people.map(({ facts, face }) => denial(facts, refusal, face, at)) };
}

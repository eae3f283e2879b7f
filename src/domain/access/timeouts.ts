import { after, earliest, type Instant } from "../time.ts";
import type { AccessEvent } from "./event.ts";
import type { AccessPolicy } from "./policy.ts";
import type { AccessState, Attempt } from "./state.ts";

export interface Timeout {
  readonly at: Instant;
  readonly event: (now: Instant) => AccessEvent;
}

/** Everything that ends by itself. */
export function timeouts(state: AccessState, policy: AccessPolicy): readonly Timeout[] {
  return [
    ...Object.values(state.attempts).flatMap((attempt) => attemptTimeout(attempt, policy) ?? []),
    ...Object.entries(state.cards).flatMap(([card, { lockedUntil }]) =>
      lockedUntil === undefined
        ? []
        : [
            {
              at: lockedUntil,
              event: (at: Instant): AccessEvent => ({ type: "CardLockoutEnded", at, card }),
            },
          ],
    ),
  ];
}

/** When to be woken if nothing else happens. */
export function deadline(state: AccessState, policy: AccessPolicy): Instant | undefined {
  return earliest(...timeouts(state, policy).map(({ at }) => at));
}

function attemptTimeout(attempt: Attempt, policy: AccessPolicy): Timeout | undefined {
  const { facts } = attempt;
  const denied = (at: Instant, reason: "timeout" | "interlocked", detail: string): AccessEvent => ({
    type: "AccessDenied",
    at,
    reason,
    detail,
    face: null,
    ...facts,
  });
  switch (attempt.phase) {
    case "verifying":
      return { at: attempt.until, event: (at) => denied(at, "timeout", "the face was not judged in time") };
    case "releasing":
      return {
        at: after(attempt.grantedAt, policy.releaseAnswerTime),
        event: (at) => denied(at, "interlocked", "the interlock did not answer"),
      };
    case "released":
      // The interlock times the release and says how it ended; should it die, the shell ends the passage.
      return undefined;
  }
}

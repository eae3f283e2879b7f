import { after, earliest, type Instant, latest } from "../time.ts";
import type { AccessEvent } from "./event.ts";
import type { AccessInput } from "./input.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, attemptOf } from "./state.ts";

type Shown = Extract<AccessInput, { readonly type: "ChallengeShown" }>;

/** A challenge has no more steps, whatever asks for them. */
const mostChallengeSteps = 8;

/**
 * Who does what is asked needs time for it: the verification goes on until the step's end and as long as it was
 * given at first, and never past the challenge's own limit. A step that is not the next says nothing.
 */
export function onChallengeShown(
  state: AccessState,
  { at, passage, step }: Shown,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const attempt = attemptOf(state, passage);
  if (attempt?.phase !== "verifying" || attempt.wants[0] !== "face") return [];
  const { facts, presentedAt, asked, until } = attempt;
  if (step === undefined) return asked === 0 ? [] : [{ type: "ChallengeOver", at, ...facts }];
  if (step.step !== asked + 1 || step.step > mostChallengeSteps) return [];
  const limit = after(presentedAt, policy.challengeTimeout);
  const patience = notPast(limit, latest(until, after(step.until, policy.verifyTimeout)));
  return [
    {
      type: "ChallengeAsked",
      at,
      action: step.action,
      step: step.step,
      of: step.of,
      until: notPast(limit, step.until),
      patience: latest(until, patience),
      ...facts,
    },
  ];
}

const notPast = (limit: Instant, at: Instant): Instant => earliest(limit, at) ?? limit;

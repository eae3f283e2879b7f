import {
  type InterlockInput,
  type InterlockPolicy,
  type InterlockState,
  mayChangeRules,
  type RunningRules,
  withRunningRules,
} from "../domain/interlock/interlock.ts";
import type { DoorName } from "../domain/names.ts";
import { StepTrail } from "./step-trail.ts";

/** One door pair as the process keeps it. */
export interface Pair {
  policy: InterlockPolicy;
  /** Rules to go by once nothing is released or open. */
  awaited: RunningRules | undefined;
  state: InterlockState;
  wake: Disposable | undefined;
  /** Whether the buzzer sounds. */
  sounding: boolean;
  /** Whether it has been told what was so before it began. */
  restored: boolean;
  /** What is on record of what it decides was decided on this. */
  readonly trail: StepTrail;
}

export const pairOf = (policy: InterlockPolicy, state: InterlockState): Pair => ({
  policy,
  awaited: undefined,
  state,
  wake: undefined,
  sounding: false,
  restored: false,
  trail: new StepTrail(),
});

/** Whether the pair goes by other rules from now on. */
export function takeUpAwaited(pair: Pair): boolean {
  if (pair.awaited === undefined || !mayChangeRules(pair.state)) return false;
  pair.policy = withRunningRules(pair.policy, pair.awaited);
  pair.awaited = undefined;
  return true;
}

/** The door whose contact can be read again. */
export function cameBack({ doors }: InterlockState, input: InterlockInput): DoorName | undefined {
  if (input.type !== "ContactChanged" || input.contact === "fault") return undefined;
  return doors[input.door].contact === "fault" ? input.door : undefined;
}

import {
  type InterlockPolicy,
  type InterlockState,
  isSecure,
  type RunningRules,
  runningRulesOf,
} from "../domain/interlock/interlock.ts";
import type { DoorName, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { DoorReport, VestibuleCondition, VestibuleReport } from "../ports/interlock-link.ts";

/** One door pair as it stands. */
export function reportOf(
  vestibule: VestibuleId,
  state: InterlockState,
  policy: InterlockPolicy,
  awaited: RunningRules | undefined,
  at: Instant,
): VestibuleReport {
  const door = (name: DoorName): DoorReport => doorReport(state, policy, name, at);
  return {
    vestibule,
    condition: conditionOf(state),
    rules: { inForce: runningRulesOf(policy), awaited: awaited ?? null },
    doors: { outer: door("outer"), inner: door("inner") },
  };
}

function conditionOf(state: InterlockState): VestibuleCondition {
  const { fire, emergency, lockdown, overridden, proposal, violated, tampered, mains, battery } = state;
  return {
    fire,
    emergency,
    lockdown,
    overridden,
    proposal: proposal ?? null,
    people: state.entered.length,
    detained: state.detained !== undefined,
    violated,
    tampered,
    mains,
    battery,
  };
}

function doorReport(state: InterlockState, policy: InterlockPolicy, door: DoorName, at: Instant): DoorReport {
  const { contact, bolt, lock } = state.doors[door];
  return {
    contact,
    bolt: policy.doors[door].bolt === "unfitted" ? "unfitted" : bolt,
    lock: lock.commanded,
    since: lock.since,
    secure: isSecure(state, door, policy, at),
  };
}

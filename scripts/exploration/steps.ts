import type { InterlockEvent, InterlockInput, InterlockState } from "../../src/domain/interlock/interlock.ts";
import { instant } from "../../src/domain/time.ts";
import { inputOf, type Move } from "./moves.ts";
import { faultsOf } from "./outcomes.ts";
import type { Rules } from "./rules.ts";
import type { Variant } from "./variant.ts";

export interface Done {
  readonly after: InterlockState;
  readonly faults: readonly string[];
  readonly events: readonly InterlockEvent[];
}

/** A state with the instant at which it is looked at, and when its rules want to be woken. */
export interface Situation {
  readonly state: InterlockState;
  readonly now: number;
  readonly next: number | undefined;
}

/**
 * The move carried out by the rules and looked at; undefined where there is no such move. An edge whose report was
 * held up is followed by the timer it finds overdue.
 */
export function carriedOut(
  rules: Rules,
  variant: Variant,
  situation: Situation,
  move: Move,
): Done | undefined {
  const { state, now } = situation;
  if (move.happening === undefined) return restarted(rules, now);
  const input = inputOf(move, state, now, variant.step);
  if (input === undefined) return undefined;
  const done = fed(rules, variant, situation, input, move.happening.ago === 0);
  if (move.happening.ago === 0 || done.faults.length > 0) return done;
  const at = instant(now + move.delay * variant.step);
  const after = { state: done.after, now, next: rules.deadline(done.after, variant.policy) };
  const woken = fed(rules, variant, after, { type: "TimePassed", at }, true);
  return { ...woken, events: [...done.events, ...woken.events] };
}

function fed(
  rules: Rules,
  { policy }: Variant,
  { state: before, next: known }: Situation,
  input: InterlockInput,
  rests: boolean,
): Done {
  try {
    const events = rules.decide(before, input, policy);
    const after = events.reduce(rules.evolve, before);
    const next = events.length === 0 ? known : rules.deadline(after, policy);
    return { after, events, faults: faultsOf({ policy, before, input, events, after, next }, rests) };
  } catch (error) {
    // Rules that do not come to rest throw; that is a finding like any other, with its trace.
    return { after: before, events: [], faults: [error instanceof Error ? error.message : String(error)] };
  }
}

function restarted(rules: Rules, now: number): Done {
  const after = rules.initialState(instant(now));
  const released = Object.values(after.doors).some(({ lock }) => lock.commanded !== "secured");
  const faults = released || after.controller.phase === "present" ? ["a start that does not secure"] : [];
  return { after, events: [], faults };
}

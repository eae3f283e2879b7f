import type { InterlockEvent } from "../../src/domain/interlock/interlock.ts";
import { instant } from "../../src/domain/time.ts";
import { movesOf } from "./moves.ts";
import type { Rules } from "./rules.ts";
import { carriedOut } from "./steps.ts";
import type { Variant } from "./variant.ts";

/**
 * A way through the states, as people read it, and again through the rules alone: from the start on, with instants
 * and names as they come, nothing made canonical. It ends at the first fault.
 */
export function replayed(rules: Rules, variant: Variant, numbers: readonly number[]): readonly string[] {
  const moves = movesOf(variant);
  const lines: string[] = [];
  let now = 0;
  let state = rules.initialState(instant(now));
  for (const [index, number] of numbers.entries()) {
    const move = moves[number];
    if (move === undefined) throw new Error(`variant "${variant.name}" has no move ${number}`);
    const next = rules.deadline(state, variant.policy);
    const done = carriedOut(rules, variant, { state, now, next }, move);
    now += move.delay * variant.step;
    lines.push(`${String(index + 1).padStart(3)}. ${String(now).padStart(6)} ms  ${move.name}`);
    if (done === undefined) return [...lines, "       cannot happen here"];
    lines.push(...done.events.map((event) => `       → ${wordsOf(event)}`));
    if (done.faults.length > 0) return [...lines, ...done.faults.map((fault) => `       ✗ ${fault}`)];
    state = done.after;
  }
  return lines;
}

function wordsOf(event: InterlockEvent): string {
  const { type, at: _, ...rest } = event;
  const words = Object.entries(rest).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
  return [type, ...words].join(" ");
}

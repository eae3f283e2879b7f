import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { boundsOf, canonicalDoor, canonicalRest } from "../scripts/exploration/canonical.ts";
import { Explorer } from "../scripts/exploration/explorer.ts";
import { type Move, movesOf } from "../scripts/exploration/moves.ts";
import { rulesOf } from "../scripts/exploration/rules.ts";
import { shifted } from "../scripts/exploration/shifted.ts";
import { carriedOut } from "../scripts/exploration/steps.ts";
import type { Variant } from "../scripts/exploration/variant.ts";
import { variants } from "../scripts/exploration/variants.ts";
import type { InterlockEvent, InterlockState } from "../src/domain/interlock/interlock.ts";
import { instant } from "../src/domain/time.ts";

const rules = await rulesOf();

// Nothing here waits: the time is that of a machine which does other things as well.
vi.setConfig({ testTimeout: 300_000 });
const numRuns = 30;

/** The state that stands for `state` seen at `now`, at instant 0. */
function canonical(state: InterlockState, now: number, variant: Variant): InterlockState {
  const { doors, ...rest } = shifted(state, -now);
  return {
    ...canonicalRest(rest, variant),
    doors: {
      outer: canonicalDoor(doors.outer, boundsOf(variant, "outer")),
      inner: canonicalDoor(doors.inner, boundsOf(variant, "inner")),
    },
  };
}

interface Outcome {
  readonly events: readonly string[];
  readonly faults: readonly string[];
  readonly state: InterlockState;
}

/** What the move leads to, and the state that stands for what it leaves. */
function outcome(state: InterlockState, now: number, move: Move, variant: Variant): Outcome | undefined {
  const next = rules.deadline(state, variant.policy);
  const done = carriedOut(rules, variant, { state, now, next }, move);
  if (done === undefined) return undefined;
  const end = now + move.delay * variant.step;
  return {
    events: done.events.map(wordsOf),
    faults: done.faults,
    state: canonical(done.after, end, variant),
  };
}

/** What an event says, but for instants, lengths and names of requests. */
function wordsOf(event: InterlockEvent): string {
  const { type } = event;
  const words = ["door", "cause", "reason", "fault", "by", "doors", "value", "contact", "bolt", "people"];
  const said = Object.entries(event).filter(([key]) => words.includes(key));
  return [type, ...said.map(([key, value]) => `${key} ${String(value)}`)].join(" ");
}

/** A run of the rules alone: instants and names as they come, nothing made canonical. */
function runOf(
  variant: Variant,
  moves: readonly Move[],
): { readonly state: InterlockState; readonly now: number } {
  let now = 0;
  let state = rules.initialState(instant(now));
  for (const move of moves) {
    const next = rules.deadline(state, variant.policy);
    const done = carriedOut(rules, variant, { state, now, next }, move);
    now += move.delay * variant.step;
    state = done?.after ?? state;
  }
  return { state, now };
}

/** Explored once for all tests of a variant: the ways to its states are where runs come from. */
const explorers = new Map<string, { readonly explorer: Explorer; readonly states: number }>();

function exploredOnce(variant: Variant): { readonly explorer: Explorer; readonly states: number } {
  const known = explorers.get(variant.name);
  if (known !== undefined) return known;
  const explorer = new Explorer(rules, variant);
  const { states } = explorer.run();
  explorers.set(variant.name, { explorer, states });
  return { explorer, states };
}

/** Complete explorations of seconds; "orders" has the same rules without a late input for every move. */
const few = variants.filter(({ short, name }) => short && name !== "orders");

describe.each(few)("$name", (variant) => {
  const moves = movesOf(variant);

  test("the way to a state, by the rules alone, ends in a state that it stands for", () => {
    const { explorer, states } = exploredOnce(variant);
    for (let index = 0; index < states; index += Math.ceil(states / 500)) {
      const { state, now } = runOf(
        variant,
        explorer.pathTo(index).flatMap((number) => moves[number] ?? []),
      );
      expect(canonical(state, now, variant)).toEqual(explorer.stateOf(index));
    }
  });

  test("a state and the one that stands for it have the same future", () => {
    const { explorer, states } = exploredOnce(variant);
    const aState = fc.nat({ max: states - 1 });
    const fewMore = fc.array(fc.nat({ max: moves.length - 2 }), { maxLength: 6 });
    fc.assert(
      fc.property(aState, fewMore, (index, more) => {
        const numbers = [...explorer.pathTo(index), ...more];
        const { state, now } = runOf(
          variant,
          numbers.flatMap((number) => moves[number] ?? []),
        );
        const standing = canonical(state, now, variant);
        expect(canonical(standing, 0, variant)).toEqual(standing);
        // One step suffices: what follows from states that stand for the same is the same again.
        for (const move of moves) {
          const from = { move: move.name, delay: move.delay };
          expect({ ...from, ...outcome(standing, 0, move, variant) }).toEqual({
            ...from,
            ...outcome(state, now, move, variant),
          });
        }
      }),
      { numRuns },
    );
  });
});

import type { InterlockState } from "../../src/domain/interlock/interlock.ts";
import { type DoorName, doorNames } from "../../src/domain/names.ts";
import { instant } from "../../src/domain/time.ts";
import { boundsOf, canonicalDoor, canonicalRest, type DoorState, type RestOfState } from "./canonical.ts";
import { Interned } from "./interned.ts";
import { type Move, movesOf, timePasses } from "./moves.ts";
import { overrideWayFaults } from "./override-way.ts";
import type { Rules } from "./rules.ts";
import { untimed } from "./shifted.ts";
import { StateTable } from "./state-table.ts";
import { carriedOut } from "./steps.ts";
import type { Variant } from "./variant.ts";
import { wayOut } from "./way-out.ts";

export interface Violation {
  readonly what: readonly string[];
  /** The moves that lead to it from the start, the last one included: no shorter one does. */
  readonly moves: readonly number[];
}

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  /** No new state appears any more. */
  readonly fixpoint: boolean;
  readonly violations: readonly Violation[];
}

/** Nothing to do: the state is where it was to lead. */
const arrived = -2;
const unknown = -1;

/** Explores everything the rules can come to in one variant, breadth first. */
export class Explorer {
  readonly moves: readonly Move[];
  readonly #variant: Variant;
  readonly #rules: Rules;
  readonly #doors: Readonly<Record<DoorName, Interned<DoorState>>>;
  readonly #rest: Interned<RestOfState>;
  readonly #table: StateTable;
  /** For each state and door, the state that follows when people do what lets somebody out by that door. */
  readonly #waysOut: Readonly<Record<DoorName, number[]>> = { outer: [], inner: [] };
  readonly #moveNumbers: ReadonlyMap<string, number>;
  #transitions = 0;

  constructor(rules: Rules, variant: Variant, mostStates?: number) {
    this.#table = new StateTable(mostStates);
    this.#rules = rules;
    this.#variant = variant;
    const door = (name: DoorName): Interned<DoorState> => {
      const bounds = boundsOf(variant, name);
      return new Interned((part) => canonicalDoor(part, bounds));
    };
    this.#doors = { outer: door("outer"), inner: door("inner") };
    this.#rest = new Interned((part) => canonicalRest(part, variant));
    this.moves = movesOf(variant);
    const soon = this.moves.map(({ name, delay }, number) => ({ name, delay, number }));
    this.#moveNumbers = new Map(
      soon
        .filter(({ name, delay }) => delay === (name === timePasses ? 1 : 0))
        .map(({ name, number }) => [name, number]),
    );
  }

  run(): Exploration {
    const began = performance.now();
    const start = this.#rules.initialState(instant(0));
    this.#table.add(
      this.#doors.outer.numberOf(start.doors.outer),
      this.#doors.inner.numberOf(start.doors.inner),
      this.#rest.numberOf(restOf(start)),
      unknown,
      0,
    );
    let depth = 0;
    let levelEnd = 1;
    let violation: Violation | undefined;
    let index = 0;
    for (; index < this.#table.count && violation === undefined; index++) {
      if (index === levelEnd) {
        depth += 1;
        levelEnd = this.#table.count;
      }
      violation = this.#expand(index);
    }
    const fixpoint = index === this.#table.count && violation === undefined;
    if (fixpoint) violation = this.#withoutWayOut();
    return {
      states: this.#table.count,
      transitions: this.#transitions,
      depth,
      seconds: (performance.now() - began) / 1000,
      fixpoint,
      violations: violation === undefined ? [] : [violation],
    };
  }

  /** The state, as it stands for all that have its future, seen at instant 0. */
  stateOf(index: number): InterlockState {
    const [outer, inner, rest] = this.#table.key(index);
    return {
      ...this.#rest.part(rest),
      doors: { outer: this.#doors.outer.part(outer), inner: this.#doors.inner.part(inner) },
    };
  }

  /** What the states are once nobody asks when: which of them there are must not depend on the grid. */
  shapes(): ReadonlySet<string> {
    const shapes = new Set<string>();
    for (let index = 0; index < this.#table.count; index++) {
      const { doors, ...rest } = this.stateOf(index);
      shapes.add([doors.outer, doors.inner, rest].map(untimed).join(" "));
    }
    return shapes;
  }

  /** The moves that lead to the state from the start: no fewer do. */
  pathTo(index: number): readonly number[] {
    const moves: number[] = [];
    for (let at = this.#table.origin(index); at !== undefined; at = this.#table.origin(at.parent))
      moves.unshift(at.move);
    return moves;
  }

  #expand(index: number): Violation | undefined {
    const state = this.stateOf(index);
    const situation = { state, now: 0, next: this.#rules.deadline(state, this.#variant.policy) };
    const wanted = doorNames.map((door) => {
      const name = wayOut(state, door, this.#variant);
      return name === undefined ? undefined : (this.#moveNumbers.get(name) ?? unknown);
    });
    const next: number[] = wanted.map((move) => (move === undefined ? arrived : unknown));
    for (const [number, move] of this.moves.entries()) {
      if (isRepetition(move, situation.next, this.#variant.step)) continue;
      const done = carriedOut(this.#rules, this.#variant, situation, move);
      if (done === undefined) continue;
      this.#transitions += 1;
      if (done.faults.length > 0) return { what: done.faults, moves: [...this.pathTo(index), number] };
      const follower = this.#successor(index, state, done.after, move, number);
      for (const [door, wish] of wanted.entries()) if (wish === number) next[door] = follower;
    }
    for (const [door, name] of doorNames.entries()) this.#waysOut[name][index] = next[door] ?? unknown;
    const faults =
      this.#variant.freedom.override === undefined
        ? []
        : overrideWayFaults(this.#rules, this.#variant, state);
    return faults.length > 0 ? { what: faults, moves: this.pathTo(index) } : undefined;
  }

  /** Only the parts that changed are looked up anew: a step mostly touches one of three. */
  #successor(
    index: number,
    before: InterlockState,
    after: InterlockState,
    { delay }: Move,
    move: number,
  ): number {
    const [outer, inner, rest] = this.#table.key(index);
    return this.#table.add(
      this.#part(this.#doors.outer, outer, before.doors.outer, after.doors.outer, delay),
      this.#part(this.#doors.inner, inner, before.doors.inner, after.doors.inner, delay),
      isRestEqual(before, after)
        ? this.#rest.later(rest, delay, this.#variant.step)
        : this.#rest.numberOf(restOf(after), -delay * this.#variant.step),
      index,
      move,
    );
  }

  #part<T extends object>(parts: Interned<T>, number: number, before: T, after: T, delay: number): number {
    const { step } = this.#variant;
    return before === after ? parts.later(number, delay, step) : parts.numberOf(after, -delay * step);
  }

  /** The first state from which what people do to let somebody out does not lead to a released door. */
  #withoutWayOut(): Violation | undefined {
    for (const door of doorNames) {
      const next = this.#waysOut[door];
      const leads = new Uint8Array(next.length);
      for (let start = 0; start < next.length; start++) {
        const passed: number[] = [];
        let at = start;
        while (at >= 0 && leads[at] === 0 && next[at] !== arrived) {
          leads[at] = 2;
          passed.push(at);
          at = next[at] ?? unknown;
        }
        if (at < 0 || leads[at] === 2)
          return { what: [`nobody inside can leave by the ${door} door`], moves: this.pathTo(start) };
        for (const state of [...passed, at]) leads[state] = 1;
      }
    }
    return undefined;
  }
}

/** A longer wait in which nothing falls due before its last step is several shorter ones. */
function isRepetition({ name, delay }: Move, next: number | undefined, step: number): boolean {
  return name === timePasses && delay > 1 && (next === undefined || next >= delay * step);
}

function restOf(state: InterlockState): RestOfState {
  const { doors: _doors, ...rest } = state;
  return rest;
}

function isRestEqual(before: InterlockState, after: InterlockState): boolean {
  return (Object.keys(before) as (keyof InterlockState)[]).every(
    (key) => key === "doors" || before[key] === after[key],
  );
}

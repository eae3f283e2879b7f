import type { InterlockInput, InterlockState } from "../../src/domain/interlock/interlock.ts";
import { instant } from "../../src/domain/time.ts";
import { type Happening, happeningsOf } from "./inputs.ts";
import { never, type Variant } from "./variant.ts";

/** What may come next: something happens, or only a timer, after so many steps of time. */
export interface Move {
  readonly name: string;
  readonly delay: number;
  /** Undefined: the interlock process dies and is started again. */
  readonly happening: Happening | undefined;
}

export const timePasses = "time passes";
const restart = "interlock process starts anew";

const timer: Happening = {
  name: timePasses,
  make: (_, at) => ({ type: "TimePassed", at }),
  ago: 0,
};

/** Beyond this many steps everything that was pending is overdue, whatever it was. */
function longestDelay({ policy, step }: Variant): number {
  const doors = Object.values(policy.doors);
  const times = doors.flatMap((door) => [
    door.releaseTime,
    door.relockDelay,
    door.heldOpenTime,
    door.boltTime,
    door.contactDebounce,
    ...(door.flapLimit < never ? [1_000] : []),
  ]);
  const { settleTime, heartbeatTime, overrideWindow, overrideTime, dwellTime } = policy;
  const all = [...times, settleTime, heartbeatTime, overrideWindow, overrideTime, dwellTime];
  return Math.ceil(Math.max(0, ...all.filter((time) => time < never)) / step) + 1;
}

/** All moves of a variant, in a fixed order; those without delay first. */
export function movesOf(variant: Variant): readonly Move[] {
  const happenings = happeningsOf(variant);
  const longest = longestDelay(variant);
  const delays = Array.from({ length: longest }, (_, index) => index + 1);
  const late = variant.freedom.lateInputs ? happenings : [];
  return [
    ...happenings.map((happening) => ({ name: happening.name, delay: 0, happening })),
    ...delays.map((delay) => ({ name: timePasses, delay, happening: timer })),
    ...delays.flatMap((delay) => late.map((happening) => ({ name: happening.name, delay, happening }))),
    { name: restart, delay: 0, happening: undefined },
  ];
}

/** The input a move is in a state seen at `now`; undefined where the variant has no such thing there. */
export function inputOf(
  { happening, delay }: Move,
  state: InterlockState,
  now: number,
  step: number,
): InterlockInput | undefined {
  return happening?.make(state, instant(now + delay * step - happening.ago));
}

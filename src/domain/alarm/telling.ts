import { after, type Instant, instant, type Milliseconds, since } from "../time.ts";

/**
 * How often an alarm has been told of lately. A contact that chatters would bury everything else: after the first few
 * times only that it begins is told at once; how often it was seen, and that it is over, once in a while.
 */
export interface Telling {
  /** Since when it is counted how often it is told. */
  readonly from: Instant;
  readonly told: number;
  /** How often it was seen and not told. */
  readonly held: number;
  /** Whether it is told to be active. */
  readonly active: boolean;
  /** Pictures that came with what was not told. */
  readonly evidence: readonly string[];
  readonly detail: string | null;
}

/** Told each by itself within one window. */
const atOnce = 3;
export const tellingWindow: Milliseconds = 10_000;

export const firstTelling = (at: Instant): Telling => ({
  from: at,
  told: 0,
  held: 0,
  active: false,
  evidence: [],
  detail: null,
});

const isQuiet = (telling: Telling, at: Instant): boolean =>
  telling.held === 0 && since(telling.from, at) >= tellingWindow;

/** Whether it has been told of so often that what changes nothing but its count may wait. */
export const isFlood = (telling: Telling, at: Instant): boolean =>
  telling.told >= atOnce && !isQuiet(telling, at);

/** It was told just now that it is seen. */
export function toldOf(telling: Telling, at: Instant): Telling {
  const counted = isQuiet(telling, at)
    ? { from: at, told: 1 }
    : { from: telling.from, told: telling.told + 1 };
  return { ...counted, held: 0, active: true, evidence: [], detail: null };
}

/** What was held back was told just now: a new window, in which the flood is taken to go on. */
export const caughtUp = (telling: Telling, at: Instant): Telling => ({
  ...telling,
  from: at,
  told: atOnce,
  held: 0,
  evidence: [],
  detail: null,
});

/** A beginning that makes what is held back due at `at`. */
export const windowPast = (at: Instant): Instant => instant(at - tellingWindow);

/** When what is held back is to be told; `isActive`: what it really is. */
export const tellingDue = (telling: Telling, isActive: boolean): Instant | undefined =>
  isBehind(telling, isActive) ? after(telling.from, tellingWindow) : undefined;

/** Whether something of it is held back. */
export const isBehind = ({ held, active, evidence }: Telling, isActive: boolean): boolean =>
  held > 0 || active !== isActive || evidence.length > 0;

import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { FrameFault } from "./frame.ts";
import type { Drop } from "./session-state.ts";

/** Everything that came over the line and was not used, by reason. */
export type Disturbance = Drop | FrameFault | "identityChanged";

/** What two readers with one address do to each other's words. */
const ofConflict: ReadonlySet<Disturbance> = new Set(["damaged", "cut", "unasked", "mac", "identityChanged"]);

/** So many within `window` are no accident. */
const mostAccidents = 3;
const window: Milliseconds = 10_000;
/** How long something stays told after it was last seen. */
const holdTime: Milliseconds = 60_000;

/** What was wrong with one reader's words, counted; of the instants no more are kept than are looked at. */
export interface LineWatch {
  readonly counts: Readonly<Partial<Record<Disturbance, number>>>;
  readonly recent: readonly Instant[];
  readonly conflictUntil: Instant | undefined;
  /** Until when words outside the secure channel count as tampering. */
  readonly plaintextUntil: Instant | undefined;
}

export const undisturbed: LineWatch = {
  counts: {},
  recent: [],
  conflictUntil: undefined,
  plaintextUntil: undefined,
};

export function disturbed(watch: LineWatch, what: Disturbance, at: Instant): LineWatch {
  const counts = { ...watch.counts, [what]: (watch.counts[what] ?? 0) + 1 };
  const plaintextUntil = what === "plaintext" ? after(at, holdTime) : watch.plaintextUntil;
  if (!ofConflict.has(what)) return { ...watch, counts, plaintextUntil };
  const recent = [...watch.recent.filter((then) => at - then < window), at].slice(-mostAccidents);
  const conflictUntil = recent.length === mostAccidents ? after(at, holdTime) : watch.conflictUntil;
  return { counts, recent, conflictUntil, plaintextUntil };
}

/** It could not read a command, or answered with the check that is not good enough here. */
export const wantsChecksums = ({ counts }: LineWatch): boolean =>
  counts.weakCheck !== undefined || counts.commandDamaged !== undefined;

export const hasConflict = ({ conflictUntil }: LineWatch, at: Instant): boolean =>
  conflictUntil !== undefined && at < conflictUntil;

export const hasPlaintext = ({ plaintextUntil }: LineWatch, at: Instant): boolean =>
  plaintextUntil !== undefined && at < plaintextUntil;

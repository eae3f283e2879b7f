import { type Factor, factors } from "./event.ts";
import type { AccessLevel, VerificationMode } from "./policy.ts";
import { isWithin, type LocalTime, type Schedule } from "./schedule.ts";

const needed: Readonly<Record<VerificationMode, readonly Factor[]>> = {
  card: [],
  "card+face": ["face"],
  "card+pin": ["pin"],
  "card+face+pin": ["face", "pin"],
  "face+remote": ["face", "remote"],
};

/** What a mode asks for besides the card. */
export const factorsOf = (mode: VerificationMode): readonly Factor[] => needed[mode];

/**
 * What an open level asks for now: its usual mode, or those of the schedules that are open. A2: where one of these still
 * waits for its first person (`isAwaited`) both are asked for, so that neither is got round by coming early.
 */
export function modesNow(
  { mode, modes }: AccessLevel,
  local: LocalTime,
  isAwaited: (schedule: Schedule) => boolean,
): readonly VerificationMode[] {
  const special = (modes ?? []).filter(({ schedule }) => isWithin(schedule, local));
  const asked = special.map((one) => one.mode);
  return special.length === 0 || special.some(({ schedule }) => isAwaited(schedule))
    ? [mode, ...asked]
    : asked;
}

/** A second access level never makes the first one weaker: whatever one of them asks for is asked for. */
export function union(modes: readonly VerificationMode[]): readonly Factor[] {
  return factors.filter((factor) => modes.some((mode) => needed[mode].includes(factor)));
}

/**
 * The name on record of what is asked for. Together, `face+remote` and a PIN have no name of their own: the operator
 * who looks is the most that is asked for, so it is `face+remote`, and the PIN's own records tell the rest.
 */
export function modeOf(wanted: readonly Factor[]): VerificationMode {
  if (wanted.includes("remote")) return "face+remote";
  if (wanted.includes("face")) return wanted.includes("pin") ? "card+face+pin" : "card+face";
  return wanted.includes("pin") ? "card+pin" : "card";
}

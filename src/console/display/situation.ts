import type { DoorScreen } from "../../api/display-screen.ts";

/** What a screen at a door knows. */
export type Situation =
  /** Not yet answered since the page was opened. */
  | { readonly is: "starting" }
  /** It belongs to no door yet. */
  | { readonly is: "pairing"; readonly code: string }
  /** Nothing was heard for too long: of what was heard last only where it stands and how it is set still holds. */
  | { readonly is: "lost"; readonly last: DoorScreen | null }
  | { readonly is: "live"; readonly screen: DoorScreen; readonly heardAt: number };

/** Heard about three times in this; beyond it the screen no longer says what it last heard. */
export const silenceLimit = 2_500;

/** Whether it is the same words said anew: somebody else's card was refused as well, say. */
export function isSaidAnew(before: Situation, now: Situation): boolean {
  if (now.is !== "live" || before.is !== "live") return before.is !== now.is;
  if (before.screen.text !== now.screen.text) return true;
  const [then, left] = [before.screen.remaining, now.screen.remaining];
  return then !== null && left !== null && left > then - (now.heardAt - before.heardAt) + 500;
}

/** Where the screen stands and how it is set, as far as it was ever told. */
export function lastScreen(situation: Situation): DoorScreen | null {
  if (situation.is === "live") return situation.screen;
  return situation.is === "lost" ? situation.last : null;
}

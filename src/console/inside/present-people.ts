import type { ListPresenceData } from "../api/client.ts";

export type Presence = ListPresenceData["people"][number];

/** Those behind or within one door pair, whoever came first first. */
export function peopleIn(
  people: readonly Presence[],
  vestibule: string,
  area: Presence["area"],
): readonly Presence[] {
  return people
    .filter((one) => one.vestibule === vestibule && one.area === area)
    .toSorted((a, b) => a.since.localeCompare(b.since));
}

/** A4, of what is counted; 0: no such limit. */
export function limitBroken(
  count: number,
  { least, most }: { readonly least: number; readonly most: number },
): "tooMany" | "tooFew" | null {
  if (most > 0 && count > most) return "tooMany";
  return least > 0 && count > 0 && count < least ? "tooFew" : null;
}

export interface Stay {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** Whole days, hours and minutes from then to now. */
export function stay(since: string, now: number): Stay {
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  return {
    days: Math.floor(minutes / 1_440),
    hours: Math.floor(minutes / 60) % 24,
    minutes: minutes % 60,
  };
}

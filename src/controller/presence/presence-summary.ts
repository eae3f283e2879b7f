import { wallTime } from "../../domain/time.ts";
import type { JsonObject } from "../../ports/journal.ts";
import type { StoredPlace } from "../../ports/presence-store.ts";
import { Headcount } from "./headcount.ts";
import { Whereabouts } from "./whereabouts.ts";

/** Another shape of it is read from the journal anew. */
const version = 1;

interface Summary {
  readonly version: number;
  readonly baseline: Whereabouts["baseline"];
  readonly behind: readonly {
    readonly vestibule: string;
    readonly unknown: { readonly vestibule: number; readonly secure: number };
    readonly forgottenAt: number;
    readonly uncertainSince: number | null;
  }[];
  readonly entries: readonly { readonly group: string; readonly wall: number; readonly seq: number }[];
  readonly granted: readonly {
    readonly door: string;
    readonly lead: string;
    readonly people: readonly { readonly cardholder: string; readonly groups: readonly string[] }[];
  }[];
}

/** What is kept besides the places themselves; how many are known to be where is counted from those. */
export function summaryOf({ baseline, behind, entries, granted }: Whereabouts): JsonObject {
  return {
    version,
    baseline: { ...baseline },
    behind: [...behind].map(([vestibule, { count, forgottenAt, uncertainSince }]) => ({
      vestibule,
      unknown: { ...count.unknown },
      forgottenAt,
      uncertainSince,
    })),
    entries: [...entries].map(([group, { wall, seq }]) => ({ group, wall, seq })),
    granted: [...granted].map(([door, { lead, people }]) => ({
      door,
      lead,
      people: people.map((one) => ({ ...one })),
    })),
  };
}

/** Undefined where it is not of this version. */
export function restored(places: readonly StoredPlace[], saved: JsonObject): Whereabouts | undefined {
  if (saved["version"] !== version) return undefined;
  const { baseline, behind, entries, granted } = saved as unknown as Summary; // of this version, so as `summaryOf` made it
  const whereabouts = new Whereabouts();
  whereabouts.baseline = baseline;
  for (const { vestibule, unknown, forgottenAt, uncertainSince } of behind)
    whereabouts.behind.set(vestibule, {
      count: new Headcount(unknown),
      forgottenAt,
      uncertainSince: uncertainSince === null ? null : wallTime(uncertainSince),
    });
  for (const { group, wall, seq } of entries) whereabouts.entries.set(group, { wall: wallTime(wall), seq });
  for (const { door, lead, people } of granted) whereabouts.granted.set(door, { lead, people });
  whereabouts.restore(places);
  return whereabouts;
}

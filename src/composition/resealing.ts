import type { Resealing } from "../ports/cipher.ts";
import type { SiteStorage } from "./open-site-storage.ts";

/** Everything a site keeps sealed, one store after the other. */
export function resealingOf({
  operators,
  directory,
  evidence,
  journalKey,
}: Pick<SiteStorage, "operators" | "directory" | "evidence" | "journalKey">): Resealing {
  // The directory last of those it shares a file with: at its end stands which key all of that is under.
  const passes = [operators.resealing(), directory.resealing(), evidence.resealing()];
  if (journalKey !== undefined) passes.push(journalKey.resealing());
  return {
    all: passes.reduce((sum, { all }) => sum + all, 0),
    next(most) {
      for (;;) {
        const seen = passes[0]?.next(most) ?? { looked: 0, resealed: 0 };
        if (seen.looked > 0 || passes.length === 0) return seen;
        passes.shift();
      }
    },
  };
}

import type { Resealing } from "../ports/cipher.ts";
import type { SiteStorage } from "./open-site-storage.ts";

/** Everything a site keeps sealed, one store after the other. */
export function resealingOf({ directory, evidence }: Pick<SiteStorage, "directory" | "evidence">): Resealing {
  const passes = [directory.resealing(), evidence.resealing()];
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

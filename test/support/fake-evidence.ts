import { EvidenceAltered } from "../../src/ports/evidence-store.ts";
import type { EvidenceAnswer, EvidenceServices } from "../../src/ports/services/evidence-services.ts";

interface Kept {
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly clips: ReadonlySet<string>;
  readonly views: { operator: string; hash: string }[];
  readonly evidenceGone: ReadonlyMap<string, EvidenceAnswer>;
  readonly alteredFrom: number;
}

/** Shows what a test has put there, and notes who looked. */
export function fakeEvidence(site: Kept): EvidenceServices {
  return {
    open: async (hash, operator) => {
      const bytes = site.pictures.get(hash);
      if (bytes === undefined) return site.evidenceGone.get(hash) ?? { is: "unknown" };
      site.views.push({ operator, hash });
      const media = site.clips.has(hash) ? "video/mp4" : "image/jpeg";
      const read = async (from: number, until: number) => {
        if (from >= site.alteredFrom) throw new EvidenceAltered("altered");
        return bytes.subarray(from, until);
      };
      return { is: "kept", evidence: { media, size: bytes.length, read } };
    },
  };
}

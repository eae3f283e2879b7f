import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  EvidenceAltered,
  type EvidenceMedia,
  type EvidenceStore,
  type OpenedEvidence,
} from "../../ports/evidence-store.ts";
import type { EvidenceAnswer, EvidenceServices } from "../../ports/services/evidence-services.ts";
import type { Chronicle } from "../chronicle.ts";
import type { EvidenceUpkeep } from "./evidence-upkeep.ts";

/** A browser asks for a clip in many parts: within this it is one look. */
const oneLook: Milliseconds = 300_000;
const mostLooks = 1_000;

/** Shows what was kept, to whoever's look has been recorded. */
export class EvidenceDesk implements EvidenceServices {
  readonly #store: EvidenceStore;
  readonly #upkeep: EvidenceUpkeep;
  readonly #chronicle: Chronicle;
  readonly #clock: Clock;
  readonly #looks = new Map<string, Instant>();

  constructor(store: EvidenceStore, upkeep: EvidenceUpkeep, chronicle: Chronicle, clock: Clock) {
    this.#store = store;
    this.#upkeep = upkeep;
    this.#chronicle = chronicle;
    this.#clock = clock;
  }

  async open(hash: string, operator: string): Promise<EvidenceAnswer> {
    const { keeping, audit } = this.#upkeep;
    try {
      const opened = this.#store.open(hash);
      if (opened !== undefined) {
        this.#recordLook(hash, operator, opened.media);
        return { is: "kept", evidence: this.#watched(hash, opened) };
      }
    } catch (error) {
      if (!(error instanceof EvidenceAltered)) throw error;
      audit.altered(hash);
      return { is: "altered" };
    }
    const at = keeping.index.prunedAt(hash);
    if (at !== undefined) return { is: "pruned", at };
    return { is: keeping.index.isLost(hash) ? "missing" : "unknown" };
  }

  #watched(hash: string, opened: OpenedEvidence): OpenedEvidence {
    return {
      media: opened.media,
      size: opened.size,
      read: async (from, until) => {
        try {
          return await opened.read(from, until);
        } catch (error) {
          if (error instanceof EvidenceAltered) this.#upkeep.audit.altered(hash);
          throw error;
        }
      },
    };
  }

  #recordLook(hash: string, operator: string, media: EvidenceMedia): void {
    const now = this.#clock.now();
    for (const [look, at] of this.#looks) {
      if (since(at, now) < oneLook && this.#looks.size <= mostLooks) break;
      this.#looks.delete(look);
    }
    const look = `${operator} ${hash}`;
    if (this.#looks.has(look)) return;
    this.#chronicle.require([this.#chronicle.entry("EvidenceViewed", { operator, evidence: hash })]);
    if (media === "video/mp4") this.#looks.set(look, now);
  }
}

import type { WallTime } from "../../domain/time.ts";
import type { OpenedEvidence } from "../evidence-store.ts";

/** What was kept, for those who may see it. */
export interface EvidenceServices {
  /** Who looked is recorded, durably, before anything is shown. Throws StorageFault. */
  open(hash: string, operator: string): Promise<EvidenceAnswer>;
}

export type EvidenceAnswer =
  /** Its `read` throws EvidenceAltered where a part is not what was kept. */
  | { readonly is: "kept"; readonly evidence: OpenedEvidence }
  /** Deleted in its time, as the journal says. */
  | { readonly is: "pruned"; readonly at: WallTime }
  /** Gone, and no record says why. */
  | { readonly is: "missing" }
  | { readonly is: "altered" }
  | { readonly is: "unknown" };

import type { SiteConfiguration } from "../config/site-schema.ts";
import type { ProofPlan } from "../controller/witness/site-proofs.ts";
import type { JournalKey } from "../drivers/site-key/journal-key.ts";
import { createHttpWitness } from "../drivers/witness-http/http-witness.ts";
import type { SiteStorage } from "./open-site-storage.ts";

/** What the journal is called in its checkpoints, and its key, from the first start on. */
export const journalNameOf = ({ site }: SiteConfiguration): string => `vestibule/${site.id}`;

/** Who signs the journal, and who elsewhere is asked to. */
export function proofsOf(
  { witness }: SiteConfiguration,
  { journal, journalKey }: Pick<SiteStorage, "journal" | "journalKey">,
): ProofPlan | undefined {
  if (journalKey === undefined) return undefined;
  return {
    journal,
    key: { ...journalKey, handover: handoverOf(journal, journalKey) },
    witness: witness && {
      witness: createHttpWitness({
        url: witness.url,
        verifierKey: witness.vkey,
        caFile: witness.caFile,
        timeout: witness.timeout * 1_000,
      }),
      interval: witness.interval * 1_000,
      overdueAfter: witness.overdueAfter * 1_000,
    },
  };
}

/** Where the file that says so is lost, the record still tells which key came before: what it signed is proven by that. */
function handoverOf(journal: SiteStorage["journal"], { handover }: JournalKey): JournalKey["handover"] {
  if (handover === undefined || handover.former !== undefined) return handover;
  const [newest] = journal.query({ type: "JournalKeyChanged", limit: 1, newestFirst: true });
  const former = newest?.payload["key"];
  return { ...handover, former: typeof former === "string" ? former : undefined };
}

/** What the box itself is verified by; a former key follows from the record of its change. */
export const knownKeysOf = ({ journalKey }: Pick<SiteStorage, "journalKey">) => ({
  keys: journalKey === undefined ? [] : [journalKey.verifierKey],
});

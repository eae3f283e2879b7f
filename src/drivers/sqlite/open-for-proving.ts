import type { JournalRecord } from "../../ports/journal.ts";
import { type InclusionProof, NoProof, type SignedCheckpoint } from "../../ports/journal-proofs.ts";
import { openConnection } from "./connection.ts";
import { newestCheckpoint } from "./journal-checkpoints.ts";
import { JournalProofs } from "./journal-proofs.ts";
import { readTail, recordOf, rowsBehind } from "./journal-rows.ts";
import { journalSchema } from "./schema.ts";
import { journalFile } from "./sqlite-journal.ts";

/** A record with all it takes to check it without the journal. */
export interface ProvenRecord extends InclusionProof {
  readonly record: JournalRecord;
  /** The signed note over `size` records. */
  readonly checkpoint: string;
}

/** Makes proofs beside whoever owns the journal. Throws StorageFault. */
export function openProofsForReading(path: string): Disposable & {
  /** Under the checkpoint of `size` records, or the newest. Throws NoProof. */
  proven(seq: number, size?: number): ProvenRecord;
} {
  const connection = openConnection(journalFile(path), journalSchema, { readonly: true });
  const checkpointOf = (size: number | undefined): SignedCheckpoint | undefined =>
    size === undefined
      ? newestCheckpoint(connection)
      : connection
          .prepare<[number], SignedCheckpoint>("SELECT size, note FROM checkpoints WHERE size = ?")
          .get(size);
  return {
    proven(seq, size) {
      const checkpoint = checkpointOf(size);
      if (checkpoint === undefined) throw new NoProof("there is no such signed checkpoint");
      const proof = new JournalProofs(connection).inclusion(seq, checkpoint.size, readTail(connection).seq);
      const [row] = rowsBehind(connection, seq - 1, 1);
      if (row === undefined) throw new NoProof(`record ${seq} was pruned`);
      return { record: recordOf(row), ...proof, checkpoint: checkpoint.note };
    },
    [Symbol.dispose]: () => void connection.close(),
  };
}

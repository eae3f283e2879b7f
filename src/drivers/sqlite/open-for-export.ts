import { toHex } from "../../domain/journal/bytes.ts";
import { leafText } from "../../domain/journal/commitment.ts";
import { leafHash } from "../../domain/journal/merkle.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { ExportedCheckpoint, ExportedRecord, ExportSource } from "../../ports/journal-export.ts";
import { openConnection } from "./connection.ts";
import { newestCheckpoint } from "./journal-checkpoints.ts";
import { bodyHashOf, chunkOf, saltOf, sha256 } from "./journal-leaves.ts";
import { JournalProofs } from "./journal-proofs.ts";
import { type JournalRow, readTail, rowsBehind } from "./journal-rows.ts";
import { journalSchema } from "./schema.ts";
import { journalFile } from "./sqlite-journal.ts";
import { prunedHead } from "./verify-tree.ts";

/** Reads a journal beside its owner, up to what is signed now. Throws StorageFault. */
export function openJournalForExport(path: string): ExportSource & Disposable {
  const connection = openConnection(journalFile(path), journalSchema, { readonly: true });
  const end = newestCheckpoint(connection)?.size ?? readTail(connection).seq;
  const pruned = prunedHead(connection);
  const secrets = connection
    .prepare<[number], Buffer | null>("SELECT secret FROM journal_chunks WHERE chunk = ?")
    .pluck();
  // A stretch of records shares one.
  let [chunk, secret]: [number, Buffer | null] = [-1, null];
  const exported = (row: JournalRow): ExportedRecord => {
    if (chunk !== chunkOf(row.seq))
      [chunk, secret] = [chunkOf(row.seq), secrets.get(chunkOf(row.seq)) ?? null];
    if (secret === null)
      throw new StorageFault(
        `record ${row.seq} is not in the tree yet: ask again when the controller has run a while`,
      );
    const salt = saltOf(secret, row.seq);
    const body = bodyHashOf(salt, row);
    return { ...row, salt, body, leaf: toHex(leafHash(sha256, leafText(row, body))) };
  };
  return {
    end,
    pruned: {
      size: pruned.seq,
      hash: pruned.hash,
      peaks: new JournalProofs(connection).peaks(pruned.seq).map(toHex),
    },
    records: (after, most) => rowsBehind(connection, after, Math.min(most, end - after)).map(exported),
    checkpoints: () =>
      connection
        .prepare<[number, number], ExportedCheckpoint>(
          "SELECT size, note, cosignatures FROM checkpoints WHERE size > ? AND size <= ? ORDER BY size",
        )
        .all(pruned.seq, end),
    [Symbol.dispose]: () => void connection.close(),
  };
}

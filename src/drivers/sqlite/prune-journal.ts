import type { PrunedStretch } from "../../ports/journal-keeping.ts";
import type { Connection } from "./connection.ts";
import { newestCheckpoint, newestWitnessed } from "./journal-checkpoints.ts";
import { chunkLength, chunkOf, leafOf } from "./journal-leaves.ts";
import { type JournalRow, recordOf, rowsBehind } from "./journal-rows.ts";
import type { SearchIndex } from "./search-index.ts";

/** What is known of the records that were pruned: the hash the oldest one left is chained to. */
export interface PrunedPart {
  /** 0: nothing was pruned. */
  readonly last: number;
  /** Hexadecimal; undefined where nothing was pruned. */
  readonly hash: string | undefined;
}

/** The newest is never pruned, so that an empty journal is a new one. */
export const oldestOf = (connection: Connection): number =>
  connection.prepare<[], number | null>("SELECT min(seq) FROM journal").pluck().get() ?? 1;

/** Up to where records are gone. */
export function prunedPart(connection: Connection): PrunedPart {
  const last = oldestOf(connection) - 1;
  const gone = connection
    .prepare<[number], Buffer | null>("SELECT gone FROM journal_chunks WHERE chunk = ?")
    .pluck()
    .get(chunkOf(last));
  return { last, hash: gone?.toString("hex") };
}

/**
 * Lets the oldest stretch of records go, with what a search looks up of them and what their salts come from: of what they said
 * nothing is left on the disk but one hash. The file does not shrink; what is written next takes the room.
 */
export function pruneStretch(
  connection: Connection,
  index: SearchIndex,
  upTo: number,
): PrunedStretch | undefined {
  const before = oldestOf(connection) - 1;
  const [from, to] = [before + 1, before + chunkLength];
  const signed = newestCheckpoint(connection)?.size ?? 0;
  if (to > Math.min(upTo, signed, index.covered() - 1)) return undefined;
  const rows = rowsBehind(connection, before, chunkLength);
  const [first, last] = [rows[0], rows.at(-1)];
  if (rows.length < chunkLength || first?.seq !== from || last?.seq !== to) return undefined; // damaged: verify says so
  const chunk = chunkOf(from);
  try {
    connection
      .transaction(() => {
        const leaves = isKnownWithin(connection, from, to) ? leavesOf(connection, chunk, rows) : null;
        connection
          .prepare<[Buffer, Buffer | null, number]>(
            "UPDATE journal_chunks SET gone = ?, secret = NULL, leaves = ? WHERE chunk = ?",
          )
          .run(last.hash, leaves, chunk);
        index.forget(rows.map(recordOf), to + 1);
        connection.prepare<[number, number]>("DELETE FROM journal WHERE seq BETWEEN ? AND ?").run(from, to);
      })
      .immediate();
  } catch (error) {
    index.refresh();
    throw error;
  }
  return { from, to, hash: last.hash.toString("hex") };
}

/** Whether a witness may ask how the journal grew from a size within these records: the proof needs their leaves. */
function isKnownWithin(connection: Connection, from: number, to: number): boolean {
  const known = newestWitnessed(connection)?.size ?? 0;
  return known >= from && known < to;
}

function leavesOf(connection: Connection, chunk: number, rows: readonly JournalRow[]): Buffer | null {
  const secret = connection
    .prepare<[number], Buffer | null>("SELECT secret FROM journal_chunks WHERE chunk = ?")
    .pluck()
    .get(chunk);
  return secret ? Buffer.concat(rows.map((row) => leafOf(secret, row))) : null;
}

import type { Connection } from "./connection.ts";
import { chunkLength } from "./journal-leaves.ts";

/** Up to which record the file has let go of them. */
export function prunedTo(connection: Connection): number {
  const chunk = connection
    .prepare<[], number | null>("SELECT max(chunk) FROM journal_chunks WHERE gone IS NOT NULL")
    .pluck()
    .get();
  return typeof chunk === "number" ? (chunk + 1) * chunkLength : 0;
}

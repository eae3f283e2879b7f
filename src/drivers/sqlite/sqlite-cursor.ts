import type { Journal, JournalCursor } from "../../ports/journal.ts";
import type { Connection } from "./connection.ts";

/**
 * A named place in the journal, kept over restarts. `lazy` is a connection that does not wait for the
 * disk: after a power cut the cursor may lag and its reader repeats a little, which at-least-once allows.
 */
export function createSqliteCursor(
  lazy: Connection,
  name: string,
  journal: Pick<Journal, "last">,
): JournalCursor {
  const stored =
    lazy.prepare<[string], number>("SELECT seq FROM cursors WHERE name = ?").pluck().get(name) ?? 0;
  // Never beyond the journal: one put back from a backup writes these numbers again, for other events.
  let position = Math.min(stored, journal.last());
  const store = lazy.prepare<[string, number]>(
    "INSERT INTO cursors (name, seq) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq",
  );
  if (position < stored) store.run(name, position);
  return {
    position: () => position,
    advance(seq) {
      if (seq <= position) return;
      store.run(name, seq);
      position = seq;
    },
  };
}

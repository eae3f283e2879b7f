import type { JsonObject } from "../../ports/journal.ts";
import type { PresenceChange, PresenceStore, StoredPlace } from "../../ports/presence-store.ts";
import { type Connection, storageFault } from "./connection.ts";

interface MarkRow {
  readonly seq: number;
  readonly hash: string;
  readonly summary: string;
}

/** `lazy` is a connection that does not wait for the disk: what a power cut takes is read from the journal again. */
export function createSqlitePresence(lazy: Connection): PresenceStore {
  const mark = lazy.prepare<[], MarkRow>("SELECT seq, hash, summary FROM presence_summary");
  const all = lazy.prepare<[], StoredPlace>("SELECT cardholder, vestibule, area, since, seq FROM presence");
  const clear = lazy.prepare<[]>("DELETE FROM presence");
  const remove = lazy.prepare<[string]>("DELETE FROM presence WHERE cardholder = ?");
  const put = lazy.prepare<[StoredPlace]>(
    `INSERT INTO presence (cardholder, vestibule, area, since, seq) VALUES (@cardholder, @vestibule, @area, @since, @seq)
       ON CONFLICT (cardholder) DO UPDATE
       SET vestibule = excluded.vestibule, area = excluded.area, since = excluded.since, seq = excluded.seq`,
  );
  const putMark = lazy.prepare<[MarkRow]>(
    `INSERT INTO presence_summary (only_row, seq, hash, summary) VALUES (1, @seq, @hash, @summary)
       ON CONFLICT (only_row) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, summary = excluded.summary`,
  );
  const save = lazy.transaction(({ cleared, places, removed, seq, hash, summary }: PresenceChange) => {
    if (cleared) clear.run();
    for (const cardholder of removed) remove.run(cardholder);
    for (const place of places) put.run(place);
    putMark.run({ seq, hash, summary: JSON.stringify(summary) });
  });
  return {
    load: () =>
      faulting(() => {
        const row = mark.get();
        if (row === undefined) return undefined;
        // Only `save` writes there.
        return { ...row, summary: JSON.parse(row.summary) as JsonObject, places: all.all() };
      }),
    save: (change) => faulting(() => save.immediate(change)),
  };
}

function faulting<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storageFault(error, "who is where could not be read or written");
  }
}

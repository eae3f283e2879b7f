import { type Connection, openConnection, storageFault } from "./connection.ts";
import { directoryFile } from "./open-database.ts";
import { directorySchema, journalSchema } from "./schema.ts";
import { journalFile } from "./sqlite-journal.ts";

/**
 * Ends every session, removes every program's token and unpairs every screen of a data directory that was put back from
 * a backup: what was ended since then would be valid again, and nobody can say which those are. Leaves each database as
 * one file.
 */
export function endSessions(path: string): {
  readonly sessions: number;
  readonly tokens: number;
  readonly displays: number;
  readonly watchScreens: number;
} {
  fold(openConnection(journalFile(path), journalSchema));
  const connection = openConnection(directoryFile(path), directorySchema);
  try {
    const sessions = connection.prepare("DELETE FROM sessions").run().changes;
    const tokens = connection.prepare("DELETE FROM tokens").run().changes;
    const displays = connection.prepare("DELETE FROM displays").run().changes;
    const watchScreens = connection.prepare("DELETE FROM watch_screens").run().changes;
    return { sessions, tokens, displays, watchScreens };
  } catch (error) {
    throw storageFault(error, `${directoryFile(path)} could not be changed`, directorySchema.remedy);
  } finally {
    fold(connection);
  }
}

function fold(connection: Connection): void {
  connection.pragma("wal_checkpoint(TRUNCATE)");
  connection.close();
}

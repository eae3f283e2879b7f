import { mkdirSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import type { Cipher } from "../../ports/cipher.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JournalCursor } from "../../ports/journal.ts";
import type { CheckpointSigner } from "../../ports/journal-proofs.ts";
import type { OperatorStore } from "../../ports/operators.ts";
import type { DisplayStore } from "../../ports/paired-displays.ts";
import type { PresenceStore } from "../../ports/presence-store.ts";
import type { RulesStore } from "../../ports/rules-store.ts";
import type { TemplateStore } from "../../ports/template-store.ts";
import type { WatchScreenStore } from "../../ports/watch-screens.ts";
import { openConnection, storageFault } from "./connection.ts";
import { takeOwnership } from "./ownership.ts";
import { directorySchema } from "./schema.ts";
import { createSqliteCursor } from "./sqlite-cursor.ts";
import { SqliteDirectory } from "./sqlite-directory.ts";
import { createSqliteDisplays } from "./sqlite-displays.ts";
import { openSqliteJournal, type SearchedJournal } from "./sqlite-journal.ts";
import { createSqliteOperators } from "./sqlite-operators.ts";
import { createSqlitePresence } from "./sqlite-presence.ts";
import { createSqliteRules } from "./sqlite-rules.ts";
import { createSqliteTemplates } from "./sqlite-templates.ts";
import { createSqliteWatchScreens } from "./sqlite-watch-screens.ts";

export interface DatabaseOptions {
  readonly clock: Pick<Clock, "now" | "wall">;
  /** Seals photos and templates. */
  readonly cipher: Cipher;
  /** Identifies the machine's boot. */
  readonly boot: string;
  /** Signs the journal; left out: nothing does. */
  readonly signer?: CheckpointSigner | undefined;
}

/**
 * Everything one site keeps in SQLite. Two files, because their fates differ: `journal.db` only grows and
 * can be checked to the last bit; `directory.db` forgets on demand.
 */
export interface SiteDatabase extends Disposable {
  readonly journal: SearchedJournal;
  readonly directory: SqliteDirectory;
  readonly templates: TemplateStore;
  readonly rules: RulesStore;
  readonly operators: OperatorStore;
  readonly presence: PresenceStore;
  readonly displays: DisplayStore;
  readonly watchScreens: WatchScreenStore;
  /** Where a reader of the journal has got to, by the reader's name. */
  cursor(name: string): JournalCursor;
  /** Where the reader that is furthest behind has got to, of those that were asked for here. */
  slowestCursor(): number;
}

export const directoryFile = (directory: string): string => join(directory, "directory.db");

/** Opens a data directory as its one owner. Throws DirectoryInUse, or StorageFault saying what to do. */
export function openDatabase(path: string, { clock, cipher, boot, signer }: DatabaseOptions): SiteDatabase {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  using opened = new DisposableStack();
  opened.use(takeOwnership(path));
  const connection = openConnection(directoryFile(path), directorySchema);
  opened.defer(() => connection.close());
  const lazy = openConnection(directoryFile(path), directorySchema, { durability: "lazy", isSecond: true });
  opened.defer(() => lazy.close());
  const { directory, operators } = reading(path, () => ({
    directory: new SqliteDirectory(connection, cipher, clock),
    operators: createSqliteOperators(connection, lazy, clock, cipher),
  }));
  const journal = opened.use(openSqliteJournal({ directory: path, clock, boot, signer }));
  const cursors: JournalCursor[] = [];
  const owned = opened.move();
  return {
    journal,
    directory,
    templates: createSqliteTemplates(connection, cipher),
    rules: createSqliteRules(connection, clock),
    operators,
    presence: createSqlitePresence(lazy),
    displays: createSqliteDisplays(connection, lazy),
    watchScreens: createSqliteWatchScreens(connection, lazy),
    cursor(name) {
      const cursor = createSqliteCursor(lazy, name, journal);
      cursors.push(cursor);
      return cursor;
    },
    slowestCursor: () => Math.min(Number.POSITIVE_INFINITY, ...cursors.map((one) => one.position())),
    [Symbol.dispose]: () => owned.dispose(),
  };
}

/** A page that is found damaged only when it is read is damage all the same. */
function reading<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BetterSqlite.SqliteError)) throw error;
    throw storageFault(error, `${directoryFile(path)} could not be read`, directorySchema.remedy);
  }
}

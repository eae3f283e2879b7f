import { displaysMigration } from "./migrations/displays.ts";
import { enrolmentMigration } from "./migrations/enrolment.ts";
import { journalTreeMigration } from "./migrations/journal-tree.ts";
import { operatorsMigration } from "./migrations/operators.ts";
import { peopleMigration } from "./migrations/people.ts";
import { presenceMigration } from "./migrations/presence.ts";
import { watchScreensMigration } from "./migrations/watch-screens.ts";

/** One database file's shape: released migrations are never changed, only followed by another. */
export interface Schema {
  /** For messages. */
  readonly name: string;
  /** Marks the file as this one's in its header. */
  readonly applicationId: number;
  /** Each brings the file from the version of its index to the next. */
  readonly migrations: readonly string[];
  /** What to do when the file is damaged. */
  readonly remedy: string;
  /** What a new file begins with, in place of all of them: the same shape, without what they leave behind. */
  readonly whole?: string;
}

/** The journal itself, as it has always been. */
const journalTable = `CREATE TABLE journal (
       seq INTEGER PRIMARY KEY AUTOINCREMENT,
       wall REAL NOT NULL,
       at REAL NOT NULL,
       boot TEXT NOT NULL,
       type TEXT NOT NULL,
       version INTEGER NOT NULL,
       payload TEXT NOT NULL,
       cardholder TEXT,
       hash BLOB NOT NULL CHECK (length(hash) = 32)
     ) STRICT;`;

/** What was decided on, for the replay and for "why?". */
const journalInput = "ALTER TABLE journal ADD COLUMN input TEXT;";

const journalTriggers = `CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
     CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
     -- Also what INSERT OR REPLACE meets: it would delete without asking the trigger above.
     CREATE TRIGGER journal_grows_by_one BEFORE INSERT ON journal
       WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;`;

export const journalSchema: Schema = {
  name: "Vestibule journal",
  applicationId: 0x56734a31,
  remedy:
    "the file is damaged: keep a copy of it and of the -wal file beside it, then restore both from the last backup",
  whole: `${journalTable}
     ${journalInput}
     ${journalTriggers}
     CREATE TABLE search_kinds (
       kind INTEGER PRIMARY KEY,
       key TEXT NOT NULL
     ) STRICT;
     CREATE TABLE search_by_kind (
       kind INTEGER NOT NULL,
       seq INTEGER NOT NULL,
       PRIMARY KEY (kind, seq)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE search_by_person (
       person TEXT NOT NULL,
       seq INTEGER NOT NULL,
       kind INTEGER NOT NULL,
       PRIMARY KEY (person, seq)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE search_by_card (
       card TEXT NOT NULL,
       seq INTEGER NOT NULL,
       kind INTEGER NOT NULL,
       PRIMARY KEY (card, seq)
     ) STRICT, WITHOUT ROWID;
     ${journalTreeMigration}`,
  migrations: [
    // `cardholder` repeats what the payload says, for the index. AUTOINCREMENT remembers the highest
    // number ever written, so that a tail cut off by DELETE shows.
    `${journalTable}
     CREATE INDEX journal_by_type ON journal (type);
     CREATE INDEX journal_by_cardholder ON journal (cardholder) WHERE cardholder IS NOT NULL;
     CREATE INDEX journal_by_wall ON journal (wall);
     ${journalTriggers}`,
    // What a search looks up: nothing that the records do not say, and rebuilt from them. A kind is what records of
    // few different values have in common; its key is those values as JSON.
    `CREATE TABLE search_kinds (
       kind INTEGER PRIMARY KEY,
       key TEXT NOT NULL UNIQUE
     ) STRICT;
     CREATE TABLE search_by_kind (
       kind INTEGER NOT NULL,
       seq INTEGER NOT NULL,
       PRIMARY KEY (kind, seq)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE search_by_person (
       person TEXT NOT NULL,
       seq INTEGER NOT NULL,
       kind INTEGER NOT NULL,
       PRIMARY KEY (person, seq)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE search_by_card (
       card TEXT NOT NULL,
       seq INTEGER NOT NULL,
       kind INTEGER NOT NULL,
       PRIMARY KEY (card, seq)
     ) STRICT, WITHOUT ROWID;
     -- Where the wall clock was behind the record before: between two of these it never goes back.
     CREATE TABLE search_runs (
       seq INTEGER PRIMARY KEY,
       wall REAL NOT NULL
     ) STRICT;`,
    // Fewer tables for the same: who writes knows all kinds, and the clock's time stands in the record itself.
    `CREATE TABLE search_kinds_plain (
       kind INTEGER PRIMARY KEY,
       key TEXT NOT NULL
     ) STRICT;
     INSERT INTO search_kinds_plain SELECT kind, key FROM search_kinds;
     DROP TABLE search_kinds;
     ALTER TABLE search_kinds_plain RENAME TO search_kinds;
     INSERT INTO search_by_kind SELECT -1, seq FROM search_runs;
     DROP TABLE search_runs;`,
    journalInput,
    journalTreeMigration,
  ],
};

export const directorySchema: Schema = {
  name: "Vestibule directory",
  applicationId: 0x56734431,
  remedy:
    "the file is damaged: keep a copy of it and of the -wal file beside it, then restore both from the last backup",
  migrations: [
    `CREATE TABLE cardholders (
       id TEXT PRIMARY KEY,
       name TEXT NOT NULL,
       groups TEXT NOT NULL,
       access_levels TEXT NOT NULL,
       status TEXT NOT NULL CHECK (status IN ('active', 'suspended')),
       valid_from REAL,
       valid_until REAL,
       created_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE cards (
       number TEXT PRIMARY KEY,
       format TEXT NOT NULL,
       status TEXT NOT NULL CHECK (status IN ('active', 'lost', 'suspended', 'expired', 'revoked')),
       issued_at REAL NOT NULL,
       place INTEGER NOT NULL,
       cardholder TEXT NOT NULL REFERENCES cardholders (id) ON DELETE CASCADE
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX cards_by_cardholder ON cards (cardholder, place);
     CREATE TABLE photos (
       id TEXT PRIMARY KEY,
       cardholder TEXT NOT NULL REFERENCES cardholders (id) ON DELETE CASCADE,
       taken_at REAL NOT NULL,
       place INTEGER NOT NULL,
       quality TEXT NOT NULL,
       jpeg BLOB NOT NULL
     ) STRICT;
     CREATE INDEX photos_by_cardholder ON photos (cardholder, place);
     CREATE TABLE templates (
       photo TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
       model TEXT NOT NULL,
       descriptor BLOB NOT NULL,
       PRIMARY KEY (photo, model)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE operators (
       username TEXT PRIMARY KEY,
       role TEXT NOT NULL CHECK (role IN ('administrator')),
       password_hash TEXT NOT NULL,
       must_change_password INTEGER NOT NULL,
       created_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE sessions (
       id_hash TEXT PRIMARY KEY,
       username TEXT NOT NULL REFERENCES operators (username) ON DELETE CASCADE,
       created_at REAL NOT NULL,
       last_seen_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX sessions_by_username ON sessions (username);
     CREATE TABLE cursors (
       name TEXT PRIMARY KEY,
       seq INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     -- Tells a wrong key at the door, before anything was written with it.
     CREATE TABLE key_check (
       only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
       sealed BLOB NOT NULL
     ) STRICT;`,
    // Photos that give no template for the models in use, so that nobody tries them again and again.
    `CREATE TABLE refused_templates (
       photo TEXT NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
       models TEXT NOT NULL,
       reason TEXT NOT NULL,
       PRIMARY KEY (photo, models)
     ) STRICT, WITHOUT ROWID;
     -- Whose photo it is, without reading the pictures.
     CREATE INDEX photos_whose ON photos (id, cardholder);`,
    peopleMigration,
    operatorsMigration,
    // Rules that were changed while the site runs. A row says for ever what held, by whom and why.
    `CREATE TABLE rule_versions (
       id INTEGER PRIMARY KEY AUTOINCREMENT,
       kind TEXT NOT NULL,
       version INTEGER NOT NULL,
       body TEXT,
       hash TEXT NOT NULL,
       at REAL NOT NULL,
       operator TEXT,
       approver TEXT,
       reason TEXT NOT NULL,
       UNIQUE (kind, version)
     ) STRICT;
     CREATE TRIGGER rule_versions_never_change BEFORE UPDATE ON rule_versions
       BEGIN SELECT RAISE(ABORT, 'versions of rules are kept as they were'); END;
     CREATE TRIGGER rule_versions_never_go BEFORE DELETE ON rule_versions
       BEGIN SELECT RAISE(ABORT, 'versions of rules are kept as they were'); END;`,
    presenceMigration,
    enrolmentMigration,
    displaysMigration,
    watchScreensMigration,
  ],
};

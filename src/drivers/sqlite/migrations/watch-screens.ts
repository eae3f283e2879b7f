/** Screens that watch with nobody signed in, each by the hash of what its browser keeps; `vestibules` null: all. */
export const watchScreensMigration = `CREATE TABLE watch_screens (
       id TEXT PRIMARY KEY,
       secret_hash TEXT NOT NULL UNIQUE,
       name TEXT NOT NULL UNIQUE,
       vestibules TEXT,
       pictures INTEGER NOT NULL,
       duress INTEGER NOT NULL,
       paired_by TEXT NOT NULL,
       paired_at REAL NOT NULL,
       last_seen_at REAL
     ) STRICT, WITHOUT ROWID;`;

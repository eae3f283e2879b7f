/** Screens at the doors, each by the hash of what its browser keeps. */
export const displaysMigration = `CREATE TABLE displays (
       id TEXT PRIMARY KEY,
       secret_hash TEXT NOT NULL UNIQUE,
       name TEXT NOT NULL UNIQUE,
       vestibule TEXT NOT NULL,
       access_point TEXT NOT NULL,
       paired_by TEXT NOT NULL,
       paired_at REAL NOT NULL,
       last_seen_at REAL
     ) STRICT, WITHOUT ROWID;`;

/**
 * Roles, second factors, tokens. Sessions of before end: what each role may do is new, so everybody signs in anew. The
 * table is made again because SQLite cannot widen a CHECK.
 */
export const operatorsMigration = `DROP TABLE sessions;
     ALTER TABLE operators RENAME TO former_operators;
     CREATE TABLE operators (
       username TEXT PRIMARY KEY,
       role TEXT NOT NULL CHECK
         (role IN ('administrator', 'securityOfficer', 'enrolmentClerk', 'auditor', 'installer')),
       password_hash TEXT NOT NULL,
       must_change_password INTEGER NOT NULL,
       disabled INTEGER NOT NULL DEFAULT 0,
       created_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     INSERT INTO operators (username, role, password_hash, must_change_password, created_at)
       SELECT username, role, password_hash, must_change_password, created_at FROM former_operators;
     DROP TABLE former_operators;
     CREATE TABLE sessions (
       id_hash TEXT PRIMARY KEY,
       username TEXT NOT NULL REFERENCES operators (username) ON DELETE CASCADE,
       address TEXT NOT NULL,
       created_at REAL NOT NULL,
       last_seen_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX sessions_by_username ON sessions (username);
     -- Not in force before it was confirmed with a first code; last_step is that of the last code taken.
     CREATE TABLE second_factors (
       username TEXT PRIMARY KEY REFERENCES operators (username) ON DELETE CASCADE,
       sealed BLOB NOT NULL,
       confirmed INTEGER NOT NULL,
       last_step INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE recovery_codes (
       username TEXT NOT NULL REFERENCES operators (username) ON DELETE CASCADE,
       hash TEXT NOT NULL,
       PRIMARY KEY (username, hash)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE passkeys (
       id TEXT PRIMARY KEY,
       username TEXT NOT NULL REFERENCES operators (username) ON DELETE CASCADE,
       name TEXT NOT NULL,
       public_key BLOB NOT NULL,
       counter INTEGER NOT NULL,
       transports TEXT NOT NULL,
       created_at REAL NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX passkeys_by_username ON passkeys (username);
     CREATE TABLE tokens (
       id TEXT PRIMARY KEY,
       name TEXT NOT NULL UNIQUE,
       secret_hash TEXT NOT NULL UNIQUE,
       rights TEXT NOT NULL,
       maker TEXT NOT NULL REFERENCES operators (username) ON DELETE CASCADE,
       created_at REAL NOT NULL,
       expires_at REAL NOT NULL,
       last_used_at REAL
     ) STRICT, WITHOUT ROWID;
     CREATE INDEX tokens_by_maker ON tokens (maker);`;

/**
 * Who was where when the projection was last saved: nothing that the journal does not say, and rebuilt from it. No
 * reference to the cardholders: whoever is removed leaves with the journal's record of it.
 */
export const presenceMigration = `CREATE TABLE presence (
       cardholder TEXT PRIMARY KEY,
       vestibule TEXT,
       area TEXT CHECK (area IN ('outside', 'vestibule', 'secure')),
       since REAL NOT NULL,
       seq INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE presence_summary (
       only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
       seq INTEGER NOT NULL,
       hash TEXT NOT NULL,
       summary TEXT NOT NULL
     ) STRICT;`;

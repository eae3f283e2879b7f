/**
 * Released: never changed. `has_left` stands beside `status`, whose CHECK knows no third value, because a table that
 * others refer to is not built anew. Appearances stand by themselves: a column behind the picture is read through all
 * of it.
 */
export const peopleMigration = `ALTER TABLE cardholders ADD COLUMN kind TEXT NOT NULL DEFAULT 'staff' CHECK (kind IN ('staff', 'visitor'));
  ALTER TABLE cardholders ADD COLUMN has_left INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE cardholders ADD COLUMN number TEXT;
  ALTER TABLE cardholders ADD COLUMN note TEXT;
  ALTER TABLE cardholders ADD COLUMN host TEXT REFERENCES cardholders (id) ON DELETE SET NULL;
  ALTER TABLE cardholders ADD COLUMN operator TEXT;
  CREATE UNIQUE INDEX cardholders_by_number ON cardholders (number) WHERE number IS NOT NULL;
  CREATE UNIQUE INDEX cardholders_by_operator ON cardholders (operator) WHERE operator IS NOT NULL;
  CREATE INDEX cardholders_by_host ON cardholders (host) WHERE host IS NOT NULL;
  -- While its row stands here, whom an import brought is nobody yet: 10,000 people come to be at once.
  CREATE TABLE open_imports (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  ALTER TABLE cardholders ADD COLUMN imported_in TEXT;
  CREATE INDEX cardholders_by_import ON cardholders (imported_in) WHERE imported_in IS NOT NULL;
  ALTER TABLE cards ADD COLUMN duress INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE cards ADD COLUMN label TEXT;
  CREATE TABLE appearances (
    photo TEXT PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    appearance TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Hashes, sealed; as long whether or not there is a duress PIN.
  CREATE TABLE pins (
    cardholder TEXT PRIMARY KEY REFERENCES cardholders (id) ON DELETE CASCADE,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE memberships (
    kind TEXT NOT NULL CHECK (kind IN ('group', 'accessLevel')),
    name TEXT NOT NULL,
    cardholder TEXT NOT NULL REFERENCES cardholders (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, name, cardholder)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX memberships_by_cardholder ON memberships (cardholder);
  INSERT INTO memberships SELECT DISTINCT 'group', value, cardholders.id FROM cardholders, json_each(groups);
  INSERT INTO memberships SELECT DISTINCT 'accessLevel', value, cardholders.id FROM cardholders, json_each(access_levels);
  -- What a search looks at, folded; in parts of three characters beside it.
  CREATE TABLE searched (
    row INTEGER PRIMARY KEY,
    cardholder TEXT NOT NULL UNIQUE REFERENCES cardholders (id) ON DELETE CASCADE,
    text TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE searched_parts USING fts5 (
    text, content = searched, content_rowid = row, tokenize = 'trigram case_sensitive 1');
  -- A removed person's name must not linger in the index.
  INSERT INTO searched_parts (searched_parts, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER searched_added AFTER INSERT ON searched BEGIN
    INSERT INTO searched_parts (rowid, text) VALUES (new.row, new.text); END;
  CREATE TRIGGER searched_removed AFTER DELETE ON searched BEGIN
    INSERT INTO searched_parts (searched_parts, rowid, text) VALUES ('delete', old.row, old.text); END;
  CREATE TRIGGER searched_changed AFTER UPDATE OF text ON searched BEGIN
    INSERT INTO searched_parts (searched_parts, rowid, text) VALUES ('delete', old.row, old.text);
    INSERT INTO searched_parts (rowid, text) VALUES (new.row, new.text); END;
  INSERT INTO searched (cardholder, text)
    SELECT id, lower(name) || coalesce((SELECT char(10) || group_concat(lower(number), char(10))
      FROM cards WHERE cardholder = cardholders.id), '') FROM cardholders ORDER BY id;`;

/**
 * Released: never changed. Whose photos will do is kept apart, as `enrolmentOf` said when the last of them came or went:
 * whom they lack is found without reading everybody's figures.
 */
export const enrolmentMigration = `CREATE TABLE consents (
    cardholder TEXT PRIMARY KEY REFERENCES cardholders (id) ON DELETE CASCADE,
    wording TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'zh')),
    form TEXT NOT NULL CHECK (form IN ('atDesk', 'onPaper')),
    at REAL NOT NULL,
    operator TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE well_enrolled (
    cardholder TEXT PRIMARY KEY REFERENCES cardholders (id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  INSERT INTO well_enrolled SELECT cardholder FROM photos GROUP BY cardholder HAVING count(*) >= 3
    AND (max(json_extract(quality, '$.yaw')) - min(json_extract(quality, '$.yaw')) >= 8
      OR max(json_extract(quality, '$.pitch')) - min(json_extract(quality, '$.pitch')) >= 8)
    AND min(coalesce(json_extract(quality, '$.glasses'), 0)) < 0.5;`;

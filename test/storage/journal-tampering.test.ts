import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { genesisHash } from "../../src/domain/journal/chain.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import { chainHash } from "../../src/drivers/sqlite/chain-hash.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import { verifyJournalFile } from "../../src/drivers/sqlite/verify-journal.ts";
import type { JournalVerdict } from "../../src/ports/journal.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { TestSigner } from "../support/signed-journal.ts";

const recordCount = 30;
const known = { keys: [new TestSigner("site.example/box", 1).verifierKey] };
let home: string;
let folder: string;
const original = (): string => join(home, "journal.db");
const mutated = (): string => join(folder, "journal.db");
const head = (): string => join(home, "journal.head");

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vestibule-genuine-"));
  folder = mkdtempSync(join(tmpdir(), "vestibule-mutated-"));
  const clock = { now: () => instant(0), wall: () => wallTime(1_700_000_000_000) };
  const signer = new TestSigner("site.example/box", 1);
  using journal = openSqliteJournal({ directory: home, clock, boot: "boot-1", signer });
  for (let n = 1; n <= recordCount; n++) {
    const payload = { cardholder: `p${n % 4}`, score: n / 7, text: "passage".repeat(n % 90) };
    journal.append([
      { type: n % 3 === 0 ? "AccessDenied" : "AccessGranted", at: instant(n * 10.5), payload },
    ]);
  }
});
afterAll(() => {
  for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
});

/** Changes a copy as somebody with the disk in hands would, and asks verify. */
function verdictAfter(change: (database: BetterSqlite.Database) => void): JournalVerdict {
  copyFileSync(original(), mutated());
  const database = new BetterSqlite(mutated());
  try {
    database.exec(
      "DROP TRIGGER journal_never_changes; DROP TRIGGER journal_never_shrinks; DROP TRIGGER journal_grows_by_one",
    );
    change(database);
  } finally {
    database.close();
  }
  return verifyJournalFile(mutated(), head(), known);
}

const everySeq = Array.from({ length: recordCount }, (_, index) => index + 1);

test("the untouched copy is intact, or none of the rest would mean anything", () => {
  expect(verdictAfter(() => {})).toMatchObject({ intact: true, records: recordCount });
});

describe("T41: verify finds, and says where,", () => {
  test.each([
    ["wall", "wall + 1"],
    ["at", "at + 0.5"],
    ["boot", "boot || 'x'"],
    ["type", "'AccessDeniee'"],
    ["version", "version + 1"],
    ["payload", "replace(payload, 'score', 'scorf')"],
    ["payload", "replace(payload, ':', ': ')"],
    ["payload", "'{}'"],
    ["payload", "'no JSON'"],
    ["payload", `'["list"]'`],
    ["cardholder", "'somebody else'"],
    ["cardholder", "NULL"],
    ["hash", "zeroblob(32)"],
  ])("an edit of %s to %s in any record", (column, expression) => {
    for (const seq of everySeq) {
      const verdict = verdictAfter((database) =>
        database.exec(`UPDATE journal SET ${column} = ${expression} WHERE seq = ${seq}`),
      );
      expect(verdict).toMatchObject({ intact: false, seq, fault: "hash" });
    }
  });

  test("the removal of any record, the last one too", () => {
    for (const seq of everySeq) {
      const verdict = verdictAfter((database) => database.exec(`DELETE FROM journal WHERE seq = ${seq}`));
      expect(verdict).toMatchObject({ intact: false, seq, fault: "gap" });
    }
  });

  test("a tail cut off together with every trace of it in the database", () => {
    const verdict = verdictAfter((database) =>
      database.exec("DELETE FROM journal WHERE seq > 20; UPDATE sqlite_sequence SET seq = 20"),
    );
    expect(verdict).toMatchObject({ intact: false, seq: 21, fault: "gap" });
  });

  test("a record removed and the others moved up", () => {
    for (const seq of everySeq.slice(0, -1)) {
      const verdict = verdictAfter((database) =>
        database.exec(
          `DELETE FROM journal WHERE seq = ${seq}; UPDATE journal SET seq = seq - 1 WHERE seq > ${seq};`,
        ),
      );
      expect(verdict).toMatchObject({ intact: false, seq, fault: "hash" });
    }
  });

  test("two records exchanged", () => {
    for (const seq of everySeq.slice(0, -1)) {
      const verdict = verdictAfter((database) =>
        database.exec(`UPDATE journal SET seq = -seq WHERE seq IN (${seq}, ${seq + 1});
          UPDATE journal SET seq = ${2 * seq + 1} + seq WHERE seq < 0`),
      );
      expect(verdict).toMatchObject({ intact: false, seq, fault: "hash" });
    }
  });

  test("a record doubled at the end", () => {
    const verdict = verdictAfter((database) =>
      database.exec(`INSERT INTO journal SELECT ${recordCount + 1}, wall, at, boot, type, version, payload, cardholder, hash, input
        FROM journal WHERE seq = ${recordCount}`),
    );
    expect(verdict).toMatchObject({ intact: false, seq: recordCount + 1, fault: "hash" });
  });

  test("a record forged, and the whole chain after it computed anew", () => {
    const verdict = verdictAfter((database) => forgeFrom(database, 12));
    expect(verdict).toMatchObject({ intact: false, seq: recordCount, fault: "hash" });
    expect(verdict).toHaveProperty("detail", expect.stringContaining("journal.head"));
  });
});

interface ForgedRow {
  readonly seq: number;
  readonly wall: number;
  readonly at: number;
  readonly boot: string;
  readonly type: string;
  readonly version: number;
  readonly payload: string;
}

function forgeFrom(database: BetterSqlite.Database, seq: number): void {
  database
    .prepare("UPDATE journal SET type = 'AccessDenied', payload = '{\"cardholder\":\"p0\"}' WHERE seq = ?")
    .run(seq);
  let hash = genesisHash;
  for (const row of database.prepare<[], ForgedRow>("SELECT * FROM journal ORDER BY seq").all()) {
    hash = chainHash(hash, row);
    database.prepare("UPDATE journal SET hash = ? WHERE seq = ?").run(Buffer.from(hash, "hex"), row.seq);
  }
}

describe("T40: a page gone bad", () => {
  const recordsIn = (file: string): unknown => {
    const database = new BetterSqlite(file, { readonly: true });
    try {
      return database.prepare("SELECT * FROM journal ORDER BY seq").all();
    } finally {
      database.close();
    }
  };

  test("any flipped byte is found, or changes no record", () => {
    const genuine = recordsIn(original());
    const bytes = readFileSync(original());
    const random = seededRandom(40);
    let found = 0;
    for (let n = 0; n < 1_200; n++) {
      const position = Math.floor(random() * bytes.length);
      const altered = Buffer.from(bytes);
      altered[position] = (altered[position] ?? 0) ^ (1 + Math.floor(random() * 255));
      writeFileSync(mutated(), altered);
      const verdict = verifyJournalFile(mutated(), head(), known);
      if (verdict.intact) expect(recordsIn(mutated()), `byte ${position}`).toEqual(genuine);
      else found += 1;
    }
    expect(found).toBeGreaterThan(300); // the rest lay in unused space
  });

  test("any page of zeros or of noise is found", () => {
    const { size } = statSync(original());
    const bytes = readFileSync(original());
    const random = seededRandom(41);
    for (let page = 0; page < size / 4096; page++) {
      for (const fill of [0, 255, undefined]) {
        const altered = Buffer.from(bytes);
        for (let at = page * 4096; at < (page + 1) * 4096; at++)
          altered[at] = fill ?? Math.floor(random() * 256);
        writeFileSync(mutated(), altered);
        expect(verifyJournalFile(mutated(), head(), known), `page ${page + 1}`).toMatchObject({
          intact: false,
        });
      }
    }
  });
});

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseNote } from "../../src/domain/journal/signed-note.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import { verifyExported } from "../../src/drivers/journal-file/verify-export.ts";
import { exportLines } from "../../src/drivers/journal-file/write-export.ts";
import { openJournalForExport } from "../../src/drivers/sqlite/open-for-export.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import { verifyJournalFile } from "../../src/drivers/sqlite/verify-journal.ts";
import { auditOptionsOf } from "../../src/drivers/sqlite/verify-tree.ts";
import { changesIn } from "../support/altered-fields.ts";
import { TestSigner } from "../support/signed-journal.ts";

/** Every byte is changed, one after the other: more records take the square of the time. */
const recordCount = Number(process.env.VESTIBULE_DETECTION_RECORDS ?? 16);

const [former, present] = [new TestSigner("site.example/box", 1), new TestSigner("site.example/box", 2)];
const witness = new TestSigner("centre.example/witness", 3, "cosignature/v1");
/** The key of before the change stands for the one after it. */
const keys = [former.verifierKey];
const witnessKeys = [witness.verifierKey];

let home: string;
let exported: Buffer;
let withheld: Buffer;
let kept: string;

/** What somebody would have written who is anybody but the site: `differ` from record `from` on. */
function write(directory: string, count: number, from = Number.POSITIVE_INFINITY): void {
  let signers = [former];
  const signer = {
    origin: former.origin,
    verifierKey: former.verifierKey,
    sign: (text: string) => signers.map((one) => one.sign(text)).join(""),
  };
  const clock = { now: () => instant(0), wall: () => wallTime(1_700_000_000_000) };
  using journal = openSqliteJournal({ directory, clock, boot: "boot-1", signer });
  for (let n = 1; n <= count; n++) {
    const change = n === Math.floor(recordCount / 2);
    if (change) signers = [former, present];
    const key = { former: former.verifierKey, key: present.verifierKey };
    journal.append([
      {
        type: change ? "JournalKeyChanged" : n % 4 === 0 ? "AccessGranted" : "DoorOpened",
        at: instant(n),
        payload: change ? key : { door: n >= from ? "outer" : "inner", n, é: "门" },
        ...(n % 4 === 0 ? { input: { card: `${n}` } } : {}),
      },
    ]);
    if (change) signers = [present];
    const checkpoint = journal.checkpoint();
    if (n % 8 === 0 && checkpoint?.size === n)
      journal.keepCosignatures(n, witness.cosign(parseNote(checkpoint.note).text, 1_700_000_000 + n));
  }
  journal.checkpointNow();
}

function exportOf(directory: string, withholdPayloads = false): Buffer {
  using source = openJournalForExport(directory);
  return Buffer.from([...exportLines(source, { withholdPayloads })].join(""));
}

const options = (checkpoint?: string) => auditOptionsOf({ keys, witnessKeys, checkpoint });
const verdictOf = (bytes: Buffer, checkpoint?: string) => verifyExported([bytes], options(checkpoint));

const inFolder = <Result>(work: (folder: string) => Result): Result => {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-detection-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vestibule-signed-"));
  write(home, recordCount);
  exported = exportOf(home);
  withheld = exportOf(home, true);
  using source = openJournalForExport(home);
  kept = [...source.checkpoints()].at(-1)?.note ?? "";
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Fails with the first change that nobody would have seen. */
function everyChangeIsFound(
  what: string,
  changes: Iterable<readonly [string, () => { readonly intact: boolean }]>,
): void {
  let [tried, missed] = [0, ""];
  for (const [name, verdict] of changes) {
    tried++;
    if (verdict().intact && missed === "") missed = name;
  }
  process.stdout.write(
    `T41: ${what}: ${tried} changes, ${missed === "" ? "all found" : `missed ${missed}`}\n`,
  );
  expect(missed).toBe("");
  expect(tried).toBeGreaterThan(0);
}

test("untouched, both exports are intact on the former key alone, and say up to where", () => {
  const found = {
    intact: true,
    origin: "site.example/box",
    records: recordCount,
    last: recordCount,
    signed: recordCount,
  };
  const witnessed = {
    size: recordCount - (recordCount % 8),
    posixSeconds: 1_700_000_000 + recordCount - (recordCount % 8),
  };
  expect(verdictOf(exported)).toMatchObject({ ...found, withheld: false, witnessed });
  expect(verdictOf(withheld)).toMatchObject({ ...found, withheld: true, witnessed });
  expect(verdictOf(exported, kept)).toMatchObject({ ...found, kept: "contained" });
  const piecewise = Array.from({ length: exported.length }, (_, at) => exported.subarray(at, at + 1));
  expect(verifyExported(piecewise, options())).toMatchObject(found);
});

describe("T41: in an export", () => {
  test.each([
    ["whole", () => exported],
    ["payloads withheld", () => withheld],
  ])("any changed byte is found (%s)", (name, of) => {
    const bytes = Buffer.from(of());
    everyChangeIsFound(
      `bytes of an export, ${name}`,
      (function* () {
        for (let at = 0; at < bytes.length; at++) {
          // Another bit each time: a digit, a letter's case, a byte that is no UTF-8.
          const bit = 1 << (at % 8);
          yield [
            `byte ${at}`,
            () => {
              bytes[at] = (bytes[at] ?? 0) ^ bit;
              const verdict = verdictOf(bytes);
              bytes[at] = (bytes[at] ?? 0) ^ bit;
              return verdict;
            },
          ] as const;
        }
      })(),
    );
  });

  test("the record that was changed is named", () => {
    const lines = exported.toString().split("\n");
    for (const [at, text] of lines.entries()) {
      if (!text.includes('"door":"inner"')) continue;
      const changed = lines.with(at, text.replace('"door":"inner"', '"door":"outer"')).join("\n");
      const { seq } = JSON.parse(text);
      expect(verdictOf(Buffer.from(changed))).toMatchObject({ intact: false, seq, fault: "hash" });
    }
  });

  test.each([
    ["whole", () => exported],
    ["payloads withheld", () => withheld],
  ])("a line removed, doubled or moved is found, and an end cut off anywhere (%s)", (name, of) => {
    const lines = of().toString().split("\n").slice(0, -1);
    const joined = (some: readonly string[]) => Buffer.from(some.map((text) => `${text}\n`).join(""));
    everyChangeIsFound(
      `lines of an export, ${name}`,
      (function* () {
        for (const [at, text] of lines.entries()) {
          yield [`without line ${at}`, () => verdictOf(joined(lines.toSpliced(at, 1)))] as const;
          yield [`line ${at} twice`, () => verdictOf(joined(lines.toSpliced(at, 0, text)))] as const;
          yield [`cut off before line ${at}`, () => verdictOf(joined(lines.slice(0, at)))] as const;
          for (let to = at + 1; to < lines.length; to++) {
            const moved = lines.toSpliced(at, 1).toSpliced(to, 0, text);
            yield [`line ${at} to ${to}`, () => verdictOf(joined(moved))] as const;
          }
        }
        for (let length = 1; length < of().length; length += 97)
          yield [`cut off at ${length}`, () => verdictOf(of().subarray(0, length))] as const;
      })(),
    );
  });

  test("a chain computed anew after a forged record is found by the signatures, wherever it begins", () => {
    everyChangeIsFound(
      "forks, by the site's own key lost to a thief",
      (function* () {
        for (let from = 1; from <= recordCount; from++) {
          const fork = inFolder((folder) => {
            write(folder, recordCount, from);
            return exportOf(folder);
          });
          const isSame = verdictOf(fork, kept);
          // Each fork has salts of its own, so even one that says the same is another journal.
          yield [`fork from ${from}`, () => isSame] as const;
        }
      })(),
    );
  });

  test("one whose signatures were taken away, all or the last ones, is not intact for whoever has a key", () => {
    const lines = exported.toString().split("\n").slice(0, -1);
    const isCheckpoint = (text: string) => text.startsWith('{"checkpoint"');
    everyChangeIsFound(
      "signatures taken away from the end on",
      (function* () {
        const count = lines.filter(isCheckpoint).length;
        for (let left = 0; left < count; left++) {
          let seen = 0;
          const stripped = lines.slice(0, -1).filter((text) => !isCheckpoint(text) || seen++ < left);
          const text = [...stripped, `{"checkpoints":${left},"end":${recordCount}}`, ""].join("\n");
          const verdict = verdictOf(Buffer.from(text));
          if (left === 0) expect(verdict).toMatchObject({ intact: false, seq: 1, fault: "signature" });
          yield [`${left} of ${count} left`, () => verdict] as const;
        }
      })(),
    );
  });

  test("an older state, however well signed, is found by the checkpoint kept elsewhere, and by nothing else", () => {
    everyChangeIsFound(
      "roll-backs",
      (function* () {
        const lines = exported.toString().split("\n").slice(0, -1);
        for (const [at, text] of lines.entries()) {
          if (!text.startsWith('{"checkpoint"') || at === lines.length - 2) continue;
          const seq = Number(JSON.parse(text).checkpoint.split("\n")[1]);
          const count = lines.slice(0, at + 1).filter((one) => one.startsWith('{"checkpoint"')).length;
          const older = [...lines.slice(0, at + 1), `{"checkpoints":${count},"end":${seq}}`, ""].join("\n");
          expect(verdictOf(Buffer.from(older))).toMatchObject({ intact: true, last: seq });
          const verdict = verdictOf(Buffer.from(older), kept);
          // To before the change of keys: whose the checkpoint is cannot be told then.
          const isKeyKnown = seq >= Math.floor(recordCount / 2);
          expect(verdict).toMatchObject(isKeyKnown ? { seq: seq + 1, fault: "gap" } : { fault: "signature" });
          yield [`back to ${seq}`, () => verdict] as const;
        }
      })(),
    );
  });

  test("signed by a key that nobody announced, it is not the site's", () => {
    const stranger = auditOptionsOf({
      keys: [new TestSigner("site.example/box", 9).verifierKey],
      witnessKeys,
    });
    expect(verifyExported([exported], stranger)).toMatchObject({ intact: false, fault: "signature" });
    // The present key stands for the former one as well, through the record of the change.
    const after = auditOptionsOf({ keys: [present.verifierKey], witnessKeys });
    expect(verifyExported([exported], after)).toMatchObject({ intact: true, signed: recordCount });
    expect(verifyExported([withheld], after)).toMatchObject({ intact: true, signed: recordCount });
  });

  test("with payloads withheld it holds no payload, no salt of one, and no hash that few guesses would find", () => {
    const text = withheld.toString();
    expect(text).not.toMatch(/"door"|"n":|"hash"|门/);
    expect(text.match(/"salt"/g)).toHaveLength(1); // of the record that one key follows another
    const hashes = exported.toString().match(/"hash":"([0-9a-f]{64})"/g) ?? [];
    for (const found of hashes) expect(text).not.toContain(found.slice(8, -1));
  });
});

describe("T41: in the database", () => {
  const seqs = 8;

  test("any changed byte of any field of any row is found", () => {
    inFolder((folder) => {
      write(folder, seqs);
      const file = join(folder, "journal.db");
      const database = new BetterSqlite(file);
      using _closing = { [Symbol.dispose]: () => database.close() };
      for (const { name } of database
        .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .all())
        database.exec(`DROP TRIGGER ${name}`);
      database.pragma("synchronous = OFF");
      const known = { keys, witnessKeys };
      const verdict = () => verifyJournalFile(file, join(folder, "journal.head"), known);
      expect(verdict()).toMatchObject({ intact: true, signed: seqs, witnessed: { size: 8 } });
      everyChangeIsFound("bytes of fields in the database", changesIn(database, verdict));
    });
  });

  test("every signature taken away is found, also where the record of the first key is gone", () => {
    inFolder((folder) => {
      write(folder, 4); // to before the key changes: nothing in it tells that there is one
      const file = join(folder, "journal.db");
      const verdict = () => verifyJournalFile(file, join(folder, "journal.head"), { keys });
      expect(verdict()).toMatchObject({ intact: true, signed: 4 });
      const database = new BetterSqlite(file);
      for (const { name } of database
        .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .all())
        database.exec(`DROP TRIGGER ${name}`);
      database.exec("DELETE FROM checkpoints");
      database.close();
      expect(verdict()).toMatchObject({ intact: false, seq: 4, fault: "signature" });
    });
  });

  test("put back to an older state together with every trace of it, it is found by the checkpoint kept elsewhere", () => {
    inFolder((folder) => {
      write(folder, seqs);
      using source = openJournalForExport(folder);
      const newest = [...source.checkpoints()].at(-1)?.note;
      inFolder((older) => {
        write(older, 4);
        for (const name of ["journal.db", "journal.head"])
          copyFileSync(join(older, name), join(folder, `old-${name}`));
        const [file, head] = [join(folder, "old-journal.db"), join(folder, "old-journal.head")];
        expect(verifyJournalFile(file, head, { keys, witnessKeys })).toMatchObject({ intact: true, last: 4 });
        expect(verifyJournalFile(file, head, { keys, witnessKeys, checkpoint: newest })).toMatchObject({
          ...{ intact: false, seq: 5, fault: "gap" },
        });
      });
    });
  });
});

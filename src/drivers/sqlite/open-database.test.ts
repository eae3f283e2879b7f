import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant, type WallTime, wallTime } from "../../domain/time.ts";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { directoryContract } from "../../ports/contracts/directory.contract.ts";
import { StorageFault } from "../../ports/journal.ts";
import { directoryFile, openDatabase, type SiteDatabase } from "./open-database.ts";
import { DirectoryInUse } from "./ownership.ts";
import { directorySchema } from "./schema.ts";
import { journalFile, journalHeadFile } from "./sqlite-journal.ts";
import { verifyJournalFile } from "./verify-journal.ts";

/** Hides and binds as the real one does, in a form a test can follow. */
const cipherOf = (key: string): Cipher => ({
  mark: Buffer.from(`[${JSON.stringify(key)}`),
  seal: (plain, binding) =>
    Buffer.concat([
      Buffer.from(`${JSON.stringify([key, ...binding])}\n`),
      Buffer.from(plain).map((byte) => byte ^ 0xa5),
    ]),
  open(sealed, binding) {
    const mark = Buffer.from(`${JSON.stringify([key, ...binding])}\n`);
    if (!Buffer.from(sealed).subarray(0, mark.length).equals(mark)) throw new SealBroken("altered");
    return Buffer.from(sealed.subarray(mark.length)).map((byte) => byte ^ 0xa5);
  },
});
const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const open = (path: string, key = "key"): SiteDatabase =>
  openDatabase(path, { clock, cipher: cipherOf(key), boot: "b" });
const anna = { name: "Anna Unmistakable", groups: [], accessLevels: [] };
const photo = { jpeg: Uint8Array.of(1, 2), quality: {}, model: "m", descriptor: Float32Array.of(1, 2) };
const granted = { type: "AccessGranted", at: instant(1), payload: {} };

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-data-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

directoryContract("sqlite", () => {
  let wall: WallTime = wallTime(0);
  const home = mkdtempSync(join(tmpdir(), "vestibule-data-"));
  const database = openDatabase(home, {
    clock: { ...clock, wall: () => wall },
    cipher: cipherOf("key"),
    boot: "b",
  });
  return {
    directory: database.directory,
    setWall(time) {
      wall = time;
    },
    [Symbol.dispose]() {
      database[Symbol.dispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
});

describe("ownership", () => {
  test("a second opening is told who has the directory; a reader of the journal is not stopped", () => {
    using first = open(path);
    first.journal.append([granted]);
    expect(() => open(path)).toThrow(DirectoryInUse);
    expect(() => open(path)).toThrow(new RegExp(`in use by another process \\(${process.pid}\\)`));
    expect(verifyJournalFile(journalFile(path), journalHeadFile(path))).toMatchObject({
      intact: true,
      records: 1,
    });
    first.journal.append([granted]);
  });

  test("another process is stopped too, and a killed one leaves nothing behind", () => {
    const script = `import { takeOwnership } from ${JSON.stringify(new URL("./ownership.ts", import.meta.url).href)};
      takeOwnership(${JSON.stringify(path)}); process.kill(process.pid, "SIGKILL");`;
    expect(() =>
      execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" }),
    ).toThrow();
    using mine = open(path);
    expect(mine.journal.last()).toBe(0);
    const refused = script.replace("process.kill", "//");
    expect(() =>
      execFileSync(process.execPath, ["--input-type=module", "-e", refused], { stdio: "pipe" }),
    ).toThrow(/DirectoryInUse/);
  });

  test("the kernel's locks on both files are kept while they are open: without them another process may fold the log away", () => {
    using mine = open(path);
    mine.directory.add(anna);
    const locks = readFileSync("/proc/locks", "latin1");
    for (const file of [directoryFile(path), journalFile(path)]) {
      expect(locks).toMatch(new RegExp(`READ +${process.pid} [^ ]*:${statSync(file).ino} `));
    }
  });

  test("disposing gives the directory back", () => {
    open(path)[Symbol.dispose]();
    open(path)[Symbol.dispose]();
  });
});

describe("at rest", () => {
  test("another key is told at the door", () => {
    open(path)[Symbol.dispose]();
    expect(() => open(path, "other")).toThrow(/sealed with another key/);
    using again = open(path);
    expect(again.directory.count()).toBe(0);
  });

  test("a template moved to another person does not open there", () => {
    using database = open(path);
    const { directory } = database;
    const [one, other] = [directory.add(anna).id, directory.add(anna).id];
    directory.addPhoto(one, photo);
    directory.addPhoto(other, photo);
    const raw = new BetterSqlite(directoryFile(path));
    raw.exec(`UPDATE templates SET descriptor = (SELECT descriptor FROM templates JOIN photos ON photo = id
      WHERE cardholder = '${one}')`);
    raw.close();
    expect(directory.templates(one, "m")).toHaveLength(1);
    expect(() => directory.templates(other, "m")).toThrow(StorageFault);
  });

  test("nobody else on the machine may read the files, even in an open folder", () => {
    chmodSync(path, 0o755);
    using database = open(path);
    database.directory.add(anna);
    database.journal.append([granted]);
    const files = readdirSync(path).filter((name) => name.includes(".db") || name.endsWith(".head"));
    expect(files.length).toBeGreaterThanOrEqual(7);
    expect(files.filter((name) => (statSync(join(path, name)).mode & 0o077) !== 0)).toEqual([]);
  });

  test("a removed person's name is in none of the files", () => {
    const holds = (): string[] =>
      readdirSync(path).filter((name) => readFileSync(join(path, name)).includes("Unmistakable"));
    using database = open(path);
    const { id } = database.directory.add(anna);
    expect(holds()).not.toEqual([]);
    database.directory.remove(id);
    expect(holds()).toEqual([]);
  });

  test("§7: a deletion that is recorded with it leaves nothing either, as soon as nobody reads", () => {
    const holds = (): boolean =>
      readdirSync(path).some((name) => readFileSync(join(path, name)).includes("Unmistakable"));
    using database = open(path);
    const { directory } = database;
    const removed = (id: string): void =>
      directory.transact(() => {
        directory.remove(id);
        database.journal.append([granted]);
      });
    const ids = [directory.add(anna).id, directory.add(anna).id];
    const reader = new BetterSqlite(directoryFile(path), { readonly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM cardholders").get();
    for (const id of ids) removed(id);
    expect(holds()).toBe(true);
    reader.exec("COMMIT");
    reader.close();
    directory.add({ ...anna, name: "Bo" });
    expect(holds()).toBe(false);
    const { id } = directory.add(anna);
    removed(id);
    expect(holds()).toBe(false);
  });

  test("§7: nothing a deletion takes stays behind: PIN, photo, template, number, note, or a search's parts", () => {
    const traces = ["Unmistakable", "unmistakable", "p-77231", "P-77231", "a note of hers", "hash-of-pin"];
    const bytes = (text: string): Buffer => Buffer.from(Buffer.from(text).map((byte) => byte ^ 0xa5)); // as the cipher here has it
    const holds = (): string[] => {
      const files = readdirSync(path).map((name) => readFileSync(join(path, name)));
      return traces.filter((trace) =>
        files.some((file) => file.includes(trace) || file.includes(bytes(trace))),
      );
    };
    using database = open(path);
    const { directory } = database;
    const { id } = directory.add({ ...anna, number: "P-77231", note: "a note of hers" });
    directory.setPin(id, { pin: "hash-of-pin" });
    directory.addPhoto(id, { ...photo, appearance: "glasses" });
    const other = directory.add({ ...anna, name: "Bo", kind: "visitor", host: id });
    expect(holds()).not.toEqual([]);
    directory.remove(id);
    expect(holds()).toEqual([]);
    expect(directory.get(other.id)).not.toHaveProperty("host");
    const connection = new BetterSqlite(directoryFile(path), { readonly: true });
    // As the index has it on the disk: what it would merely pass over is still to be read there.
    const inIndex = connection
      .prepare<[Buffer], number>("SELECT count(*) FROM searched_parts_data WHERE instr(block, ?) > 0")
      .pluck();
    const parts = ["unm", "p-7", "723"].filter((part) => inIndex.get(Buffer.from(part)) !== 0);
    const rows = ["photos", "templates", "pins", "appearances"].map((table) =>
      connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
    connection.close();
    expect([parts, rows]).toEqual([[], [0, 0, 0, 0]]);
  });

  test("what an import did not live to complete is gone at the next start, and its numbers are free", () => {
    const person = { ...anna, number: "1", cards: [{ number: "1001", format: "raw" }] };
    {
      using database = open(path);
      const [id = ""] = database.directory.beginImport().add([person]);
      expect(database.directory.get(id)).toBeUndefined();
    }
    using database = open(path);
    expect(database.directory.count()).toBe(0);
    const { id } = database.directory.add({ ...anna, number: "1" });
    expect(database.directory.issueCard(id, "1001", "raw").status).toBe("active");
  });

  test("T25: what is stored of a PIN is as long whether or not there is a duress PIN", () => {
    using database = open(path);
    const hash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$".padEnd(97, "h");
    const [one, other] = [database.directory.add(anna).id, database.directory.add(anna).id];
    database.directory.setPin(one, { pin: hash });
    database.directory.setPin(other, { pin: hash, duressPin: hash });
    const connection = new BetterSqlite(directoryFile(path), { readonly: true });
    const lengths = connection.prepare("SELECT length(sealed) FROM pins").pluck().all();
    connection.close();
    expect(new Set(lengths).size).toBe(1);
  });

  test("a change whose record fails is no change", () => {
    using database = open(path);
    const record = (): never => {
      throw new StorageFault("the journal's disk failed");
    };
    expect(() =>
      database.directory.transact(() => {
        const { id } = database.directory.add(anna);
        database.directory.issueCard(id, "1001", "raw");
        record();
      }),
    ).toThrow(/the journal's disk failed/);
    expect(database.directory.count()).toBe(0);
    expect(database.directory.findByCard("1001")).toBeUndefined();
  });

  test("a directory cut in the middle is refused, not begun anew", () => {
    {
      using database = open(path);
      for (let n = 0; n < 50; n++) database.directory.add(anna);
    }
    truncateSync(directoryFile(path), 6_000);
    expect(() => open(path)).toThrow(/directory\.db is cut off: .*restore it from the last backup/);
  });
});

describe("cursors", () => {
  test("survive, by name, and go forward only", () => {
    {
      using database = open(path);
      database.journal.append([granted, granted, granted]);
      const cursor = database.cursor("mqtt");
      cursor.advance(2);
      cursor.advance(1);
      expect(cursor.position()).toBe(2);
      expect(database.cursor("other").position()).toBe(0);
    }
    using database = open(path);
    expect(database.cursor("mqtt").position()).toBe(2);
  });

  test("never stand beyond the journal, or what it writes next would be skipped", () => {
    using database = open(path);
    database.journal.append([granted]);
    database.cursor("mqtt").advance(9);
    expect(database.cursor("mqtt").position()).toBe(1);
  });
});

test("a directory of the first release is brought up to date, with everybody in it", () => {
  using old = (() => {
    const made = new BetterSqlite(directoryFile(path));
    const [first = ""] = directorySchema.migrations;
    made.exec(first);
    made.pragma(`application_id = ${directorySchema.applicationId}`);
    made.pragma("user_version = 1");
    return { made, [Symbol.dispose]: () => void made.close() };
  })();
  old.made.exec(`INSERT INTO cardholders VALUES ('anna', 'Anna', '[]', '[]', 'active', NULL, NULL, 0);
    INSERT INTO photos VALUES ('p1', 'anna', 0, 1, '{}', x'00');
    INSERT INTO templates VALUES ('p1', 'm', x'00')`);
  old.made.close();
  using database = open(path);
  expect(database.directory.get("anna")?.photos).toHaveLength(1);
  expect(database.templates.coverage(["m"])).toEqual({ enrolled: 1, without: 0, due: 0, refused: 0 });
  expect(database.templates.coverage(["n"])).toEqual({ enrolled: 1, without: 1, due: 1, refused: 0 });
});

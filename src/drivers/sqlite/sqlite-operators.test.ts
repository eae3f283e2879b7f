import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { StorageFault } from "../../ports/journal.ts";
import { createAesGcmCipher } from "../site-key/aes-gcm-cipher.ts";
import { directoryFile, openDatabase } from "./open-database.ts";
import { directorySchema } from "./schema.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const key = (byte: number) => ({ id: Buffer.alloc(4, byte), bytes: Buffer.alloc(32, byte) });
const [first, second] = [key(1), key(2)];
const secret = Buffer.from("a secret of twenty b");

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-operators-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = (...keys: Parameters<typeof createAesGcmCipher>[0]) =>
  openDatabase(path, { clock, cipher: createAesGcmCipher(keys, "directory"), boot: "b" });

const add = (database: ReturnType<typeof open>, username: string) =>
  database.operators.add({ username, passwordHash: "x", mustChangePassword: false, role: "auditor" });

const factor = { secret, confirmed: true, lastStep: 56_000_000 };

describe("operators", () => {
  const session = { username: "admin", address: "10.0.0.9", createdAt: wallTime(1), lastSeenAt: wallTime(1) };

  test("are found as added; a new password takes the old one's place", () => {
    using database = open(first);
    const { operators } = database;
    expect(operators.count()).toBe(0);
    operators.add({ username: "admin", passwordHash: "$argon2id$1", mustChangePassword: true });
    expect(operators.find("admin")).toEqual({
      username: "admin",
      role: "administrator",
      passwordHash: "$argon2id$1",
      mustChangePassword: true,
      disabled: false,
      createdAt: 1_700_000_000_000,
    });
    operators.setPassword("admin", "$argon2id$2", false);
    expect(operators.find("admin")).toMatchObject({ passwordHash: "$argon2id$2", mustChangePassword: false });
    expect(operators.find("Admin")).toBeUndefined();
    operators.add({ username: "a.li", passwordHash: "$argon2id$3", mustChangePassword: true });
    expect(operators.list().map(({ username }) => username)).toEqual(["a.li", "admin"]);
    expect(JSON.stringify(operators.list())).not.toContain("argon2");
    expect(() => operators.setPassword("nobody", "x", false)).toThrow(RangeError);
    expect(() => operators.add({ username: "admin", passwordHash: "x", mustChangePassword: false })).toThrow(
      StorageFault,
    );
  });

  test("T3: sessions end singly, all but one, and by age", () => {
    using database = open(first);
    const { sessions } = database.operators;
    database.operators.add({ username: "admin", passwordHash: "x", mustChangePassword: false });
    for (const id of ["a", "b", "c"]) sessions.put(id, session);
    expect(sessions.get("a")).toEqual(session);
    sessions.touch("a", wallTime(50));
    expect(sessions.get("a")?.lastSeenAt).toBe(50);
    sessions.remove("b");
    sessions.removeAllOf("admin", "a");
    expect(["a", "b", "c"].map((id) => sessions.get(id) !== undefined)).toEqual([true, false, false]);
    sessions.put("d", session);
    sessions.removeOlderThan(wallTime(50));
    expect(["a", "d"].map((id) => sessions.get(id) !== undefined)).toEqual([true, false]);
    sessions.removeAllOf("admin");
    expect(sessions.get("a")).toBeUndefined();
  });
});

test("a role, and whether the account may log in, are changed one at a time", () => {
  using database = open(first);
  add(database, "li.na");
  database.operators.change("li.na", { role: "installer" });
  database.operators.change("li.na", { disabled: true });
  expect(database.operators.find("li.na")).toMatchObject({ role: "installer", disabled: true });
  expect(() => database.operators.change("nobody", { disabled: true })).toThrow(RangeError);
});

test("a second factor is sealed at rest and opens as it was put", () => {
  {
    using database = open(first);
    add(database, "li.na");
    database.operators.secondFactors.put("li.na", factor);
    const found = database.operators.secondFactors.get("li.na");
    expect(Buffer.from(found?.secret ?? [])).toEqual(secret);
    expect(found).toMatchObject({ confirmed: true, lastStep: 56_000_000 });
  }
  expect(readFileSync(directoryFile(path)).includes(secret)).toBe(false);
});

test("a second factor moved to another account does not open there", () => {
  using database = open(first);
  for (const name of ["li.na", "wang.wei"]) add(database, name);
  database.operators.secondFactors.put("li.na", factor);
  using other = new BetterSqliteFile(directoryFile(path));
  other.run("UPDATE second_factors SET username = 'wang.wei'");
  expect(() => database.operators.secondFactors.get("wang.wei")).toThrow();
});

test("after a change of the site's key second factors open with the new one alone", () => {
  {
    using database = open(first);
    add(database, "li.na");
    database.operators.secondFactors.put("li.na", factor);
  }
  {
    using database = open(second, first);
    const pass = database.operators.resealing();
    expect([pass.next(10), pass.next(10)]).toEqual([
      { looked: 1, resealed: 1 },
      { looked: 0, resealed: 0 },
    ]);
    const rest = database.directory.resealing();
    while (rest.next(10).looked > 0);
  }
  using database = open(second);
  expect(Buffer.from(database.operators.secondFactors.get("li.na")?.secret ?? [])).toEqual(secret);
});

test("a recovery code is taken once", () => {
  using database = open(first);
  add(database, "li.na");
  const { secondFactors } = database.operators;
  secondFactors.setRecoveryCodes("li.na", ["h1", "h2"]);
  expect([
    secondFactors.takeRecoveryCode("li.na", "h1"),
    secondFactors.takeRecoveryCode("li.na", "h1"),
  ]).toEqual([true, false]);
  expect(secondFactors.recoveryCodesLeft("li.na")).toBe(1);
});

test("passkeys and tokens are found as added, and end with the account", () => {
  using database = open(first);
  add(database, "li.na");
  const { passkeys, tokens, sessions } = database.operators;
  const createdAt = wallTime(1);
  const passkey = {
    id: "cred",
    username: "li.na",
    name: "phone",
    publicKey: Uint8Array.of(1, 2),
    counter: 0,
    transports: ["internal"],
    createdAt,
  };
  passkeys.add(passkey);
  passkeys.used("cred", 7);
  expect(passkeys.of("li.na")).toEqual([{ ...passkey, counter: 7 }]);
  const token = {
    id: "t1",
    name: "centre",
    rights: ["seeEvents"],
    maker: "li.na",
    createdAt,
    expiresAt: wallTime(9),
    lastUsedAt: null,
  } as const;
  tokens.add("hash", token);
  tokens.touch("t1", wallTime(5));
  expect(tokens.find("hash")).toEqual({ ...token, lastUsedAt: 5 });
  sessions.put("s", { username: "li.na", address: "10.0.0.9", createdAt, lastSeenAt: createdAt });
  database.operators.secondFactors.put("li.na", factor);
  database.operators.remove("li.na");
  expect([passkeys.get("cred"), tokens.list(), sessions.list(), database.operators.count()]).toEqual([
    undefined,
    [],
    [],
    0,
  ]);
});

test("accounts of an earlier release stay, their sessions end", () => {
  {
    using old = new BetterSqliteFile(directoryFile(path));
    const [released = ""] = directorySchema.migrations;
    old.run(released);
    old.run(`PRAGMA application_id = ${directorySchema.applicationId}; PRAGMA user_version = 1;
      INSERT INTO operators VALUES ('admin', 'administrator', 'hash', 0, 5);
      INSERT INTO sessions VALUES ('s', 'admin', 5, 5)`);
  }
  using database = open(first);
  expect(database.operators.find("admin")).toEqual({
    username: "admin",
    role: "administrator",
    passwordHash: "hash",
    mustChangePassword: false,
    disabled: false,
    createdAt: 5,
  });
  expect(database.operators.sessions.list()).toEqual([]);
});

/** The file as somebody else's program would open it. */
class BetterSqliteFile {
  readonly #file: BetterSqlite.Database;
  constructor(file: string) {
    this.#file = new BetterSqlite(file);
  }
  run(sql: string): void {
    this.#file.exec(sql);
  }
  [Symbol.dispose](): void {
    this.#file.close();
  }
}

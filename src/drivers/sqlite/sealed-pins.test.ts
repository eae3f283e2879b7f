import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { StorageFault } from "../../ports/journal.ts";
import { directoryFile, openDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const anna = { name: "Anna", groups: [], accessLevels: [] };

/** Seals with the first key and opens what any of them sealed, bound to where it belongs. */
function cipherOf(...keys: readonly [string, ...string[]]): Cipher {
  const head = (key: string, binding: readonly string[]): Buffer =>
    Buffer.from(`[${key}]${JSON.stringify(binding)}\n`);
  return {
    mark: Buffer.from(`[${keys[0]}]`),
    seal: (plain, binding) => Buffer.concat([head(keys[0], binding), plain]),
    open(sealed, binding) {
      const found = keys
        .map((key) => head(key, binding))
        .find((one) => Buffer.from(sealed).indexOf(one) === 0);
      if (found === undefined) throw new SealBroken("altered, or another key's");
      return sealed.subarray(found.length);
    },
  };
}

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-pins-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));
const open = (...keys: readonly [string, ...string[]]) =>
  openDatabase(path, { clock, cipher: cipherOf(...keys), boot: "b" });

test("with a new key every PIN is sealed anew, and the former key opens none of them", () => {
  const ids: string[] = [];
  {
    using database = open("old");
    for (const pin of ["one", "two", "three"]) {
      const { id } = database.directory.add(anna);
      database.directory.setPin(id, { pin, duressPin: `duress ${pin}` });
      ids.push(id);
    }
  }
  {
    using database = open("new", "old");
    const pass = database.directory.resealing();
    expect(pass.all).toBe(3);
    let resealed = 0;
    for (let step = pass.next(2); step.looked > 0; step = pass.next(2)) resealed += step.resealed;
    expect(resealed).toBe(3);
  }
  using database = open("new");
  expect(ids.map((id) => database.directory.pins(id))).toEqual(
    ["one", "two", "three"].map((pin) => ({ pin, duressPin: `duress ${pin}` })),
  );
});

test("one person's PIN put in another's place opens there no more than any altered one", () => {
  using database = open("key");
  const { directory } = database;
  const [one, other] = [directory.add(anna).id, directory.add(anna).id];
  directory.setPin(one, { pin: "one" });
  directory.setPin(other, { pin: "other" });
  const file = new BetterSqlite(directoryFile(path));
  file
    .prepare("UPDATE pins SET sealed = (SELECT sealed FROM pins WHERE cardholder = ?) WHERE cardholder = ?")
    .run(one, other);
  file.close();
  expect(directory.pins(one).pin).toBe("one");
  expect(() => directory.pins(other)).toThrow(StorageFault);
});

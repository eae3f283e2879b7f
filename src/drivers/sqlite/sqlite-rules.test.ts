import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { rulesStoreContract } from "../../ports/contracts/rules-store.contract.ts";
import { StorageFault } from "../../ports/journal.ts";
import { directoryFile, openDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const cipher = {
  mark: new Uint8Array(),
  seal: (plain: Uint8Array) => plain,
  open: (sealed: Uint8Array) => sealed,
};

function make() {
  const path = mkdtempSync(join(tmpdir(), "vestibule-rules-"));
  const database = openDatabase(path, { clock, cipher, boot: "b" });
  return {
    path,
    directory: database.directory,
    rules: database.rules,
    [Symbol.dispose]() {
      database[Symbol.dispose]();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

rulesStoreContract("sqlite", make);

const holidays = { kind: "holidays", hash: "00", operator: "li.na", approver: null, reason: "x" } as const;

test("T42: a version cannot be changed or removed by SQL either", () => {
  using subject = make();
  subject.rules.append({ ...holidays, body: ["2027-01-01"] });
  using file = closing(new BetterSqlite(directoryFile(subject.path)));
  expect(() => file.connection.exec("UPDATE rule_versions SET body = '[]'")).toThrow("kept as they were");
  expect(() => file.connection.exec("DELETE FROM rule_versions")).toThrow("kept as they were");
});

test("a disk that is gone is a StorageFault", () => {
  const subject = make();
  subject[Symbol.dispose]();
  expect(() => subject.rules.newest("holidays")).toThrow(StorageFault);
});

const closing = (connection: BetterSqlite.Database) => ({
  connection,
  [Symbol.dispose]: () => void connection.close(),
});

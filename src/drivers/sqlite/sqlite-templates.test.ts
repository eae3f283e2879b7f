import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { templateStoreContract } from "../../ports/contracts/template-store.contract.ts";
import { StorageFault } from "../../ports/journal.ts";
import { openDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const cipher = {
  mark: new Uint8Array(),
  seal: (plain: Uint8Array) => plain,
  open: (sealed: Uint8Array) => sealed,
};

function make() {
  const path = mkdtempSync(join(tmpdir(), "vestibule-templates-"));
  const database = openDatabase(path, { clock, cipher, boot: "b" });
  return {
    directory: database.directory,
    templates: database.templates,
    [Symbol.dispose]() {
      database[Symbol.dispose]();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

templateStoreContract("sqlite", make);

test("a disk that is gone is a StorageFault", () => {
  const subject = make();
  subject[Symbol.dispose]();
  expect(() => subject.templates.coverage(["m"])).toThrow(StorageFault);
});

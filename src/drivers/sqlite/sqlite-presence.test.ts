import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { presenceStoreContract } from "../../ports/contracts/presence-store.contract.ts";
import { StorageFault } from "../../ports/journal.ts";
import { openDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const cipher = {
  mark: new Uint8Array(),
  seal: (plain: Uint8Array) => plain,
  open: (sealed: Uint8Array) => sealed,
};
const open = (path: string) => openDatabase(path, { clock, cipher, boot: "b" });

function make() {
  const path = mkdtempSync(join(tmpdir(), "vestibule-presence-"));
  const database = open(path);
  return {
    path,
    presence: database.presence,
    close: () => database[Symbol.dispose](),
    [Symbol.dispose]() {
      database[Symbol.dispose]();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

presenceStoreContract("sqlite", make);

const place = {
  cardholder: "a",
  vestibule: "v1",
  area: "secure",
  since: wallTime(5),
  seq: 1,
} as const;
const change = { seq: 1, hash: "h", summary: {}, cleared: false, places: [place], removed: [] };

test("what was saved is there after the next start", () => {
  using subject = make();
  subject.presence.save(change);
  subject.close();
  using again = open(subject.path);
  expect(again.presence.load()).toEqual({ seq: 1, hash: "h", summary: {}, places: [place] });
});

test("a change is there wholly or not at all", () => {
  using subject = make();
  subject.presence.save(change);
  const impossible = { ...place, cardholder: "b", area: "roof" as "secure" };
  expect(() =>
    subject.presence.save({ ...change, seq: 2, cleared: true, places: [{ ...place, seq: 2 }, impossible] }),
  ).toThrow(StorageFault);
  expect(subject.presence.load()).toMatchObject({ seq: 1, places: [place] });
});

test("a disk that is gone is a StorageFault", () => {
  using subject = make();
  subject.close();
  expect(() => subject.presence.load()).toThrow(StorageFault);
  expect(() => subject.presence.save(change)).toThrow(StorageFault);
});

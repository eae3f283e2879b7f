import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { PairedDisplay } from "../../ports/paired-displays.ts";
import type { WatchScreen } from "../../ports/watch-screens.ts";
import { createAesGcmCipher } from "../site-key/aes-gcm-cipher.ts";
import { endSessions } from "./end-sessions.ts";
import { directoryFile, openDatabase } from "./open-database.ts";

const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };
const key = { id: Buffer.alloc(4, 1), bytes: Buffer.alloc(32, 1) };

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-displays-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const open = () => openDatabase(path, { clock, cipher: createAesGcmCipher([key], "directory"), boot: "b" });

const street: PairedDisplay = {
  ...{ id: "d1", name: "Street", vestibule: "v1", accessPoint: "outer-entry" as const },
  ...{ pairedBy: "li.na", pairedAt: wallTime(5), lastSeenAt: null },
};

const wall: WatchScreen = {
  ...{ id: "w1", name: "Left wall", vestibules: ["v1", "v2"], pictures: true, duress: false },
  ...{ pairedBy: "li.na", pairedAt: wallTime(5), lastSeenAt: null },
};

test("screens that watch are found and changed alike, until they are unpaired", () => {
  const changed = { name: "Right wall", vestibules: null, pictures: false, duress: true };
  {
    using database = open();
    database.watchScreens.add("hash", wall);
    expect(database.watchScreens.find("hash")).toEqual(wall);
    database.watchScreens.touch("w1", wallTime(9));
    database.watchScreens.change("w1", changed);
  }
  using database = open();
  const { watchScreens } = database;
  expect(watchScreens.list()).toEqual([{ ...wall, ...changed, lastSeenAt: 9 }]);
  expect(watchScreens.find("another")).toBeUndefined();
  watchScreens.remove("w1");
  expect([watchScreens.find("hash"), watchScreens.list()]).toEqual([undefined, []]);
});

test("displays are found by what they sign in with, over a restart, until they are unpaired", () => {
  {
    using database = open();
    database.displays.add("hash", street);
    database.displays.touch("d1", wallTime(9));
    database.displays.rename("d1", "Street, left");
  }
  using database = open();
  const { displays } = database;
  const found = { ...street, name: "Street, left", lastSeenAt: 9 };
  expect(displays.find("hash")).toEqual(found);
  expect(displays.list()).toEqual([found]);
  expect(displays.find("another")).toBeUndefined();
  displays.remove("d1");
  expect([displays.find("hash"), displays.list()]).toEqual([undefined, []]);
});

test("no two have one name, and neither has two signing in", () => {
  using database = open();
  database.displays.add("hash", street);
  expect(() => database.displays.add("other", { ...street, id: "d2" })).toThrow(StorageFault);
  expect(() => database.displays.add("hash", { ...street, id: "d2", name: "Vault" })).toThrow(StorageFault);
});

test("what was put back from a backup has no screen: it may have been unpaired since", () => {
  {
    using database = open();
    database.displays.add("hash", street);
    database.watchScreens.add("hash", wall);
  }
  expect(endSessions(path)).toMatchObject({ displays: 1, watchScreens: 1 });
  expect(readFileSync(directoryFile(path)).includes("Street")).toBe(false);
  using database = open();
  expect([database.displays.list(), database.watchScreens.list()]).toEqual([[], []]);
});

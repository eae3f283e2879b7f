import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { findAlikeIn } from "./alike-faces.ts";
import { directoryFile, openDatabase, type SiteDatabase } from "./open-database.ts";

/** Binds as the real one does. */
const cipher: Cipher = {
  mark: Buffer.from("["),
  seal: (plain, binding) => Buffer.concat([Buffer.from(`${JSON.stringify(binding)}\n`), plain]),
  open(sealed, binding) {
    const mark = Buffer.from(`${JSON.stringify(binding)}\n`);
    if (!Buffer.from(sealed).subarray(0, mark.length).equals(mark)) throw new SealBroken("altered");
    return Buffer.from(sealed).subarray(mark.length);
  },
};
const clock = { now: () => instant(1), wall: () => wallTime(1_700_000_000_000) };

let path: string;
let database: SiteDatabase;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "vestibule-alike-"));
  database = openDatabase(path, { clock, cipher, boot: "b" });
});
afterEach(() => {
  database[Symbol.dispose]();
  rmSync(path, { recursive: true });
});

/** Somebody whose photos point in these directions, in degrees. */
function enrol(name: string, ...degrees: readonly number[]): string {
  const { id } = database.directory.add({ name, groups: [], accessLevels: [] });
  for (const degree of degrees) {
    const descriptor = direction(degree);
    database.directory.addPhoto(id, { jpeg: Uint8Array.of(1), quality: {}, model: "m", descriptor });
  }
  return id;
}
const direction = (degree: number): Float32Array =>
  Float32Array.of(Math.cos((degree * Math.PI) / 180), Math.sin((degree * Math.PI) / 180));
const alike = (degree: number, more: { readonly except?: string; readonly model?: string } = {}) =>
  findAlikeIn(path, cipher, { model: "m", descriptor: direction(degree), except: "", limit: 0.02, ...more });

test("everybody whose fused templates are alike, the nearest first; others and oneself are not", () => {
  const near = enrol("Near", 8, 12);
  const nearest = enrol("Nearest", -1, 2);
  const self = enrol("Self", 0);
  enrol("Other", 90, 80);
  enrol("Nobody yet");
  const found = alike(0, { except: self });
  expect(found.map(({ cardholder }) => cardholder)).toEqual([nearest, near]);
  expect(found[1]?.distance).toBeCloseTo(1 - Math.cos(Math.PI / 18), 5);
});

test("whoever looks different at times is found by each appearance, not by what lies between", () => {
  const id = enrol("Glasses", 0);
  const descriptor = direction(90);
  const glasses = { jpeg: Uint8Array.of(1), quality: {}, model: "m", descriptor, appearance: "glasses" };
  database.directory.addPhoto(id, glasses);
  expect(alike(1).map(({ cardholder }) => cardholder)).toEqual([id]);
  expect(alike(89).map(({ cardholder }) => cardholder)).toEqual([id]);
  expect(alike(45)).toEqual([]);
});

test("descriptors of other models are compared with nobody's", () => {
  enrol("Anna", 0);
  expect(alike(0, { model: "another" })).toEqual([]);
});

test("over the pages: the last of 1,200 people is found, and no more than eight are told", () => {
  database.directory.transact(() => {
    for (let nth = 0; nth < 1_190; nth += 1) enrol(`P${nth}`, 90 + (nth % 90));
    for (let nth = 0; nth < 10; nth += 1) enrol(`Q${nth}`, nth);
  });
  expect(alike(9).length).toBe(8);
  expect(alike(9)[0]?.distance).toBeCloseTo(0, 6);
});

test("an altered template keeps nobody else from being found, nor does it count", () => {
  const first = enrol("First", 0);
  const second = enrol("Second", 1);
  const file = new BetterSqlite(directoryFile(path));
  file
    .prepare(
      "UPDATE templates SET descriptor = x'00' WHERE photo IN (SELECT id FROM photos WHERE cardholder = ?)",
    )
    .run(first);
  file.close();
  expect(alike(0).map(({ cardholder }) => cardholder)).toEqual([second]);
});

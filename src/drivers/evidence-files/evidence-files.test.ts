import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { evidenceStoreContract } from "../../ports/contracts/evidence-store.contract.ts";
import type { EvidenceStore } from "../../ports/evidence-store.ts";
import { openEvidenceFiles } from "./evidence-files.ts";

/** Hides and binds as the real one does, in a form a test can follow. */
const cipher: Cipher = {
  mark: Buffer.from("evidence"),
  seal: (plain, binding) =>
    Buffer.concat([Buffer.from(`${binding.join()}:`), Buffer.from(plain).map((byte) => byte ^ 1)]),
  open(sealed, binding) {
    const mark = `${binding.join()}:`;
    if (!Buffer.from(sealed).toString("latin1").startsWith(mark)) throw new SealBroken("altered");
    return Buffer.from(sealed.subarray(mark.length)).map((byte) => byte ^ 1);
  },
};
const open = (folder: string): EvidenceStore =>
  openEvidenceFiles({ folder, cipher, mostFiles: 3, mostBytes: 10_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-evidence-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (home: string, hash: string): string => join(home, hash.slice(0, 2), hash.slice(2));

evidenceStoreContract("files", () => {
  const home = mkdtempSync(join(tmpdir(), "vestibule-evidence-"));
  const store = open(home);
  return {
    store,
    alter: (hash) => writeFileSync(fileOf(home, hash), "something else"),
    [Symbol.dispose]() {
      store[Symbol.dispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
});

test("the picture itself is nowhere on the disk", () => {
  const jpeg = Buffer.from("a face that must not be read");
  const hash = open(folder).put(jpeg);
  expect(readFileSync(fileOf(folder, hash)).includes(jpeg)).toBe(false);
});

test("a picture under another picture's name is reported", () => {
  const store = open(folder);
  const [one, other] = [store.put(Uint8Array.of(1)), store.put(Uint8Array.of(2))];
  writeFileSync(fileOf(folder, one), readFileSync(fileOf(folder, other)));
  expect(() => store.get(one)).toThrow(/was altered/);
});

test("opened again, the oldest is still the first to go, and half-written files are cleared", () => {
  const hashes = [1, 2, 3, 4].map((n) => open(folder).put(Uint8Array.of(n)));
  hashes.forEach((hash, n) => utimesSync(fileOf(folder, hash), 1_000 - n, 1_000 - n));
  const [first] = hashes;
  writeFileSync(`${fileOf(folder, first ?? "")}.00000000.part`, "half");
  expect(open(folder).prune()).toBe(1);
  expect(hashes.map((hash) => open(folder).get(hash) !== undefined)).toEqual([true, true, true, false]);
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".part"))).toEqual(
    [],
  );
});

test("bytes are limited as well as files", () => {
  const store = open(folder);
  store.put(new Uint8Array(6_000));
  const newest = store.put(new Uint8Array(6_001));
  expect(store.prune()).toBe(1);
  expect(store.get(newest)).toHaveLength(6_001);
});

import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Cipher, SealBroken } from "../../ports/cipher.ts";
import { evidenceStoreContract } from "../../ports/contracts/evidence-store.contract.ts";
import { EvidenceAltered, type EvidenceStore } from "../../ports/evidence-store.ts";
import { openEvidenceFiles } from "./evidence-files.ts";

/** Hides and binds as the real one does, in a form a test can follow. */
const cipherNamed = (name: string, others: readonly string[] = ["first"]): Cipher => ({
  mark: Buffer.from(name),
  seal: (plain, binding) =>
    Buffer.concat([
      Buffer.from(`${name}:`),
      createHash("sha256").update(JSON.stringify(binding)).update(plain).digest(),
      Buffer.from(plain).map((byte) => byte ^ 1),
    ]),
  open(sealed, binding) {
    const named = Buffer.from(sealed.subarray(0, 20)).toString("latin1").split(":")[0] ?? "";
    if (![name, ...others].includes(named)) throw new SealBroken("altered");
    const tag = sealed.subarray(named.length + 1, named.length + 33);
    const plain = Buffer.from(sealed.subarray(named.length + 33)).map((byte) => byte ^ 1);
    const own = createHash("sha256").update(JSON.stringify(binding)).update(plain).digest();
    if (!own.equals(tag)) throw new SealBroken("altered");
    return plain;
  },
});
const options = { mostFiles: 3, mostBytes: 10_000 };
const open = (folder: string): EvidenceStore =>
  openEvidenceFiles({ ...options, folder, cipher: cipherNamed("first") });

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

test("the picture itself is nowhere on the disk", async () => {
  const jpeg = Buffer.from("a face that must not be read");
  const hash = await open(folder).put(jpeg);
  expect(readFileSync(fileOf(folder, hash)).includes(jpeg)).toBe(false);
});

test("while the disk takes a picture the loop goes on; twice at once it is one file, and nothing is left beside it", async () => {
  const store = open(folder);
  let turned = 0;
  setImmediate(() => (turned += 1));
  const hashes = await Promise.all([1, 1, 2].map((n) => store.put(Uint8Array.of(n))));
  expect(turned).toBe(1);
  expect(store.list().map(({ hash }) => hash)).toHaveLength(2);
  for (const hash of hashes) {
    const file = fileOf(folder, hash);
    expect(readdirSync(dirname(file))).toEqual([basename(file)]);
  }
});

test("a picture under another picture's name is reported", async () => {
  const store = open(folder);
  const [one, other] = [await store.put(Uint8Array.of(1)), await store.put(Uint8Array.of(2))];
  writeFileSync(fileOf(folder, one), readFileSync(fileOf(folder, other)));
  expect(() => store.get(one)).toThrow(/was altered/);
});

test("opened again, the oldest is still listed first, and half-written files are cleared", async () => {
  const hashes = await Promise.all([1, 2, 3, 4].map((n) => open(folder).put(Uint8Array.of(n))));
  hashes.forEach((hash, n) => utimesSync(fileOf(folder, hash), 1_000 - n, 1_000 - n));
  const [first] = hashes;
  writeFileSync(`${fileOf(folder, first ?? "")}.00000000.part`, "half");
  expect(
    open(folder)
      .list()
      .map(({ hash }) => hash),
  ).toEqual(hashes.toReversed());
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith(".part"))).toEqual(
    [],
  );
});

const clip = Buffer.alloc(700_000, "frames of a clip, ");
const hash = createHash("sha256").update(clip).digest("hex");
async function keepClip(store: EvidenceStore): Promise<string> {
  await using receiver = store.receive({ hash, size: clip.length, media: "video/mp4" });
  await receiver.add(clip);
  await receiver.finish();
  return fileOf(folder, hash);
}

test("of a clip every changed, missing, doubled or moved piece is seen, wherever it is read", async () => {
  const store = open(folder);
  const file = await keepClip(store);
  const whole = readFileSync(file);
  expect(whole.includes("frames of a clip")).toBe(false);
  const read = async () => await open(folder).open(hash)?.read(0, clip.length);
  expect(Buffer.from((await read()) ?? [])).toEqual(clip);
  const length = (whole.length - 16 - 700_000) / 11 + 65_536;
  const piece = (index: number) => whole.subarray(16 + index * length, 16 + (index + 1) * length);
  const places = [0, 3, 4, 5, 7, 10, 15, 16, 16 + length, whole.length - 1];
  const changed = places.map((at) => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  });
  const hostile = [
    ...changed,
    whole.subarray(0, -1),
    whole.subarray(0, 10),
    Buffer.concat([whole, Buffer.of(0)]),
    Buffer.concat([whole.subarray(0, 16), piece(1), piece(0), whole.subarray(16 + 2 * length)]),
    Buffer.concat([whole.subarray(0, 16), piece(0), piece(0), whole.subarray(16 + 2 * length)]),
  ];
  for (const bytes of hostile) {
    writeFileSync(file, bytes);
    await expect((async () => await read())()).rejects.toThrow(EvidenceAltered);
  }
});

test("a changed key reseals pictures and clips, a few pieces at a time; what is altered stays first and stops it", async () => {
  const store = open(folder);
  const file = await keepClip(store);
  const jpeg = await store.put(Uint8Array.of(1, 2));
  const anew = openEvidenceFiles({ ...options, folder, cipher: cipherNamed("second") });
  const pass = anew.resealing();
  const before = readFileSync(file);
  expect(pass.all).toBe(3); // the clip in two turns
  expect(pass.next(1)).toEqual({ looked: 1, resealed: 1 });
  expect(readFileSync(file)).toEqual(before);
  expect(pass.next(1)).toEqual({ looked: 1, resealed: 1 });
  expect(readFileSync(file)).not.toEqual(before);
  const picture = readFileSync(fileOf(folder, jpeg));
  writeFileSync(fileOf(folder, jpeg), "altered");
  expect(() => pass.next(1)).toThrow(/was altered/);
  expect(() => pass.next(1)).toThrow(/was altered/);
  writeFileSync(fileOf(folder, jpeg), picture);
  expect(pass.next(5)).toEqual({ looked: 1, resealed: 1 });
  expect(pass.next(5)).toEqual({ looked: 0, resealed: 0 });
  const alone = openEvidenceFiles({ ...options, folder, cipher: cipherNamed("second", []) });
  expect(Buffer.from((await alone.open(hash)?.read(0, clip.length)) ?? [])).toEqual(clip);
  expect(alone.get(jpeg)).toHaveLength(2);
  expect(alone.resealing().next(9)).toMatchObject({ resealed: 0 });
});

test("cut off while a clip is sealed anew, the old one is there, and the next pass begins with it", async () => {
  const file = await keepClip(open(folder));
  const reopened = () => openEvidenceFiles({ ...options, folder, cipher: cipherNamed("second") });
  reopened().resealing().next(1);
  expect(readdirSync(join(folder, hash.slice(0, 2)))).toHaveLength(2);
  const pass = reopened().resealing();
  expect(readdirSync(join(folder, hash.slice(0, 2)))).toEqual([hash.slice(2)]);
  expect(pass.next(9)).toEqual({ looked: 2, resealed: 2 });
  expect(readFileSync(file).includes("second")).toBe(true);
});

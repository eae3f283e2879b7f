import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { resealingOf } from "../../src/composition/resealing.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import { beginKeyRotation, formerKeyFile, keyFile } from "../../src/drivers/site-key/site-keys.ts";
import { StorageFault } from "../../src/ports/journal.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const rotator = fileURLToPath(new URL("./key-rotator.ts", import.meta.url));
const clock = { now: () => instant(performance.now()), wall: () => wallTime(Date.now()) };
const open = (path: string) => openSiteStorage({ directory: path, clock, env: {} });

const people = 12;
const photosEach = 5;
const pictures = 25;
const jpeg = (n: number): Uint8Array => new Uint8Array(30_000).fill(n % 251);
const descriptor = (n: number): Float32Array => new Float32Array(128).fill(n / 100 + 0.01);

let directory: string;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-rotation-"));
  using storage = open(directory);
  storage.directory.transact(() => {
    for (let person = 0; person < people; person++) {
      const { id } = storage.directory.add({ name: `Person ${person}`, groups: [], accessLevels: [] });
      for (let n = 0; n < photosEach; n++) {
        const number = person * photosEach + n;
        const photo = { jpeg: jpeg(number), quality: {}, model: "m", descriptor: descriptor(number) };
        storage.directory.addPhoto(id, photo);
      }
    }
  });
  for (let n = 0; n < pictures; n++) await storage.evidence.put(jpeg(1_000 + n));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Opens every photo, template and picture; throws where one does not, or is another's. */
function readAll(): { hashes: readonly string[] } {
  using storage = open(directory);
  const all = storage.directory.list({ limit: 500 });
  expect(all).toHaveLength(people);
  for (const { id, name, photos } of all) {
    let number = Number(name.replace("Person ", "")) * photosEach;
    expect(photos).toHaveLength(photosEach);
    const templates = storage.directory.templates(id, "m");
    expect(templates.map(({ descriptor: values }) => values)).toEqual(
      photos.map((_, n) => descriptor(number + n)),
    );
    for (const photo of photos) {
      expect(Buffer.from(storage.directory.photo(id, photo.id) ?? []).equals(jpeg(number))).toBe(true);
      number += 1;
    }
  }
  const hashes = evidenceHashes();
  for (const hash of hashes) expect(storage.evidence.get(hash)).toHaveLength(30_000);
  return { hashes };
}

function evidenceHashes(): readonly string[] {
  const root = join(directory, "evidence");
  return readdirSync(root).flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => !name.endsWith(".part"))
      .map((name) => folder + name),
  );
}

const env = () => ({ ...process.env, VESTIBULE_DATA: directory });
const rotate = (...more: readonly string[]): Buffer =>
  execFileSync(process.execPath, [main, "key", "rotate", "--json", ...more], { env: env(), stdio: "pipe" });

/** A rotation of its own process, killed once it has said so many lines; how many it said in the end. */
async function killedAfter(lines: number): Promise<number> {
  const child = spawn(process.execPath, [rotator, directory], { stdio: ["ignore", "pipe", "inherit"] });
  let said = 0;
  const exit = once(child, "exit");
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text.split("\n").length - 1;
    if (said >= lines) child.kill("SIGKILL");
  });
  const [, signal] = await exit;
  expect(signal).toBe("SIGKILL");
  return said;
}

describe("a new key for photos, templates and evidence", () => {
  test("killed at whatever moment, everything stays readable; run again it ends, and the former key is gone", async () => {
    const before = readFileSync(keyFile(directory), "latin1");
    const { hashes } = readAll();
    const steps = (people * photosEach * 2 + pictures) / 2;
    let lines = 0;
    for (const killAfter of [1, 2, 10, 15, 20, 12]) {
      lines += await killedAfter(killAfter);
      expect(existsSync(formerKeyFile(directory))).toBe(true);
      expect(readAll().hashes).toEqual(hashes);
    }
    // Each went on where the last was killed: together they sealed no more than once what there is, and not all of it.
    expect(lines).toBeGreaterThan(50);
    expect(lines).toBeLessThan(steps + 12);
    const done = JSON.parse(rotate().toString());
    expect(done).toMatchObject({ begun: false, sealed: steps * 2, remove: [] });
    expect(done.resealed).toBeGreaterThan(0);
    expect(done.resealed).toBeLessThan(steps);
    expect(readAll().hashes).toEqual(hashes);
    expect(readFileSync(keyFile(directory), "latin1")).not.toBe(before);
    expect(readdirSync(directory).filter((name) => name.startsWith("site.key"))).toEqual(["site.key"]);
    using storage = open(directory);
    const records = storage.journal.query({ limit: 10, after: 0 }).map(({ type }) => type);
    expect(records).toEqual(["KeyRotationOrdered", "KeyRotationEnded"]);
  }, 60_000);

  test("cut off after any step, it goes on; the former key does not go before the last step", () => {
    beginKeyRotation(directory);
    const steps = people * photosEach * 2 + pictures;
    let resealed = 0;
    for (let cut = 0; cut <= 5; cut++) {
      using storage = open(directory);
      const pass = resealingOf(storage);
      expect(pass.all).toBe(steps);
      for (let step = 0; step < cut * 7; step++) resealed += pass.next(5).resealed;
      expect(storage.keys.all).toHaveLength(2);
    }
    expect(resealed).toBe(steps);
    readAll();
    {
      using storage = open(directory);
      expect(storage.keys.destroyFormer()).toEqual([]);
    }
    readAll();
  });

  test("killed in the middle of a clip, the clip is whole and readable, and it goes on", async () => {
    const clip = Buffer.alloc(3_000_000, "one picture after the other");
    const hash = createHash("sha256").update(clip).digest("hex");
    const readClip = async () => {
      using storage = open(directory);
      return Buffer.from((await storage.evidence.open(hash)?.read(0, clip.length)) ?? []).equals(clip);
    };
    {
      using storage = open(directory);
      await using receiver = storage.evidence.receive({ hash, size: clip.length, media: "video/mp4" });
      for (let at = 0; at < clip.length; at += 65_536) await receiver.add(clip.subarray(at, at + 65_536));
      await receiver.finish();
    }
    const folder = join(directory, "evidence", hash.slice(0, 2));
    // A line for each two, after the first: the clip comes last, in six turns.
    await killedAfter(1 + Math.ceil((people * photosEach * 2 + pictures) / 2) + 1);
    expect(readdirSync(folder).some((name) => name.endsWith(".part"))).toBe(true);
    expect(await readClip()).toBe(true);
    expect(JSON.parse(rotate().toString())).toMatchObject({ begun: false, resealed: 6 });
    expect(readdirSync(folder)).not.toContainEqual(expect.stringMatching(/part$/));
    expect(await readClip()).toBe(true);
    expect(existsSync(formerKeyFile(directory))).toBe(false);
  });

  test("evidence stays as old as it is", () => {
    const ages = () =>
      evidenceHashes().map(
        (hash) => statSync(join(directory, "evidence", hash.slice(0, 2), hash.slice(2))).mtimeMs,
      );
    const before = ages();
    beginKeyRotation(directory);
    using storage = open(directory);
    const pass = resealingOf(storage);
    while (pass.next(50).looked > 0);
    for (const [index, age] of ages().entries()) expect(age).toBeCloseTo(before[index] ?? 0, -1);
  });

  test("without the former key, what it sealed does not open, and a start says so", () => {
    beginKeyRotation(directory);
    rmSync(formerKeyFile(directory));
    expect(() => open(directory)).toThrow(StorageFault);
    expect(() => open(directory)).toThrow(/sealed with another key: restore that key/);
  });

  test("in the background: the key is in place at once, and the rest is left to the controller", () => {
    expect(JSON.parse(rotate("--background").toString())).toEqual({ begun: true });
    using storage = open(directory);
    expect(storage.keys.all).toHaveLength(2);
  });
});

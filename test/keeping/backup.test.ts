import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { Decrypter, Encrypter, generateX25519Identity } from "age-encryption";
import { extract, pack } from "tar-stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { identity, KeptSite, recipient } from "./kept-site.ts";

let site: KeptSite;
const begin = async (): Promise<void> => {
  site = new KeptSite();
  await site.fill(700);
};
const end = (): void => site[Symbol.dispose]();

const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

describe("a backup and its restore", () => {
  beforeEach(begin);
  afterEach(end);

  test("bring everything back: people, cards, evidence, keys, and the journal, which goes on from where it was", async () => {
    const made = await site.make();
    expect(made.position).toMatchObject({ first: 1, last: 700 });
    const report = await site.restore(made.file, { witnessed: 750 });
    expect(report).toMatchObject({ site: "demo", people: 1, evidence: 1, missing: 50, restored: true });
    expect(report.journal).toEqual(made.position);
    using before = site.open();
    using after = site.open(site.restored);
    const all = (one: typeof before) => one.journal.query({ limit: 1_000 });
    expect(all(after).slice(0, 700)).toEqual(all(before));
    const last = after.journal.query({ limit: 1, newestFirst: true })[0];
    expect(last).toMatchObject({ seq: 701, type: "JournalRestored" });
    expect(last?.payload).toMatchObject({
      last: 700,
      head: made.position.head,
      witnessed: 750,
      operator: "shell:anna",
    });
    expect(after.journal.verify()).toMatchObject({ intact: true, last: 701 });
    expect(after.directory.findByCard("1001")).toBeDefined();
    const [folder] = readdirSync(join(site.data, "evidence"));
    const [rest] = readdirSync(join(site.data, "evidence", folder ?? ""));
    expect(after.evidence.get(`${folder}${rest}`)).toEqual(before.evidence.get(`${folder}${rest}`));
    expect(readFileSync(join(site.restored, "from-backup/configuration/site.yaml"), "utf8")).toContain(
      "vestibules",
    );
  });

  test("end sessions and tokens, which may have been ended since", async () => {
    const { file } = await site.make();
    expect(await site.restore(file)).toMatchObject({ sessionsEnded: 1, tokensEnded: 0 });
    using after = site.open(site.restored);
    expect(after.operators.sessions.list()).toEqual([]);
    expect(after.operators.find("admin")).toBeDefined();
  });

  test("a passphrase opens it as well, and a dry run leaves nothing", async () => {
    const passphrase = "correct horse battery staple";
    const { file } = await site.make({ key: { passphrase, work: 10 } });
    expect(await site.restore(file, { key: { passphrase }, dryRun: true })).toMatchObject({
      restored: false,
      people: 1,
    });
    expect(existsSync(site.restored)).toBe(false);
    await expect(
      site.make({ key: { passphrase: "short" }, to: { file: join(site.folder, "b") } }),
    ).rejects.toThrow("at least 16");
  });

  test("the copy is of one instant, whoever writes meanwhile", async () => {
    using writing = site.open();
    let making = true;
    const backup = site.make({ pace: { bytesPerSecond: 6e6 } }).finally(() => (making = false));
    let people = 0;
    while (making) {
      // A person and the record of it in one step, as the controller does.
      writing.directory.transact(() => {
        writing.directory.add({ name: `Person ${++people}`, groups: [], accessLevels: [] });
        writing.journal.append([{ type: "CardholderAdded", at: 1 as never, payload: { people } }]);
      });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { file } = await backup;
    const report = await site.restore(file);
    using after = site.open(site.restored);
    const recorded = after.journal.query({ limit: 1_000, type: "CardholderAdded" }).length;
    expect(report.people).toBe(1 + recorded);
    expect(people).toBeGreaterThan(recorded);
  });

  test("nothing on the box can open it, and no name stands in it in the open", async () => {
    const { file } = await site.make();
    const bytes = readFileSync(file);
    for (const text of ["Li Na", "1001", "DoorOpened", "vestibule-backup"])
      expect(bytes.includes(text)).toBe(false);
    await expect(
      site.restore(file, { key: { identities: [await generateX25519Identity()] } }),
    ).rejects.toMatchObject({ code: "wrongKey" });
    expect(existsSync(site.restored)).toBe(false);
  });
});

describe("what is no sound backup is said to be none, and nothing is written (T40)", () => {
  let file: string;
  beforeAll(async () => {
    await begin();
    ({ file } = await site.make());
  });
  afterAll(end);

  test("a byte flipped anywhere", async () => {
    const bytes = readFileSync(file);
    // Half of the bytes of the header, and one in each stretch of the rest, its last byte too.
    const places = [
      ...Array.from({ length: 100 }, (_, at) => at * 2 + (at % 2)),
      ...Array.from(
        { length: 60 },
        (_, at) => bytes.length - 1 - Math.floor((at * (bytes.length - 201)) / 60),
      ),
    ];
    for (const place of places) {
      const altered = Buffer.from(bytes);
      altered[place] = (altered[place] ?? 0) ^ 0x10;
      writeFileSync(join(site.folder, "altered"), altered);
      await expect(site.restore(join(site.folder, "altered")), `byte ${place}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:damaged|wrongKey)$/),
      });
      expect(filesIn(site.restored)).toEqual([]);
    }
  });

  test("a file cut off anywhere", async () => {
    const whole = readFileSync(file);
    const bytes = whole.length;
    const lengths = [
      0,
      1,
      100,
      200,
      bytes - 1,
      bytes - 16,
      ...Array.from({ length: 12 }, (_, at) => Math.floor((bytes * (at + 1)) / 13)),
    ];
    for (const length of lengths) {
      writeFileSync(join(site.folder, "cut"), whole.subarray(0, length));
      await expect(site.restore(join(site.folder, "cut")), `${length} bytes`).rejects.toMatchObject({
        code: "damaged",
      });
      expect(filesIn(site.restored)).toEqual([]);
    }
  });

  test.each([
    [
      "another content",
      (parts: Parts) => parts.set("data/site.key", Buffer.from("0".repeat(64))),
      "it is not what the manifest says",
    ],
    ["a part too few", (parts: Parts) => parts.delete("data/journal.head"), "it is not there"],
    [
      "a part too many",
      (parts: Parts) =>
        new Map([
          ["vestibule-backup.json", parts.get("vestibule-backup.json") ?? Buffer.of()],
          ["data/more", Buffer.of(1)],
          ...parts,
        ]),
      "does not name it",
    ],
    ["no manifest", (parts: Parts) => parts.delete("manifest.json"), "no manifest"],
    [
      "a name that leaves the folder",
      (parts: Parts) =>
        new Map([
          ["vestibule-backup.json", parts.get("vestibule-backup.json") ?? Buffer.of()],
          ["data/../../x", Buffer.of(1)],
          ...parts,
        ]),
      "no backup holds such a part",
    ],
    [
      "a later form",
      (parts: Parts) => parts.set("vestibule-backup.json", Buffer.from('{"format":99}')),
      "newer release",
    ],
    [
      "another journal",
      (parts: Parts) => altered(parts, "journal", { first: 1, last: 699, head: "0".repeat(64) }),
      "not with 699",
    ],
  ])("sealed rightly, with %s", async (_, change, message) => {
    const parts = await partsOf(file);
    const changed = change(parts);
    await seal(join(site.folder, "forged"), changed instanceof Map ? changed : parts);
    await expect(site.restore(join(site.folder, "forged"))).rejects.toThrow(message);
    expect(filesIn(site.restored)).toEqual([]);
  });

  test("a restore never writes over anything, and half of one is never started", async () => {
    await expect(site.restore(file, { dataDirectory: site.data })).rejects.toMatchObject({
      code: "notEmpty",
    });
    mkdirSync(join(site.restored, ".restore"), { recursive: true });
    expect(() => site.open(site.restored)).toThrow("a restore was cut off here");
    await site.restore(file);
    expect(filesIn(site.restored)).not.toContain(".restore");
  });
});

type Parts = Map<string, Buffer>;

async function partsOf(file: string): Promise<Parts> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const archive = extract();
  archive.end(zstdDecompressSync(await decrypter.decrypt(readFileSync(file))));
  const parts: Parts = new Map();
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    parts.set(entry.header.name, Buffer.concat(chunks));
  }
  return parts;
}

async function seal(file: string, parts: Parts): Promise<void> {
  const archive = pack();
  for (const [name, content] of parts) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(Buffer.from(chunk as Uint8Array));
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  writeFileSync(file, await encrypter.encrypt(zstdCompressSync(Buffer.concat(chunks))));
}

function altered(parts: Parts, key: string, value: unknown): Parts {
  const manifest = JSON.parse(String(parts.get("manifest.json"))) as Record<string, unknown>;
  return parts.set("manifest.json", Buffer.from(JSON.stringify({ ...manifest, [key]: value })));
}

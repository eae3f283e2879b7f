import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import BetterSqlite from "better-sqlite3";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSiteStorage } from "../../src/composition/open-site-storage.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { directoryFile } from "../../src/drivers/sqlite/open-database.ts";
import type { FaceModel } from "../../src/ports/face-engine.ts";
import { demoPeople, enrolmentPortraits } from "../../src/simulation/demo-people.ts";
import { calibratedRecogniser } from "../support/calibrated-recogniser.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const clock = { now: () => instant(performance.now()), wall: () => wallTime(Date.now()) };
const photosOfAnna = 9;
const config = (face: string): string => `site: { id: t, name: { en: Test, zh: 测试 } }
board: { kind: simulated }
vestibules:
  - id: v1
face: ${face}
`;

let shipped: FaceModel;
let data: string;
let site: string;
let recogniser: Awaited<ReturnType<typeof calibratedRecogniser>>;
let anna: string;
let nobody: string;

beforeAll(async () => {
  {
    await using engine = await openFaceEngine();
    shipped = engine.model;
  }
  recogniser = await calibratedRecogniser(shipped);
  data = mkdtempSync(join(tmpdir(), "vestibule-recompute-"));
  site = join(data, "site.yaml");
  writeFileSync(site, config(`{ recogniser: ${recogniser.path} }`));
  const [person] = demoPeople;
  const [jpeg] = person === undefined ? [] : await enrolmentPortraits(person);
  if (jpeg === undefined) throw new Error("the demo has people");
  const grey = { width: 320, height: 240, channels: 3 as const, background: "#888" };
  const empty = await sharp({ create: grey }).jpeg().toBuffer();
  using storage = openStorage();
  const add = (pictures: readonly Uint8Array[]): string => {
    const { id } = storage.directory.add({ name: "Anna Quillfeather", groups: [], accessLevels: [] });
    const descriptor = new Float32Array(128).fill(0.1);
    for (const picture of pictures)
      storage.directory.addPhoto(id, { jpeg: picture, quality: {}, model: shipped.id, descriptor });
    return id;
  };
  anna = add(Array.from({ length: photosOfAnna }, () => jpeg));
  nobody = add([empty]);
  add([]);
});
afterAll(async () => {
  rmSync(data, { recursive: true, force: true });
  await recogniser[Symbol.asyncDispose]();
});

const openStorage = () => openSiteStorage({ directory: data, clock, env: {} });

const start = (...args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], { env: { ...process.env, VESTIBULE_DATA: data }, stdio: "pipe" });

async function run(...args: readonly string[]) {
  const child = start(...args);
  const texts = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => void (texts.out += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => void (texts.err += text));
  const [code] = await once(child, "close");
  return { code, ...texts };
}

/** Beside whoever owns the directory. */
function computed(): number {
  using database = (() => {
    const opened = new BetterSqlite(directoryFile(data), { readonly: true });
    return { opened, [Symbol.dispose]: () => void opened.close() };
  })();
  return Number(
    database.opened
      .prepare("SELECT count(*) FROM templates WHERE model = ?")
      .pluck()
      .get(recogniser.model.id),
  );
}

describe("another recogniser", () => {
  test("is not used before somebody has accepted its licence; who did is on record", async () => {
    const refused = await run("cardholder", "recompute", "--config", site);
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/has not been accepted.*vestibule face accept-licence/);
    const shown = await run("face", "accept-licence", recogniser.path);
    expect(shown.code).toBe(1);
    expect(shown.out).toMatch(/Do as you like\.[\s\S]*NOT accepted/);
    const done = await run("face", "accept-licence", recogniser.path, "--accept", "--json");
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out)).toMatchObject({ hash: recogniser.accepted, accepted: { commercial: true } });
    using storage = openStorage();
    expect(storage.journal.query({ limit: 1, type: "RecogniserLicenceAccepted" })[0]?.payload).toMatchObject({
      operator: expect.stringContaining("shell:"),
      recogniser: "random-projection",
      hash: recogniser.accepted,
    });
  });

  test("a licence for trials only is accepted in so many words, or not at all", async () => {
    const licence = { name: "Trial", text: "No banks.", commercial: false };
    await using trial = await calibratedRecogniser(shipped, { licence });
    const refused = await run("face", "accept-licence", trial.path, "--accept");
    expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/does not permit commercial use/)]);
    const done = await run("face", "accept-licence", trial.path, "--accept", "--although-not-commercial");
    expect(done.code).toBe(0);
  });

  test("killed in the middle, templates are computed on from there; whose photo gives none is listed", async () => {
    const child = start("cardholder", "recompute", "--config", site);
    const exit = once(child, "exit");
    while (child.exitCode === null && computed() < 3) await pause(2);
    child.kill("SIGKILL");
    await exit;
    const before = computed();
    expect(before).toBeGreaterThanOrEqual(3);
    expect(before).toBeLessThan(photosOfAnna);
    const done = await run("cardholder", "recompute", "--config", site, "--json");
    expect(done.code).toBe(1);
    const report = JSON.parse(done.out);
    expect(report).toMatchObject({
      models: [recogniser.model.id],
      computed: photosOfAnna - before,
      unread: 0,
      enrolled: 2,
      without: 1,
      removed: 0,
      refused: [{ cardholder: nobody, reason: expect.stringMatching(/^noFace: /) }],
    });
    using storage = openStorage();
    const [first, ...others] = storage.directory.templates(anna, recogniser.model.id);
    expect(others).toHaveLength(photosOfAnna - 1);
    expect(Math.hypot(...(first?.descriptor ?? []))).toBeCloseTo(1, 4);
    // The former model's stay until somebody says so.
    expect(storage.directory.templates(anna, shipped.id)).toHaveLength(photosOfAnna);
    const types = storage.journal.query({ limit: 100 }).map(({ type }) => type);
    expect(types.filter((type) => type === "TemplatesRecomputationStarted")).toHaveLength(2);
    expect(storage.journal.query({ limit: 9, type: "TemplatesRecomputed" }).at(-1)?.payload).toMatchObject({
      photos: photosOfAnna - before,
      refused: 1,
      without: 1,
    });
  });

  test("what was refused is tried again only on demand; former templates go only on demand", async () => {
    const again = await run("cardholder", "recompute", "--config", site, "--remove-old", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ computed: 0, removed: photosOfAnna + 1 });
    const retried = await run("cardholder", "recompute", "--config", site, "--retry");
    expect(retried.code).toBe(1);
    expect(retried.out).toMatch(new RegExp(`${nobody}.*noFace`));
    using storage = openStorage();
    expect(storage.directory.templates(anna, shipped.id)).toEqual([]);
    expect(storage.journal.query({ limit: 1, type: "TemplatesRemoved" })[0]?.payload).toMatchObject({
      templates: photosOfAnna + 1,
    });
  });

  test("nothing of faces is in what the commands print or in the journal", async () => {
    using storage = openStorage();
    const journal = JSON.stringify(storage.journal.query({ limit: 1_000 }));
    expect(journal).not.toMatch(/Quillfeather|descriptor|jpeg/);
    const [template] = storage.directory.templates(anna, recogniser.model.id);
    if (template === undefined) throw new Error("there is a template");
    const bytes = Buffer.from(template.descriptor.buffer);
    for (const name of ["directory.db", "directory.db-wal", "journal.db", "journal.db-wal"]) {
      const file = readFileSync(join(data, name));
      expect(file.includes(bytes), name).toBe(false);
    }
  });
});

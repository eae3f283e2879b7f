import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { faceBench } from "../../src/cli/face-bench.ts";
import { faceCompare } from "../../src/cli/face-compare.ts";
import { demoPeople, enrolmentPortraits } from "../../src/simulation/demo-people.ts";

/** Two portraits each of two people, named as `face bench` wants them. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-faces-"));
  for (const person of demoPeople.slice(0, 2)) {
    for (const [index, jpeg] of (await enrolmentPortraits(person)).slice(0, 2).entries()) {
      await writeFile(join(folder, `p${person.card}_000${index + 1}.jpg`), jpeg);
    }
  }
});
afterAll(() => rm(folder, { recursive: true }));

async function run(command: Command, ...args: readonly string[]) {
  let out = "";
  let err = "";
  const exit = await command.run(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    env: {},
  });
  return { exit, out, err };
}
const file = (name: string): string => join(folder, name);

describe("face compare", () => {
  test("two pictures of one person: exit 0 and everything the interface promises", async () => {
    const { exit, out, err } = await run(
      faceCompare,
      file("p1001_0001.jpg"),
      file("p1001_0002.jpg"),
      "--json",
    );
    expect([exit, err]).toEqual([0, ""]);
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      match: true,
      model: expect.stringContaining("face-api"),
      backend: expect.any(String),
    });
    expect(report).toMatchObject({
      faces: [
        { box: { x: expect.any(Number) }, eyeDistance: expect.any(Number), yaw: expect.any(Number) },
        {},
      ],
      ms: { detect: expect.any(Number), landmarks: expect.any(Number), embed: expect.any(Number) },
    });
  });

  test("two people: exit 1, and a sentence for people", async () => {
    const { exit, out } = await run(faceCompare, file("p1001_0001.jpg"), file("p1002_0001.jpg"));
    expect(exit).toBe(1);
    expect(out).toMatch(/^not the same person: distance 0\.\d{4}, threshold 0\.\d+\n$/);
  });

  test("bad input: exit 2 and one line saying what and where", async () => {
    const blank = file("blank.png");
    await sharp({ create: { width: 300, height: 300, channels: 3, background: "#777" } })
      .png()
      .toFile(blank);
    const text = file("notes.txt");
    await writeFile(text, "no picture");
    const good = file("p1001_0001.jpg");
    for (const [args, why] of [
      [[good], /two pictures are needed; see --help/],
      [[good, good, "--backend", "abacus"], /--backend abacus: auto, onnx, tfjs-node or wasm is expected/],
      [[good, good, "--wrong"], /--wrong/],
      [[good, file("missing.jpg")], /missing\.jpg: there is no such file/],
      [[good, text], /notes\.txt: not a picture of a known type/],
      [[good, blank], /blank\.png: no face found/],
    ] as const) {
      const { exit, out, err } = await run(faceCompare, ...args);
      expect([exit, out]).toEqual([2, ""]);
      expect(err).toMatch(why);
      expect(err.trimEnd().split("\n")).toHaveLength(1);
    }
  });
});

describe("face bench", () => {
  test("a folder: all with all, and the same again from the cache", async () => {
    const cache = file("cache");
    const first = await run(faceBench, folder, "--json", "--cache", cache);
    expect(first.exit).toBe(0);
    const report = JSON.parse(first.out) as { fnmr: Record<string, unknown> };
    expect(report).toMatchObject({ images: 4, people: 2, genuine: 2, impostor: 4, failureToAcquire: 0 });
    expect(Object.keys(report.fnmr)).toEqual(["1e-2", "1e-3", "1e-4", "1e-5"]);
    expect(report.fnmr["1e-2"]).toMatchObject({
      fnmr: 0,
      low: 0,
      high: expect.any(Number),
      threshold: expect.any(Number),
    });
    expect(report).toMatchObject({
      shipped: { fmr: 0, fnmr: 0, strict: { fmr: 0, threshold: expect.any(Number) } },
      ms: { detect: expect.any(Number) },
    });
    const start = performance.now();
    const second = await run(faceBench, folder, "--json", "--cache", cache);
    expect(second.out).toBe(first.out);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("a list of pairs compares these alone", async () => {
    await cp(file("p1002_0001.jpg"), file("other.jpg"));
    const list = file("pairs.csv");
    await writeFile(
      list,
      "Decision,file_x,file_y\nYes,p1001_0001.jpg,p1001_0002.jpg\r\nNo,p1001_0001.jpg,other.jpg\n",
    );
    const { exit, out } = await run(faceBench, list, "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ images: 3, people: null, genuine: 1, impostor: 1, fused: [] });
    expect((await run(faceBench, list)).out).toContain("3 pictures, 1 genuine and 1 impostor comparisons");
  });

  test("bad input: exit 2, with the line of the list", async () => {
    const list = file("bad.csv");
    await writeFile(list, "file_x,file_y,Decision\na.jpg,b.jpg,Maybe\n");
    expect((await run(faceBench, list)).err).toMatch(/bad\.csv:2: Decision must be Yes or No/);
    await writeFile(list, "a,b\n");
    expect((await run(faceBench, list)).err).toMatch(
      /bad\.csv:1: the columns file_x, file_y and Decision are needed/,
    );
    expect((await run(faceBench, file("nowhere"))).err).toMatch(/nowhere: no such file or folder/);
    const empty = await mkdtemp(join(folder, "empty-"));
    const { exit, err } = await run(faceBench, empty);
    expect([exit, err]).toEqual([2, expect.stringContaining("0 pictures named PERSON_0001.jpg")]);
  });

  test("a cache entry that is damaged is made anew", async () => {
    const cache = file("cache2");
    const first = await run(faceBench, folder, "--json", "--cache", cache);
    const [version = ""] = await readdir(cache);
    for (const entry of await readdir(join(cache, version))) {
      const path = join(cache, version, entry);
      await writeFile(path, (await readFile(path, "utf8")).slice(0, 50));
    }
    const again = await run(faceBench, folder, "--json", "--cache", cache);
    expect(again.exit).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ fnmr: (JSON.parse(first.out) as { fnmr: object }).fnmr });
  });
});

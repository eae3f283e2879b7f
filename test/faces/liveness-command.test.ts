import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openLandmarkEngine } from "../../scripts/attacks/landmark-engine.ts";
import { portraitsIn } from "../../scripts/attacks/portraits.ts";
import { makeSequence } from "../../scripts/attacks/sequence.ts";
import { faceLiveness } from "../../src/cli/face-liveness.ts";
import { packagedModels } from "../../src/drivers/face-nets/model-manifest.ts";
import type { Picture } from "../../src/ports/face-engine.ts";

const frames = 14;
const framesPerSecond = 6;
let folder: string;
let living: readonly Picture[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-liveness-"));
  await using engine = await openLandmarkEngine();
  const portraits = await portraitsIn(join(packagedModels(), "..", "demo", "sample1.jpg"), engine);
  const options = { portraits: portraits.slice(0, 1), frames, framesPerSecond, codec: false } as const;
  living = await makeSequence({ kind: "turning", seed: 4, ...options });
  const sheet = await makeSequence({ kind: "tablet", seed: 1, ...options });
  await write("judged/1-person", living);
  await write("judged/2-screen", sheet);
  await write("bad/1-one-frame", living.slice(0, 1));
  await write("bad/2-nobody", living.slice(0, 3).map(emptied));
  await mkdir(join(folder, "bad/3-empty"), { recursive: true });
  await write("bad/4-torn", living.slice(0, 3));
  await writeFile(join(folder, "bad/4-torn/frame-1.png"), "no picture");
  await write("bad/5-two-people", living.slice(0, 3).map(doubled));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, pictures: readonly Picture[]): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  for (const [index, { width, height, rgb }] of pictures.entries()) {
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toFile(join(folder, name, `frame-${index}.png`));
  }
}

const emptied = ({ width, height, rgb }: Picture): Picture => ({
  width,
  height,
  rgb: new Uint8Array(rgb.length).fill(120),
});

/** The picture twice, side by side. */
function doubled({ width, height, rgb }: Picture): Picture {
  const twice = new Uint8Array(rgb.length * 2);
  for (let row = 0; row < height; row += 1) {
    const line = rgb.subarray(row * width * 3, (row + 1) * width * 3);
    twice.set(line, row * width * 6);
    twice.set(line, row * width * 6 + width * 3);
  }
  return { width: width * 2, height, rgb: twice };
}

async function run(...args: readonly string[]) {
  let out = "";
  let err = "";
  const exit = await faceLiveness.run(args, {
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

describe("face liveness", () => {
  test("each folder is an attempt: live or not, why, by which cues; exit 1 where one is not", async () => {
    const { exit, out, err } = await run(join(folder, "judged"), "--fps", `${framesPerSecond}`, "--json");
    expect([exit, err]).toEqual([1, ""]);
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      attempts: [
        {
          attempt: "1-person",
          verdict: "live",
          live: true,
          frames,
          faces: frames,
          why: expect.stringContaining("says live"),
        },
        {
          attempt: "2-screen",
          verdict: "attack",
          live: false,
          frames,
          cues: expect.arrayContaining([
            expect.objectContaining({ cue: "surround", says: "attack", figures: expect.any(Object) }),
          ]),
        },
      ],
      summary: { attempts: 2, live: 1, attack: 1, uncertain: 0, faults: 0 },
    });
  });

  test("a folder of frames is one attempt; all live is exit 0; a line for people", async () => {
    const { exit, out } = await run(join(folder, "judged/1-person"), "--fps", `${framesPerSecond}`);
    expect(exit).toBe(0);
    expect(out).toMatch(/^\. {2}live {17}face in 14 of 14 frames; .*says live \(0\.\d\d\)/);
    expect(out).toMatch(/\n\n1 attempts: 1 live, 0 attacks, 0 uncertain\n$/);
  });

  test("what cannot be judged is named, the rest is judged all the same, exit 2", async () => {
    const { exit, out, err } = await run(join(folder, "bad"), "--json");
    expect(exit).toBe(2);
    expect(err.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^face liveness: 1-one-frame: one frame only/),
      expect.stringMatching(/^face liveness: 3-empty: no frames \(JPEG, PNG or PGM\)$/),
      expect.stringMatching(/^face liveness: 4-torn: .*frame-1\.png: /),
    ]);
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({
      attempts: [
        { attempt: "1-one-frame", live: false, fault: expect.any(String) },
        { attempt: "2-nobody", live: false, why: "no face found in 3 frames" },
        { attempt: "3-empty", live: false, frames: 0 },
        { attempt: "4-torn", live: false },
        {
          attempt: "5-two-people",
          live: false,
          why: expect.stringMatching(/^several faces in \d of \d frames/),
        },
      ],
      summary: { attempts: 5, live: 0, faults: 3 },
    });
  });

  test.each([
    [[], /one folder is needed; see --help/],
    [["/nowhere/at/all"], /\/nowhere\/at\/all: there is no such file/],
    [[".", "--fps", "0"], /--fps 0: a number from 1 to 120 is expected/],
    [[".", "--backend", "abacus"], /--backend abacus: /],
    [[".", "--wrong"], /--wrong/],
  ])("wrong usage %j: exit 2 and one line saying what", async (args, why) => {
    const { exit, out, err } = await run(...args.map((arg) => (arg === "." ? join(folder, "judged") : arg)));
    expect([exit, out]).toEqual([2, ""]);
    expect(err).toMatch(why);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

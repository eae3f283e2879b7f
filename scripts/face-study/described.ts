import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mainFace } from "../../src/cli/face-pictures.ts";
import { cutChip, mirrored, squareAround } from "../../src/drivers/face-nets/recipe/chip.ts";
import {
  chipToPicture,
  meanPoints,
  mirroredLandmarks,
} from "../../src/drivers/face-nets/recipe/mean-face.ts";
import type { Nets } from "../../src/drivers/face-nets/recipe/nets.ts";
import { RecipeEngine } from "../../src/drivers/face-nets/recipe/recipe-engine.ts";
import { apply } from "../../src/drivers/face-nets/recipe/similarity.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { Box, Picture, Point } from "../../src/ports/face-engine.ts";
import { chipsOf, cuts, type Passes } from "./variants.ts";

const chipSize = 150;
const dimensions = 128;

/** The raw descriptors of one set of pictures, cut in every way. */
export interface DescribedSet {
  readonly name: string;
  readonly pictures: number;
  /** The person of each picture that was described. */
  readonly people: readonly string[];
  /** By cut: 128 numbers of every picture, one picture after the other; as it is, and in a mirror. */
  readonly plain: ReadonlyMap<string, Float32Array>;
  readonly mirror: ReadonlyMap<string, Float32Array>;
}

interface Stored {
  readonly pictures: number;
  readonly people: readonly string[];
}

/** Describes the pictures of a folder, or takes what was kept in `cache`. `grey`: with their colour taken away. */
export async function describeSet(
  nets: Nets,
  folder: string,
  name: string,
  grey: boolean,
  cache: string,
): Promise<DescribedSet> {
  const index = join(cache, `${name}.json`);
  const numbers = join(cache, `${name}.f32`);
  const kept = await readFile(index, "utf8").catch(() => undefined);
  if (kept === undefined) {
    const { stored, rows } = await describeAll(nets, folder, grey);
    await mkdir(cache, { recursive: true, mode: 0o700 });
    await writeFile(numbers, Buffer.concat(rows.map((row) => Buffer.from(row.buffer))), { mode: 0o600 });
    await writeFile(index, JSON.stringify(stored), { mode: 0o600 });
  }
  const stored = JSON.parse(await readFile(index, "utf8")) as Stored;
  const bytes = await readFile(numbers);
  return byCut(
    name,
    stored,
    new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
  );
}

function byCut(name: string, { pictures, people }: Stored, all: Float32Array): DescribedSet {
  const [plain, mirror] = [new Map<string, Float32Array>(), new Map<string, Float32Array>()];
  const stride = cuts.size * 2 * dimensions;
  for (const [position, cut] of [...cuts.keys()].entries()) {
    for (const [side, kind] of [plain, mirror].entries()) {
      const values = new Float32Array(people.length * dimensions);
      for (let picture = 0; picture < people.length; picture += 1) {
        const from = picture * stride + (position * 2 + side) * dimensions;
        values.set(all.subarray(from, from + dimensions), picture * dimensions);
      }
      kind.set(cut, values);
    }
  }
  return { name, pictures, people, plain, mirror };
}

async function describeAll(nets: Nets, folder: string, grey: boolean) {
  const engine = await RecipeEngine.start({ id: "study", hash: "", dimensions }, "onnx", nets);
  const rows: Float32Array[] = [];
  const people: string[] = [];
  let pictures = 0;
  for (const { file, person } of await picturesOf(folder)) {
    pictures += 1;
    const decoded = await decodePicture(await readFile(file));
    const picture = grey ? withoutColour(decoded) : decoded;
    const face = mainFace(picture, await engine.detect(picture, "thorough"));
    const passes = face && (await passesOf(nets, picture, face.box));
    if (passes === undefined) continue;
    const described = await nets.describe(chipsOf(picture, passes));
    const row = new Float32Array(described.length * dimensions);
    for (const [index, values] of described.entries()) row.set(values, index * dimensions);
    rows.push(row);
    people.push(person);
    if (rows.length % 100 === 0) process.stderr.write(`${folder}: ${rows.length} pictures described\n`);
  }
  return { stored: { pictures, people }, rows };
}

export async function picturesOf(folder: string): Promise<readonly { file: string; person: string }[]> {
  return (await readdir(folder)).toSorted().flatMap((name) => {
    const person = /^(?<person>.+)_\d{1,6}\.(?:jpe?g|png|pgm)$/i.exec(name)?.groups?.["person"];
    return person === undefined ? [] : [{ file: join(folder, name), person }];
  });
}

function withoutColour({ width, height, rgb }: Picture): Picture {
  const grey = rgb.map((_, index) => {
    const first = index - (index % 3);
    return Math.round(
      0.299 * (rgb[first] ?? 0) + 0.587 * (rgb[first + 1] ?? 0) + 0.114 * (rgb[first + 2] ?? 0),
    );
  });
  return { width, height, rgb: grey };
}

async function passesOf(nets: Nets, picture: Picture, box: Box): Promise<Passes | undefined> {
  const toPicture = squareAround(box, 112);
  const [found = []] = await nets.landmarks([cutChip(picture, toPicture, 112)]);
  const one = found.map((point) => apply(toPicture, point));
  const first = await again(nets, picture, one);
  const next = first && (await again(nets, picture, first.both));
  if (first === undefined || next === undefined) return undefined;
  const passes = { one, plain: first.plain, two: first.both, three: next.both };
  return Object.values(passes).every((points) => chipToPicture(points, chipSize, 0.25) !== undefined)
    ? passes
    : undefined;
}

/** Landmarks on the upright chip, and averaged with those of its mirror image. */
async function again(nets: Nets, picture: Picture, landmarks: readonly Point[]) {
  const upright = chipToPicture(landmarks, chipSize, 0.35);
  if (upright === undefined) return undefined;
  const chip = cutChip(picture, upright, chipSize);
  const [seen = [], inMirror = []] = await nets.landmarks([chip, mirrored(chip)]);
  const both = meanPoints(seen, mirroredLandmarks(inMirror, chipSize));
  return {
    plain: seen.map((point) => apply(upright, point)),
    both: both.map((point) => apply(upright, point)),
  };
}

// How often a face is not found, by its size in the picture: node scripts/detector-study.ts DIR… [--every N]
// Each DIR holds portraits with one face in the middle. They are looked at as they are, and put small and large into a
// frame of 640×360 before something blurred. A table for docs/benchmarks.md comes out.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import sharp from "sharp";
import {
  convertedModels,
  packagedModels,
  readConverted,
  readManifest,
  verifyModels,
} from "../src/drivers/face-nets/model-manifest.ts";
import { loadOnnxNets } from "../src/drivers/face-nets/onnx/onnx-nets.ts";
import { RecipeEngine } from "../src/drivers/face-nets/recipe/recipe-engine.ts";
import { decodePicture } from "../src/drivers/picture-sharp/decode.ts";
import type { Box, Picture } from "../src/ports/face-engine.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: "string", default: "1" } },
});
const every = Number(values.every);
const [width, height] = [640, 360];
/** Of the whole portrait, in pixels; 0: as it is. */
const heights = [0, 360, 250, 180, 120, 80] as const;
const tinySizes = [96, 128, 160, 224, 320, 416, 512] as const;

const manifest = await readManifest();
const models = await verifyModels(manifest, packagedModels());
const nets = await loadOnnxNets(await readConverted(manifest, convertedModels));
const engine = await RecipeEngine.start({ id: "study", hash: models.hash, dimensions: 128 }, "onnx", nets);
const sample = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
  "sample6.jpg",
);
const background = await sharp(sample)
  .resize(width, height, { fit: "cover" })
  .blur(25)
  .removeAlpha()
  .raw()
  .toBuffer();

async function placed(portrait: Picture, high: number): Promise<Picture> {
  if (high === 0) return portrait;
  const wide = Math.round((portrait.width / portrait.height) * high);
  const raw = { width: portrait.width, height: portrait.height, channels: 3 } as const;
  const input = await sharp(portrait.rgb, { raw }).resize(wide, high, { fit: "fill" }).png().toBuffer();
  const rgb = await sharp(background, { raw: { width, height, channels: 3 } })
    .composite([{ input, left: (width - wide) >> 1, top: (height - high) >> 1 }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, rgb: new Uint8Array(rgb) };
}

/** Found where it is: the box's middle lies in the middle of the portrait. */
function isRight(box: Box | undefined, picture: Picture, portraitHeight: number): boolean {
  if (box === undefined) return false;
  const off = (middle: number, of: number): number => Math.abs(middle - of / 2) / portraitHeight;
  return (
    off(box.x + box.width / 2, picture.width) < 0.25 && off(box.y + box.height / 2, picture.height) < 0.3
  );
}

type Ways = Readonly<Record<string, (picture: Picture, last: Box | undefined) => Promise<Box | undefined>>>;

const ways: Ways = {
  thorough: async (picture) => (await engine.detect(picture, "thorough"))[0]?.box,
  quick: async (picture) => (await engine.detect(picture, "quick"))[0]?.box,
  glance: async (picture) => (await engine.detect(picture, "glance"))[0]?.box,
  "glance, near": async (picture, last) => (await engine.detect(picture, "glance", last))[0]?.box,
  SSD: async (picture) => (await nets.findThoroughly(picture, 0.5))[0]?.box,
  ...Object.fromEntries(
    tinySizes.map((size) => [
      `tiny ${size}`,
      async (picture: Picture) => (await nets.findQuickly(picture, size, 0.5))[0]?.box,
    ]),
  ),
};

/** Where a face was a moment ago: a fifth of its size away, in a direction that differs from picture to picture. */
function lastPlace(box: Box | undefined, index: number): Box | undefined {
  if (box === undefined) return undefined;
  return {
    ...box,
    x: box.x + 0.2 * box.width * Math.cos(index),
    y: box.y + 0.2 * box.height * Math.sin(index),
  };
}

const names = Object.keys(ways);
process.stdout.write(
  `| set | portrait | pictures | ${names.join(" | ")} |\n|${" --- |".repeat(names.length + 3)}\n`,
);
for (const folder of positionals) {
  const files = readdirSync(folder).filter((name) => /\.(jpe?g|png|pgm)$/.test(name));
  const chosen = files.toSorted().filter((_, index) => index % every === 0);
  for (const high of heights) {
    const missed = new Map(names.map((name) => [name, 0]));
    for (const [index, file] of chosen.entries()) {
      const picture = await placed(await decodePicture(readFileSync(join(folder, file))), high);
      const [surest] = await engine.detect(picture, "thorough");
      for (const [name, find] of Object.entries(ways)) {
        const found = await find(picture, lastPlace(surest?.box, index));
        if (!isRight(found, picture, high === 0 ? picture.height : high))
          missed.set(name, (missed.get(name) ?? 0) + 1);
      }
    }
    const cells = [...missed.values()].map((count) => `${((100 * count) / chosen.length).toFixed(1)} %`);
    const size = high === 0 ? "as it is" : `${high} px of ${height}`;
    process.stdout.write(`| ${basename(folder)} | ${size} | ${chosen.length} | ${cells.join(" | ")} |\n`);
  }
}

/**
 * Writes generated presentations as folders of frames.
 * `node scripts/attacks.ts OUT [--kind KIND] [--count N] [--seed N] [--pictures DIR] [--frames N] [--fps N]`
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { openLandmarkEngine } from "./attacks/landmark-engine.ts";
import { makeSequence } from "./attacks/sequence.ts";
import { kinds } from "./attacks/species.ts";
import { Casting, findPeople } from "./attacks/study-sources.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: "string", multiple: true },
    count: { type: "string", default: "3" },
    seed: { type: "string", default: "0" },
    pictures: { type: "string" },
    sets: { type: "string", default: "orl,lfw-gray,johns" },
    frames: { type: "string", default: "24" },
    fps: { type: "string", default: "10" },
  },
});
const [out] = positionals;
const wanted = values.kind ?? kinds;
const unknown = wanted.filter((kind) => !kinds.some((known) => known === kind));
if (out === undefined || unknown.length > 0) {
  process.stderr.write(`a folder is needed, and kinds out of ${kinds.join(", ")}\n`);
  process.exit(2);
}

await using engine = await openLandmarkEngine();
const casting = new Casting(await findPeople(values.pictures, values.sets.split(",")), engine);
const [frames, framesPerSecond, first] = [Number(values.frames), Number(values.fps), Number(values.seed)];
for (const kind of kinds.filter((each) => wanted.includes(each) && casting.canShow(each))) {
  for (let seed = first; seed < first + Number(values.count); seed += 1) {
    const { portraits } = await casting.personFor(kind, seed);
    const folder = join(out, `${kind}-${seed}`);
    await mkdir(folder, { recursive: true });
    const sequence = await makeSequence({ kind, seed, portraits, frames, framesPerSecond, codec: true });
    for (const [index, { width, height, rgb }] of sequence.entries()) {
      const name = `frame-${String(index).padStart(3, "0")}.png`;
      await sharp(rgb, { raw: { width, height, channels: 3 } })
        .png()
        .toFile(join(folder, name));
    }
    process.stdout.write(`${folder}\n`);
  }
}

/**
 * How often attacks pass as living people and living people as attacks, per species and per cue.
 * `node scripts/liveness-study.ts [--pictures DIR] [--each N] [--cache DIR] [--from N] [--frames N] [--fps N]`
 * `--every N`: only every so many frames is looked at, as on a busy machine
 * `--kept`: of what is in the cache already, nothing new is made
 */
import { parseArgs } from "node:util";
import { doorTable } from "./attacks/at-the-door.ts";
import { collect, keptOf, type Presentation } from "./attacks/collect.ts";
import { type Judged, judge } from "./attacks/error-rates.ts";
import { openLandmarkEngine } from "./attacks/landmark-engine.ts";
import { kinds } from "./attacks/species.ts";
import { studyReport } from "./attacks/study-report.ts";
import { Casting, findPeople } from "./attacks/study-sources.ts";

const { values } = parseArgs({
  options: {
    pictures: { type: "string" },
    sets: { type: "string", default: "orl,lfw-gray,johns" },
    each: { type: "string", default: "150" },
    from: { type: "string", default: "0" },
    cache: { type: "string", default: "var/liveness-study" },
    frames: { type: "string", default: "16" },
    fps: { type: "string", default: "6" },
    every: { type: "string", default: "1" },
    kept: { type: "boolean", default: false },
  },
});

const [from = 0, each = 0, frames = 16, framesPerSecond = 6, every = 1] = [
  values.from,
  values.each,
  values.frames,
  values.fps,
  values.every,
].map(Number);
/** For how long somebody stood there when the card was read, in milliseconds. */
const watchedFor = [0, 1_000, 2_000];

await using engine = await openLandmarkEngine();
const casting = new Casting(await findPeople(values.pictures, values.sets.split(",")), engine);
const presentations: Presentation[] = [];
const judged: Judged[] = [];
for (let index = from; index < each; index += 1) {
  for (const kind of kinds.filter((each) => casting.canShow(each))) {
    const options = { kind, index, frames, framesPerSecond, every, cache: values.cache };
    const presentation = values.kept ? await keptOf(options) : await collect(options, casting, engine);
    if (presentation === undefined) continue;
    presentations.push(presentation);
    judged.push(judge(presentation));
  }
  process.stderr.write(`\r${index + 1} of ${each} of each kind`);
}
process.stderr.write("\n");
process.stdout.write(studyReport(judged));
process.stdout.write(`
### At the door, level passive

${doorTable(presentations, watchedFor).join("\n")}
`);

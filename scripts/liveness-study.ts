/**
 * How often attacks pass as living people and living people as attacks, per species and per cue.
 * `node scripts/liveness-study.ts [--pictures DIR] [--each N] [--cache DIR] [--from N]`
 */
import { parseArgs } from "node:util";
import { collect } from "./attacks/collect.ts";
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
  },
});

const [from, each, frames, framesPerSecond] = [values.from, values.each, values.frames, values.fps].map(
  Number,
);
await using engine = await openLandmarkEngine();
const casting = new Casting(await findPeople(values.pictures, values.sets.split(",")), engine);
const judged: Judged[] = [];
for (let index = from ?? 0; index < (each ?? 0); index += 1) {
  for (const kind of kinds.filter((each) => casting.canShow(each))) {
    const options = {
      kind,
      index,
      frames: frames ?? 16,
      framesPerSecond: framesPerSecond ?? 6,
      cache: values.cache,
    };
    judged.push(judge(await collect(options, casting, engine)));
  }
  process.stderr.write(`\r${index + 1} of ${each} of each kind`);
}
process.stderr.write("\n");
process.stdout.write(studyReport(judged));

// What cameras take of the processor, idle and live, and how soon an idle one shows the present, as a table:
// node scripts/bench-cameras.ts [--cameras N] [--seconds N] [--wakes N]
// How soon a camera that shows nothing, or nothing new, is found out (T17, T18): node scripts/bench-cameras.ts --detections N
// Needs what scripts/test installs for a real RTSP server.
import process from "node:process";
import { parseArgs } from "node:util";
import { detectionFigures } from "./benchmarks/cameras/detections.ts";
import { cameraFigures } from "./benchmarks/cameras/idle-cameras.ts";
import { table } from "./benchmarks/figures.ts";

const { values } = parseArgs({
  options: {
    cameras: { type: "string", default: "4" },
    seconds: { type: "string", default: "20" },
    wakes: { type: "string", default: "40" },
    detections: { type: "string", default: "0" },
  },
});
const rounds = Number(values.detections);
const figures =
  rounds > 0
    ? await detectionFigures(rounds)
    : await cameraFigures({
        cameras: Number(values.cameras),
        measuredMs: Number(values.seconds) * 1000,
        wakes: Number(values.wakes),
      });
process.stdout.write(table(figures));

// What cameras take of the processor, idle and live, and how soon an idle one shows the present, as a table:
// node scripts/bench-cameras.ts [--cameras N] [--seconds N] [--wakes N]
// Needs what scripts/test installs for a real RTSP server.
import process from "node:process";
import { parseArgs } from "node:util";
import { cameraFigures } from "./benchmarks/cameras/idle-cameras.ts";
import { table } from "./benchmarks/figures.ts";

const { values } = parseArgs({
  options: {
    cameras: { type: "string", default: "4" },
    seconds: { type: "string", default: "20" },
    wakes: { type: "string", default: "40" },
  },
});
const figures = await cameraFigures({
  cameras: Number(values.cameras),
  measuredMs: Number(values.seconds) * 1000,
  wakes: Number(values.wakes),
});
process.stdout.write(table(figures));

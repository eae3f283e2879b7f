// What faces cost, beside the library used in its straightforward way: node scripts/bench-faces.ts [--rounds N] [--json FILE]
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { faceFigures } from "./benchmarks/faces.ts";
import { table } from "./benchmarks/figures.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, json: { type: "string" } },
});
const before = loadavg()[0];
const figures = await faceFigures(Number(values.rounds));
process.stdout.write(
  `load ${before?.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} after\n\n${table(figures)}`,
);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

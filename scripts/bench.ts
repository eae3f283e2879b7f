// What the demo site takes, in time and memory, as a table: scripts/bench [--passages N] [--watched N] [--kills N] [--json FILE]
// Every figure is measured on a site of its own, in var/, which is removed afterwards.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { bothSecure, DemoSite, pause, until } from "./benchmarks/demo-site.ts";
import { faceFigures } from "./benchmarks/faces.ts";
import { type Figure, table } from "./benchmarks/figures.ts";
import { journalWrites } from "./benchmarks/journal-writes.ts";
import { kills } from "./benchmarks/kills.ts";
import { passages } from "./benchmarks/passages.ts";
import { cpuFigures, memoryFigures } from "./benchmarks/process-figures.ts";
import { firstStart, laterStarts } from "./benchmarks/starts.ts";
import { watching } from "./benchmarks/watching.ts";

const { values } = parseArgs({
  options: {
    passages: { type: "string", default: "30" },
    kills: { type: "string", default: "10" },
    starts: { type: "string", default: "5" },
    watched: { type: "string", default: "30" },
    arriving: { type: "string", default: "10" },
    json: { type: "string" },
  },
});

/** Everything that is loaded once and then stays has been by then. */
const restMs = 8_000;
const cpuMs = 10_000;

const say = (what: string): void => void process.stderr.write(`${what} …\n`);

async function measureRunning(data: string, cookie: string): Promise<Figure[]> {
  await using site = await DemoSite.start(data, cookie);
  await until("both doors secure", async () => bothSecure(await site.state()), 60_000);
  await until("vision", async () => (await site.state())?.processes.vision.state === "running", 60_000);
  await pause(restMs);
  say("at rest");
  const atRest = [...memoryFigures("after a start", site.pid, 600), ...(await cpuFigures(site.pid, cpuMs))];
  say(`${values.passages} passages`);
  const passed = await passages(site, Number(values.passages));
  const afterPassages = memoryFigures(`after ${values.passages} passages`, site.pid, 600);
  say(`each process killed ${values.kills} times`);
  return [...passed, ...atRest, ...afterPassages, ...(await kills(site, Number(values.kills)))];
}

mkdirSync("var", { recursive: true });
const data = mkdtempSync("var/bench-");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("exit", () => rmSync(data, { recursive: true, force: true }));
const machine = {
  processor: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  loadBefore: loadavg().map((value) => Number(value.toFixed(2))),
};
say("faces, beside the straightforward loop");
const faces = await faceFigures(7);
say("journal");
const journal = journalWrites(data, 500);
say("first start");
const first = await firstStart(data);
say(`${values.starts} starts`);
const later = await laterStarts(data, first.cookie, Number(values.starts));
const running = await measureRunning(data, first.cookie);
say(
  `4 real cameras, ${values.watched} passages with a face in view, ${values.arriving} with one that comes later`,
);
const watched = await watching(mkdtempSync(join(data, "watching-")), {
  watched: Number(values.watched),
  arriving: Number(values.arriving),
});
const figures = [...faces, ...watched, ...later, ...first.figures, ...running, ...journal];
const about = { ...machine, loadAfter: loadavg().map((value) => Number(value.toFixed(2))) };
process.stdout.write(`${JSON.stringify(about)}\n\n${table(figures)}`);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ machine: about, figures }, null, 2)}\n`);
}

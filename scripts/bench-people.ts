// What a site of many people takes, as a table: node scripts/bench-people.ts [DIRECTORY] [--people N] [--starts N] [--keep] [--built] [--only starts]
// --built: DIRECTORY holds them already, from a run with --keep.
// The directory should lie on the disk that is meant (default: a new one under the system's temporary folder).
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { DemoSite, underControl, until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";
import { build, imports, lookUps } from "./benchmarks/people.ts";
import { memoryFigures } from "./benchmarks/process-figures.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    people: { type: "string", default: "100000" },
    starts: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
    only: { type: "string" },
    built: { type: "boolean", default: false },
  },
});
const people = Number(values.people);

/** The whole program over these people: the command, until the page answers and the doors are under control. */
async function start(
  data: string,
): Promise<{ readonly page: number; readonly control: number; readonly memory: Figure[] }> {
  await using site = await DemoSite.start(data);
  const page = await until("the page", () => site.pageAnswers(), 60_000);
  await site.logIn();
  const control = await until("the doors", async () => underControl(await site.state()), 60_000);
  const memory = memoryFigures("after a start", site.pid, 600);
  return { page: page - site.startedAt, control: control - site.startedAt, memory };
}

/** In turns with a site of nobody but the demo's people: what else runs here slows both. */
async function starts(data: string, times: number): Promise<Figure[]> {
  if (times === 0) return [];
  const empty = mkdtempSync(join(tmpdir(), "vestibule-nobody-"));
  try {
    await start(empty); // whatever is only done once is done by then
    const many = [];
    const few = [];
    for (let run = 0; run < times; run++) {
      few.push(await start(empty));
      many.push(await start(data));
    }
    return [
      figure(
        "command → the page answers",
        many.map(({ page }) => page),
        "ms",
        5_000,
        "largest",
      ),
      figure(
        "command → doors under control",
        many.map(({ control }) => control),
        "ms",
        5_000,
        "largest",
      ),
      figure(
        "… the page, with the demo's three people",
        few.map(({ page }) => page),
        "ms",
      ),
      figure(
        "… the doors, with the demo's three people",
        few.map(({ control }) => control),
        "ms",
      ),
      ...(many.at(-1)?.memory ?? []),
    ];
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}

const given = positionals[0];
if (given !== undefined) mkdirSync(given, { recursive: true });
const data = given ?? mkdtempSync(join(tmpdir(), "vestibule-people-"));
try {
  const built = values.built ? [] : build(data, people);
  const figures = [
    ...built,
    ...(values.only === "starts" ? [] : lookUps(data, people)),
    ...(await starts(data, Number(values.starts))),
    ...(values.only === "starts" ? [] : await imports(data)),
  ];
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(", ");
  process.stdout.write(
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, load average ${load}\n\n`,
  );
  process.stdout.write(table(figures));
} finally {
  if (!values.keep && given === undefined) rmSync(data, { recursive: true, force: true });
}

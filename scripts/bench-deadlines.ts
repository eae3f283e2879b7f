// How soon the doors are secured, as a table: node scripts/bench-deadlines.ts [--edges N] [--rounds N] [--load N]
//   [--priority NICE] [--json FILE]
// The real supervisor, interlock, controller and vision on the simulated building, which moves the contacts and looks at
// the clock itself; beside them `--load` processes that compare faces without a pause, as vision at its busiest does.
// What the tests measured last on a real kernel's GPIO is printed apart.
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, getPriority, loadavg, setPriority } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { niceness } from "../src/composition/niceness.ts";
import type { SiteStart } from "../src/composition/site-start.ts";
import { loadSite } from "../src/config/load.ts";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import type { LockKeeper } from "../src/ports/lock-keeper.ts";
import { Supervisor } from "../src/supervisor/supervisor.ts";
import { kernelTable } from "./benchmarks/deadlines/kernel-figures.ts";
import type { Order, Seen } from "./benchmarks/deadlines/orders.ts";
import { stopActions } from "./benchmarks/deadlines/stop-action.ts";
import { until } from "./benchmarks/demo-site.ts";
import { type Figure, figure, table } from "./benchmarks/figures.ts";

const { values } = parseArgs({
  options: {
    edges: { type: "string", default: "1000" },
    rounds: { type: "string", default: "10" },
    load: { type: "string", default: String(availableParallelism()) },
    priority: { type: "string", default: "0" },
    json: { type: "string" },
  },
});
const entry = fileURLToPath(new URL("./benchmarks/deadlines/entry.ts", import.meta.url));
const loadEntry = fileURLToPath(new URL("./benchmarks/deadlines/vision-load.ts", import.meta.url));
const clock = new SystemClock();
const say = (what: string): void => void process.stderr.write(`${what} …\n`);

/** The deadlines that were promised, in milliseconds. */
const promised = {
  edge: 10,
  controller: 1_500,
  interlockKilled: 200,
  interlockStopped: 1_200,
  stopAction: 150,
} as const;
const longestMs = 30 * 60_000;

/** Where a GPIO board has its lines: here only the instants count at which the parent parks them. */
class ParkingTimes implements LockKeeper {
  readonly at: number[] = [];
  inheritedDescriptors(): readonly number[] {
    return [];
  }
  park(): void {
    this.at.push(clock.now());
  }
  [Symbol.dispose](): void {}
}

function siteIn(folder: string): SiteStart {
  const draft = parse(readFileSync("firmware-config/demo.yaml", "utf8")) as Record<string, unknown>; // our own file, checked below
  const door = { bolt: "fitted", rex: "fitted", contactDebounce: 0.02, flapLimit: 100, releaseTime: 30 };
  const [vestibule] = draft["vestibules"] as Record<string, unknown>[];
  Object.assign(vestibule ?? {}, { settleTime: 0, doors: { outer: door, inner: door } });
  Object.assign(draft["site"] as object, { demoPeople: false });
  draft["mqtt"] = { broker: "none" };
  draft["http"] = { port: 0 };
  const file = join(folder, "site.yaml");
  writeFileSync(file, stringify(draft));
  return {
    site: loadSite(file, {}),
    configurationHash: "",
    configurationFile: "",
    dataDirectory: resolve(folder),
    version: "benchmark",
  };
}

const seenIn = (trace: string): readonly Seen[] =>
  existsSync(trace)
    ? readFileSync(trace, "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Seen) // written by our own building
    : [];

function figuresOf(seen: readonly Seen[], parkings: readonly number[]): Figure[] {
  const edges = seen.flatMap((one) => (one.what === "edge" ? [one.took] : []));
  const ends = seen.flatMap((one) => (one.what === "end" ? [one] : []));
  const ended = (role: string, by: string) => ends.filter((end) => end.role === role && end.by === by);
  const secured = (role: string, by: string): number[] => ended(role, by).map(({ took }) => took);
  const parked = (by: string): number[] =>
    ended("interlock", by).map(
      ({ at }) => (parkings.find((parking) => parking >= at) ?? Number.POSITIVE_INFINITY) - at,
    );
  return [
    figure("a door's contact opens → the other door's lock secured", edges, "ms", promised.edge, "p99"),
    figure(
      "kill -9 controller → lock secured",
      secured("controller", "SIGKILL"),
      "ms",
      promised.controller,
      "largest",
    ),
    figure(
      "SIGSTOP controller → lock secured",
      secured("controller", "SIGSTOP"),
      "ms",
      promised.controller,
      "largest",
    ),
    figure(
      "kill -9 interlock → its parent parks the lines",
      parked("SIGKILL"),
      "ms",
      promised.interlockKilled,
      "largest",
    ),
    figure(
      "SIGSTOP interlock → its parent parks the lines",
      parked("SIGSTOP"),
      "ms",
      promised.interlockStopped,
      "largest",
    ),
    figure("kill -9 interlock → lock secured, simulated building", secured("interlock", "SIGKILL"), "ms"),
    figure("SIGSTOP interlock → lock secured, simulated building", secured("interlock", "SIGSTOP"), "ms"),
  ];
}

async function startLoad(): Promise<AsyncDisposable> {
  const children = Array.from({ length: Number(values.load) }, () =>
    fork(loadEntry, { stdio: ["ignore", "ignore", "inherit", "ipc"] }),
  );
  await Promise.all(children.map((child) => once(child, "message")));
  return {
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill("SIGKILL");
    },
  };
}

mkdirSync("var", { recursive: true });
const folder = mkdtempSync("var/bench-deadlines-");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const order: Order = {
  edges: Number(values.edges),
  rounds: Number(values.rounds),
  trace: join(folder, "trace"),
};
process.env["VESTIBULE_DEADLINES"] = JSON.stringify(order);

const parkings = new ParkingTimes();
const losses: string[] = [];
const supervisor = new Supervisor({
  entry,
  roles: ["building", "interlock", "controller", "vision"],
  configuration: siteIn(folder),
  clock,
  // The building stands for wires here: its own turn at the processor is no part of what is measured.
  niceness: { ...niceness, building: getPriority() },
  locks: parkings,
  log: ({ role, event, detail }) => event === "lost" && losses.push(`${role}: ${detail}`),
  onRefusal: (role) => {
    throw new Error(`the ${role} refused to start`);
  },
});
say(`${values.load} processes that compare faces`);
await using _load = await startLoad();
// As the unit starts it; without the right to it this fails, and says so.
if (values.priority !== "0") setPriority(Number(values.priority));
say("the site");
supervisor.start();
await until(
  "all processes",
  () => supervisor.areUp(["building", "interlock", "controller", "vision"]),
  60_000,
);
say(`${values.edges} edges, ${values.rounds} rounds of kills`);
await until("the end", () => seenIn(order.trace).at(-1)?.what === "done", longestMs, 1_000);
await supervisor.stop();
say(`${values.rounds} stop actions`);
const stopping = await stopActions(resolve(folder), order.rounds);
const figures = [
  ...figuresOf(seenIn(order.trace), parkings.at),
  figure("all killed: the unit's stop action, start to end", stopping, "ms", promised.stopAction, "largest"),
].filter(({ runs }) => runs > 0);
const machine = {
  processor: cpus()[0]?.model ?? "unknown",
  cores: availableParallelism(),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
  load: loadavg().map((value) => Number(value.toFixed(2))),
  // Each process is ended as often as it was told to be; more would be one that was ended for nothing.
  priority: getPriority(),
  losses,
  endedOnPurpose: 4 * order.rounds,
};
process.stdout.write(`${JSON.stringify(machine)}\n\n${table(figures)}${kernelTable()}`);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}
process.exit(0);

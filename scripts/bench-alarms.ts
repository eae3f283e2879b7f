// From a door that is forced to the security centre, as a table: node scripts/bench-alarms.ts [--edges N] [--cards N]
//   [--load N] [--priority NICE] [--json FILE]
// The real supervisor, interlock, controller and vision on a simulated building of eight door pairs that looks at the
// clock itself, a real Mosquitto, and a subscriber in a process of its own; beside them `--load` processes that compare faces
// without a pause, and `--cards` cards a second that nobody knows, so that events flow. Needs mosquitto installed.
import { type ChildProcess, fork } from "node:child_process";
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
import { Supervisor } from "../src/supervisor/supervisor.ts";
import { Mosquitto } from "../test/support/mosquitto.ts";
import type { Order, Sighting } from "./benchmarks/alarms/order.ts";
import { pause, until } from "./benchmarks/demo-site.ts";
import { figure, table } from "./benchmarks/figures.ts";

const { values } = parseArgs({
  options: {
    edges: { type: "string", default: "500" },
    cards: { type: "string", default: "10" },
    load: { type: "string", default: "1" },
    priority: { type: "string", default: "0" },
    json: { type: "string" },
  },
});
const entry = fileURLToPath(new URL("./benchmarks/alarms/entry.ts", import.meta.url));
const centreEntry = fileURLToPath(new URL("./benchmarks/alarms/subscriber.ts", import.meta.url));
const loadEntry = fileURLToPath(new URL("./benchmarks/deadlines/vision-load.ts", import.meta.url));
const clock = new SystemClock();
const say = (what: string): void => void process.stderr.write(`${what} …\n`);
/** Of the input's edge: what the issue of an alarm is measured by. */
const promisedMs = 200;
const vestibules = Array.from({ length: 8 }, (_, index) => `v${index + 1}`);

function siteIn(folder: string, broker: string): SiteStart {
  const draft = parse(readFileSync("firmware-config/demo.yaml", "utf8")) as Record<string, unknown>; // our own file, checked below
  const [vestibule] = draft["vestibules"] as Record<string, unknown>[];
  draft["vestibules"] = vestibules.map((id) => ({ ...vestibule, id, accessPoints: readers() }));
  Object.assign(draft["site"] as object, { demoPeople: false });
  draft["mqtt"] = { broker: "external", url: broker };
  draft["http"] = { port: 0 };
  const file = join(folder, "site.yaml");
  writeFileSync(file, stringify(draft));
  const site = loadSite(file, {});
  return {
    site,
    configurationFile: resolve(file),
    configurationHash: "",
    dataDirectory: resolve(folder),
    version: "benchmark",
  };
}

const readers = () =>
  Object.fromEntries(
    ["outer-entry", "inner-entry", "inner-exit", "outer-exit"].map((name) => [
      name,
      { reader: { kind: "simulated" }, camera: "outer-entry" },
    ]),
  );

const linesOf = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
const sightingsIn = (file: string): Sighting[] =>
  linesOf(file)
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Sighting); // written by our own processes

/** An edge that no alarm followed is the largest figure there is. */
function delays(edges: readonly Sighting[], heard: readonly Sighting[]): number[] {
  const first = new Map<string, number>();
  for (const { id, count, at } of heard) if (!first.has(`${id} ${count}`)) first.set(`${id} ${count}`, at);
  return edges.map(({ id, count, at }) => (first.get(`${id} ${count}`) ?? Number.POSITIVE_INFINITY) - at);
}

async function started(file: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(file, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, ...env },
  });
  process.once("exit", () => child.kill("SIGKILL"));
  await once(child, "message");
  return child;
}

mkdirSync("var", { recursive: true });
const folder = mkdtempSync("var/bench-alarms-");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
// As the unit starts it; broker and centre stand for other machines, and have it too. Without the right to it this fails,
// and says so.
if (values.priority !== "0") setPriority(Number(values.priority));
await using broker = await Mosquitto.start({
  lines: ["set_tcp_nodelay true", "max_queued_messages 0", "log_type error"],
});
const order: Order = {
  ...{ edges: Number(values.edges), cards: Number(values.cards), vestibules },
  trace: join(folder, "edges"),
};
process.env["VESTIBULE_ALARMS"] = JSON.stringify(order);

const losses: string[] = [];
const supervisor = new Supervisor({
  entry,
  roles: ["building", "interlock", "controller", "vision"],
  configuration: siteIn(folder, broker.url),
  clock,
  // The building stands for wires here: its own turn at the processor is no part of what is measured.
  niceness: { ...niceness, building: getPriority() },
  log: ({ role, event, detail }) => event === "lost" && losses.push(`${role}: ${detail}`),
  onRefusal: (role) => {
    throw new Error(`the ${role} refused to start`);
  },
});
say("the centre");
const heardFile = join(folder, "heard");
const centre = await started(centreEntry, {
  ...{ VESTIBULE_BROKER: broker.url, VESTIBULE_HEARD: heardFile },
});
say(`${values.load} processes that compare faces`);
for (let n = 0; n < Number(values.load); n++) await started(loadEntry, {});
say("the site");
supervisor.start();
await until(
  "all processes",
  () => supervisor.areUp(["building", "interlock", "controller", "vision"]),
  180_000,
);
await pause(5_000);
const eventsOf = async (): Promise<number> => {
  centre.send("events");
  const [answer] = (await once(centre, "message")) as [{ readonly events: number }]; // our own process
  return answer.events;
};
const [eventsBefore, begun, loadBefore] = [await eventsOf(), clock.now(), loadavg()[0]];
say(`${values.edges} doors forced`);
writeFileSync(`${order.trace}.go`, "");
await until(
  "the end",
  () => linesOf(order.trace).at(-1) === "done",
  Number(values.edges) * 2_000 + 60_000,
  500,
);
const perSecond = ((await eventsOf()) - eventsBefore) / ((clock.now() - begun) / 1000);
await pause(1_000);
await supervisor.stop();
const took = delays(sightingsIn(order.trace), sightingsIn(heardFile));
const figures = [figure("a door is forced → the alarm at the subscriber", took, "ms", promisedMs, "p99")];
const machine = {
  processor: cpus()[0]?.model ?? "unknown",
  ...{ cores: availableParallelism(), node: process.version, date: new Date().toISOString().slice(0, 10) },
  load: [loadBefore, loadavg()[0]].map((value) => Number((value ?? 0).toFixed(2))),
  ...{ priority: getPriority(), eventsPerSecond: Math.round(perSecond), losses },
};
process.stdout.write(`${JSON.stringify(machine)}\n\n${table(figures)}`);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
}
await broker.stop();
process.exit(0);

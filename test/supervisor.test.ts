import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Instant, instant, wallTime } from "../src/domain/time.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { Role } from "../src/ports/process-link.ts";
import type { SupervisorMessage } from "../src/ports/supervision.ts";
import { Supervisor } from "../src/supervisor/supervisor.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import type { ChildConfiguration, ChildHabit } from "./support/supervised-child.ts";
import { until } from "./support/until.ts";

watchMachine();

interface Line {
  readonly role: Role;
  readonly pid: number;
  readonly what: string;
  readonly detail: unknown;
}

/** The machine's clock, running faster: patience of seconds is tried in a fraction of it. */
class FastClock implements Clock {
  readonly #speed: number;
  constructor(speed: number) {
    this.#speed = speed;
  }
  now(): Instant {
    return instant(performance.now() * this.#speed);
  }
  wall(): ReturnType<Clock["wall"]> {
    return wallTime(Date.now());
  }
  wakeAt(at: Instant, wake: () => void): Disposable {
    const timer = setTimeout(wake, Math.max(0, (at - this.now()) / this.#speed));
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  }
}

const entry = fileURLToPath(new URL("./support/supervised-child.ts", import.meta.url));
const roles = ["interlock", "controller", "vision"] as const;

let folder: string;
let supervisor: Supervisor | undefined;
let log: { readonly role: Role; readonly event: string; readonly detail?: string }[];
let refused: Role[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-supervisor-"));
  log = [];
  refused = [];
});
afterEach(async () => {
  await supervisor?.stop();
  rmSync(folder, { recursive: true });
});

function start(habits: Readonly<Partial<Record<Role, ChildHabit>>> = {}, speed = 1): Supervisor {
  const configuration: ChildConfiguration = { trace: join(folder, "trace"), habits };
  supervisor = new Supervisor({
    entry,
    roles,
    configuration,
    clock: new FastClock(speed),
    niceness: { vision: getPriority() + 3, controller: getPriority() - 3 },
    log: (line) => log.push(line),
    onRefusal: (role) => refused.push(role),
  });
  supervisor.start();
  return supervisor;
}

function trace(): readonly Line[] {
  try {
    const lines = readFileSync(join(folder, "trace"), "utf8").split("\n");
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Line); // written by our own children
  } catch {
    return []; // nobody has written yet
  }
}
const pidOf = (role: Role): number =>
  trace().findLast((line) => line.role === role && line.what === "up")?.pid ?? 0;
const saw = (role: Role, what: string): readonly Line[] =>
  trace().filter((line) => line.role === role && line.what === what);
const lossesTold = (): readonly SupervisorMessage["losses"][number][] =>
  (saw("controller", "from supervisor").at(-1)?.detail as SupervisorMessage | undefined)?.losses ?? []; // sent by the supervisor

async function allUp(
  habits: Readonly<Partial<Record<Role, ChildHabit>>> = {},
  speed = 1,
): Promise<Supervisor> {
  const started = start(habits, speed);
  await until(() => started.areUp(roles), "all to be up");
  await until(() => roles.every((role) => pidOf(role) > 0), "their process ids");
  return started;
}

test("starts all, tells each who is there, and carries their messages", async () => {
  await allUp();
  await until(
    () => trace().filter(({ what }) => /^from (interlock|controller|vision)$/.test(what)).length >= 3,
    "a message between each two",
  );
  await until(
    () => saw("interlock", "controller up").length === 1 && saw("interlock", "vision up").length === 1,
    "what the interlock is told",
  );
  await until(
    () => saw("vision", "interlock up").length === 1 && saw("controller", "vision up").length === 1,
    "what the others are told",
  );
  expect(saw("interlock", "interlock up")).toEqual([]);
});

test("who gives way does so from the first instruction on, and nobody comes before their parent", async () => {
  await allUp();
  const nice = (role: Role): number => getPriority(pidOf(role)) - getPriority();
  expect(roles.map(nice)).toEqual([0, 0, 3]);
  process.kill(pidOf("vision"), "SIGKILL");
  await until(() => saw("vision", "up").length === 2, "vision to be back");
  expect(nice("vision")).toBe(3);
});

test(
  "T33: a killed process is back within two seconds, the others live on and are told",
  againWhereHeldUp,
  async () => {
    const running = await allUp();
    const [interlock, controller, vision] = [pidOf("interlock"), pidOf("controller"), pidOf("vision")];
    const killedAt = performance.now();
    process.kill(vision, "SIGKILL");
    await until(() => saw("interlock", "vision down").length === 1, "the others to be told");
    await until(() => running.areUp(roles) && pidOf("vision") !== vision, "vision to be back");
    expect(performance.now() - killedAt).toBeLessThan(2_000);
    await until(() => saw("interlock", "vision up").length === 2, "its return to be told");
    expect([pidOf("interlock"), pidOf("controller")]).toEqual([interlock, controller]);
    expect(log).toContainEqual({ role: "vision", event: "lost", detail: "SIGKILL" });
    await until(
      () =>
        lossesTold().some(({ role, pid, how }) => role === "vision" && pid === vision && how === "SIGKILL"),
      "the loss to be recorded",
    );
  },
);

test("T33: a killed controller hears of its own loss when it is back", async () => {
  await allUp();
  const controller = pidOf("controller");
  process.kill(controller, "SIGKILL");
  await until(() => pidOf("controller") !== controller, "a new controller");
  await until(
    () => lossesTold().some(({ role, number }) => role === "controller" && number === 1),
    "its own loss to be told",
  );
});

test("T33, T39: a process that is stopped is ended and started again", againWhereHeldUp, async () => {
  // Ten times as fast: its five seconds of patience are half a second.
  const running = await allUp({}, 10);
  const vision = pidOf("vision");
  process.kill(vision, "SIGSTOP");
  await until(
    () => log.some(({ role, event }) => role === "vision" && event === "lost"),
    "the silence to be noticed",
  );
  expect(log.find(({ event }) => event === "lost")?.detail).toMatch(/^no answer for \d+\.\d s$/);
  await until(() => running.areUp(roles) && pidOf("vision") !== vision, "vision to be back");
});

test("a process that dies young is started again and again, and the rest goes on", async () => {
  start({ vision: "diesYoung" });
  await until(
    () => log.filter(({ role, event }) => role === "vision" && event === "lost").length >= 3,
    "three deaths",
  );
  expect(log.find(({ role, event }) => role === "vision" && event === "lost")?.detail).toBe("exit 7");
  await until(() => pidOf("interlock") > 0 && pidOf("controller") > 0, "the others");
});

test.each([
  ["interlock", "refuses"],
  ["controller", "refuses"],
  ["controller", "refusesAndHangs"],
] as const)("the %s %s: it is not started again, and whoever started it is told", async (role, habit) => {
  start({ [role]: habit });
  await until(() => refused.length > 0, "the refusal");
  expect(refused).toEqual([role]);
  expect(log.filter((line) => line.role === role)).toEqual([]);
});

test("stops in reverse order, the interlock last", async () => {
  const running = await allUp();
  await running.stop();
  expect(
    trace()
      .filter(({ what }) => what === "stopping")
      .map(({ role }) => role),
  ).toEqual(roles.toReversed());
  expect(log.some(({ event }) => event === "lost")).toBe(false);
});

test(
  "a process that does not stop is killed, so that the others are stopped too",
  againWhereHeldUp,
  async () => {
    const running = await allUp({ vision: "neverStops" }, 10);
    const vision = pidOf("vision");
    await running.stop();
    expect(() => process.kill(vision, 0)).toThrow("ESRCH");
    expect(saw("interlock", "stopping")).toHaveLength(1);
  },
);

test("stopped while a child waits for its restart, nothing starts any more", async () => {
  const running = start({ vision: "diesYoung" });
  await until(() => log.filter(({ event }) => event === "lost").length >= 4, "four deaths");
  await running.stop();
  const lost = log.length;
  await sleep(400);
  expect(log).toHaveLength(lost);
});

import { mkdirSync, writeFileSync } from "node:fs";
import process from "node:process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../src/ports/process-link.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { type Phase, phases, quick, releaseTime } from "./support/passage-phases.ts";
import { instantOf } from "./support/recorded-instant.ts";
import { bothSecured, type Recorded, type SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// Real processes are killed and stopped at every step of a passage. How long each takes is asserted generously, for
// a machine that does other things too, and written to artifacts/process-recovery.json as measured.

watchMachine();

type Child = Exclude<Role, "supervisor">;

const password = "two doors and one key";
const children: readonly Child[] = ["interlock", "controller", "vision", "building"];
/** What a busy machine may take to start a process again; alone it is a fraction of it. */
const backWithin = 20_000;
const heartbeatTime = 1_000;

let daemon: DemoDaemon;
let api: SiteApi;
let start: number;
const measured: Record<string, number>[] = [];

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "processes", password, site: quick });
  api = await daemon.logIn();
  await api.enrolled();
});

afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  mkdirSync("artifacts", { recursive: true });
  writeFileSync("artifacts/process-recovery.json", `${JSON.stringify(measured, null, 1)}\n`);
});

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

/** CLOCK_MONOTONIC, which every process of this machine shares, in milliseconds. */
const now = (): number => Number(process.hrtime.bigint()) / 1e6;

async function secured(within: number): Promise<number> {
  const from = now();
  let last: unknown;
  const look = async (): Promise<true | undefined> => {
    last = await api.outputs().catch(String);
    const doors = last as Record<string, string>;
    return doors["outer.lock"] === "secured" && doors["inner.lock"] === "secured" ? true : undefined;
  };
  await seen(look, () => `both locks secured: ${JSON.stringify(last)}`, within);
  return now() - from;
}

/** Until another process has the role, and the controller says that it runs. */
async function back(role: Child, former: number): Promise<number> {
  const from = now();
  const look = async (): Promise<true | undefined> => {
    if ((daemon.pids()[role] ?? former) === former) return undefined;
    const state = await api.state().catch(() => undefined);
    if (role === "building") return state === undefined ? undefined : true;
    return state?.processes[role].state === "running" ? true : undefined;
  };
  await seen(look, `the ${role} process back`, backWithin);
  return now() - from;
}

async function expectOneLoss(role: Child, pid: number): Promise<Recorded> {
  await api.recorded("ProcessLost", start, { role });
  const losses = await api.events(start, "ProcessLost");
  expect(losses.map((loss) => [loss["role"], loss["pid"]])).toEqual([[role, pid]]);
  return losses[0] as Recorded; // the one just seen
}

async function expectAlarmOver(role: Child): Promise<void> {
  const alarm = {
    interlock: "ControllerLost",
    controller: "ControllerLost",
    vision: "VisionLost",
    building: "ContactFault",
  };
  const raised = await api.recorded("AlarmRaised", start, { alarm: alarm[role] });
  await api.recorded("AlarmReturned", raised.seq, { id: raised["id"] }, backWithin);
}

async function endAndExpectRecovery(role: Child, phase: Phase, signal: "SIGKILL" | "SIGSTOP"): Promise<void> {
  await phases[phase](api, start);
  const before = daemon.pids();
  const pid = daemon.pidOf(role);
  process.kill(pid, signal);
  // The door released before stays so for its time, where neither of those who hold it is gone (R4).
  const whole = await Promise.all([secured(backWithin + releaseTime * 1_000), back(role, pid)]);
  measured.push({ [`${signal} ${role} ${phase}: secured and seen`]: whole[0], back: whole[1] });
  const loss = await expectOneLoss(role, pid);
  expect(loss["how"]).toMatch(signal === "SIGKILL" ? /^SIGKILL$/ : /^no answer for \d/);
  await expectAlarmOver(role);
  const others = children.filter((other) => other !== role);
  expect(
    others.map((other) => daemon.pids()[other]),
    "the others work on",
  ).toEqual(others.map((other) => before[other]));
  await api.atRest();
  expect(await api.outputs()).toMatchObject(bothSecured);
  await nothingLeft();
}

/** Every alarm that came with it is over: of the process, of the lines it held, of the cameras it looked through. */
async function nothingLeft(): Promise<void> {
  let left: readonly string[] = [];
  const look = async (): Promise<true | undefined> => {
    left = (await api.alarms()).filter(({ phase }) => phase.startsWith("active")).map(({ id }) => id);
    return left.length === 0 ? true : undefined;
  };
  await seen(look, () => `the end of ${left.join(", ")}`);
}

describe.each(["idle", "verifying", "released", "open"] as const)("T33: killed while %s", (phase) => {
  test.each(children)("%s: doors secured, the others work on, back again, recorded once", async (role) => {
    await endAndExpectRecovery(role, phase, "SIGKILL");
    const events = await api.events(start);
    // On a busy machine the card may have been refused before it was let through.
    const released = events.findLastIndex(({ type }) => type === "DoorReleased");
    const end = events.slice(released + 1).find(({ type }) => /^Access(Denied|NotTaken|Taken)$/.test(type));
    if (phase === "verifying" && role === "interlock") expect(end).toMatchObject({ reason: "interlocked" });
    if (phase === "verifying" && role === "vision") expect(end).toMatchObject({ reason: "cameraFault" });
    if (phase === "released" && role === "interlock") expect(end).toMatchObject({ type: "AccessNotTaken" });
  });
});

describe("T33: stopped, which no exit tells", () => {
  test.each(["interlock", "vision", "building"] as const)("%s, while a door is released", async (role) => {
    await endAndExpectRecovery(role, "released", "SIGSTOP");
  });

  test(
    "R16, T39: the controller: the interlock secures the door when its lease ends, whoever notices later",
    againWhereHeldUp,
    async () => {
      await phases.released(api, start);
      const pid = daemon.pidOf("controller");
      const stoppedAt = now();
      process.kill(pid, "SIGSTOP");
      await back("controller", pid);
      const secured = await api.recorded("DoorSecured", start, { door: "outer" });
      expect(secured).toMatchObject({ cause: "controllerLost" });
      const lease = instantOf(daemon, secured) - stoppedAt;
      measured.push({ "controller stopped: door secured after": lease });
      expect(lease).toBeLessThan(heartbeatTime + 300);
      await api.recorded("ControllerLost", start);
      await expectOneLoss("controller", pid);
      await api.alarm("ControllerLost", "returned-unacknowledged");
    },
  );

  test(
    "the supervisor, for longer than it lets others be silent: the doors are secured, and nobody is ended for its absence",
    againWhereHeldUp,
    async () => {
      await phases.released(api, start);
      const before = daemon.pids();
      const stoppedAt = now();
      process.kill(daemon.pid, "SIGSTOP");
      try {
        await seen(
          async () => (now() - stoppedAt > 7_000 ? true : undefined),
          "seven seconds without a supervisor",
        );
        expect((await fetch(`${daemon.address}/healthz`)).status, "the controller answers meanwhile").toBe(
          200,
        );
      } finally {
        process.kill(daemon.pid, "SIGCONT");
      }
      await secured(backWithin);
      const lost = await api.recorded("ControllerLost", start);
      expect(instantOf(daemon, lost) - stoppedAt).toBeLessThan(heartbeatTime + 300);
      await api.recorded("ControllerReturned", start);
      expect(daemon.pids()).toEqual(before);
      expect(await api.events(start, "ProcessLost")).toEqual([]);
    },
  );
});

test("what the interlock saw while the controller was dead is recorded by the next one, once", async () => {
  const pid = daemon.pidOf("controller");
  await api.move("inner", "force");
  process.kill(pid, "SIGKILL");
  const killedAt = now();
  await api.recorded("DoorClosed", start, { door: "inner" });
  const forced = await api.events(start, "DoorForcedOpen");
  expect(forced).toHaveLength(1);
  expect(
    instantOf(daemon, forced[0] as Recorded),
    "it happened after the controller's death",
  ).toBeGreaterThan(killedAt);
  await api.alarm("DoorForcedOpen", "returned-unacknowledged");
  expect(await api.events(start, "DoorClosed")).toHaveLength(1);
  expect(await api.events(start, "InterlockRecordsMissing")).toEqual([]);
});

describe("R10: what an interlock finds when it starts", () => {
  test("T29: both doors open: alarms, nothing is released until they are shut, and then all is well", async () => {
    await api.move("outer", "force");
    await api.move("outer", "prop");
    await api.move("inner", "force");
    await api.move("inner", "prop");
    await api.recorded("InterlockViolated", start);
    const pid = daemon.pidOf("interlock");
    process.kill(pid, "SIGKILL");
    await back("interlock", pid);
    const restarted = await api.recorded("ProcessLost", start);
    for (const door of ["outer", "inner"]) await api.recorded("DoorFoundOpen", restarted.seq, { door });
    await api.recorded("InterlockViolated", restarted.seq);
    await api.present("outer-entry", "1001");
    await api.recorded("AccessDenied", restarted.seq, { reason: "interlocked" });
    expect(await api.outputs()).toMatchObject(bothSecured);
    await api.move("inner", "close");
    await api.move("outer", "close");
    await api.alarm("InterlockViolated", "returned-unacknowledged");
    await api.alarm("DoorHeldOpen", "returned-unacknowledged");
  });

  test("R11: a button found pressed is no request; the next press is", async () => {
    await api.hold("inner.rex", true);
    await api.recorded("Egress", start);
    await api.recorded("DoorSecured", start, { door: "inner", cause: "timeUp" });
    await api.atRest();
    const pid = daemon.pidOf("interlock");
    process.kill(pid, "SIGKILL");
    await back("interlock", pid);
    await api.atRest();
    expect(await api.events(start, "Egress")).toHaveLength(1);
    await api.letGo("inner.rex");
    await api.hold("inner.rex", true);
    await api.letGo("inner.rex");
    await seen(
      async () => ((await api.events(start, "Egress")).length === 2 ? true : undefined),
      "the second press",
    );
    await api.recorded("DoorSecured", start, { door: "inner" });
  });
});

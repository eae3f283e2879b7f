import process from "node:process";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { Listener } from "./support/mosquitto.ts";
import { bothSecured, type SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// R12 at a door pair of real processes: what the fire panel does to it, and what it takes to end it.

const password = "two doors and one key";
const bothReleased = { "outer.lock": "released", "inner.lock": "released" };
const comment = "false alarm in the kitchen";

let daemon: DemoDaemon;
let api: SiteApi;
let start: number;

function quick(site: SiteDraft): void {
  site.board["doorCloserTime"] = 1;
}

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "emergency", password, site: quick });
  api = await daemon.logIn();
  await api.enrolled();
});

afterAll(() => daemon?.[Symbol.asyncDispose]());

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

const vestibule = async () => (await api.state().catch(() => undefined))?.vestibules[0];
const reset = () => api.send("POST", "/vestibules/v1/reset-emergency", { comment });

async function locksAre(wanted: Readonly<Record<string, string>>, limit = 20_000): Promise<void> {
  let last: unknown;
  const look = async (): Promise<true | undefined> => {
    const outputs = await api.outputs().catch(() => undefined);
    last = outputs;
    return outputs?.["outer.lock"] === wanted["outer.lock"] &&
      outputs?.["inner.lock"] === wanted["inner.lock"]
      ? true
      : undefined;
  };
  await seen(look, () => `the locks as ${JSON.stringify(wanted)}: ${JSON.stringify(last)}`, limit);
}

test("R12: the fire input releases both doors, is an alarm on the broker, and ends by an operator's reset only", async () => {
  await using listener = await Listener.to(`mqtt://127.0.0.1:${daemon.mqttPort}`, "vestibule/demo/v1/#", {
    protocolVersion: 4,
  });
  await api.hold("fire", true);
  await locksAre(bothReleased);
  // The interlock switches first and tells the controller then.
  await expect.poll(vestibule, { timeout: 20_000 }).toMatchObject({
    mode: "emergency",
    condition: { fire: "active", emergency: true },
    displays: {
      "outer-exit": { text: "doorOpen" },
      "inner-exit": { text: "doorOpen" },
      // Nobody on the street is told to push.
      "outer-entry": { text: "keepClear" },
    },
  });
  await seen(async () => listener.bodies("alarm/v1.EmergencyRelease")[0], "the alarm on the broker").then(
    (alarm) => expect(alarm).toMatchObject({ priority: "critical", phase: "active-unacknowledged" }),
  );
  await seen(
    async () => listener.bodies("v1/state").find(({ mode }) => mode === "emergency"),
    "the mode on the broker",
  );

  expect(await reset()).toMatchObject({ status: 409, body: { code: "emergency-active" } });
  await api.letGo("fire");
  await api.recorded("FireInputChanged", start, { value: "inactive" });
  expect(await api.outputs(), "latched").toMatchObject(bothReleased);
  expect((await api.send("POST", "/vestibules/v1/reset-emergency", {})).status).toBe(400);
  expect(await reset()).toMatchObject({ status: 200, body: { reset: true, recorded: true } });
  await locksAre(bothSecured);
  const requested = await api.recorded("EmergencyResetRequested", start, { comment, operator: "admin" });
  const done = (await api.events(start, "EmergencyReset")).at(-1);
  expect(done?.seq).toBeGreaterThan(requested.seq);

  const { id } = await api.alarm("EmergencyRelease", "returned-unacknowledged");
  expect((await api.send("POST", `/alarms/${id}/acknowledge`, { comment: "" })).status).toBe(422);
  await api.ask("POST", `/alarms/${id}/acknowledge`, { comment });
  expect(await reset()).toMatchObject({ status: 409, body: { code: "no-emergency" } });
});

test.each(["interlock", "controller"] as const)(
  "R12, T33: the %s killed in an emergency whose fire panel is quiet again: the same emergency afterwards",
  async (role) => {
    await api.hold("fire", true);
    await locksAre(bothReleased);
    await api.letGo("fire");
    const former = daemon.pidOf(role);
    process.kill(former, "SIGKILL");
    const another = async () => ((daemon.pids()[role] ?? former) === former ? undefined : true);
    await seen(another, `another ${role}`);
    await seen(async () => ((await vestibule())?.mode === "emergency" ? true : undefined), "the emergency");
    await locksAre(bothReleased);
    expect(await reset()).toMatchObject({ status: 200 });
    await locksAre(bothSecured);
    await api.alarm("EmergencyRelease", "returned-unacknowledged");
    await api.acknowledgeAll();
  },
);

test("R12, T32: the lines gone and back in an emergency: the doors are free again", async () => {
  await api.hold("fire", true);
  await locksAre(bothReleased);
  const former = daemon.pidOf("building");
  process.kill(former, "SIGKILL");
  await seen(
    async () => ((daemon.pids().building ?? former) === former ? undefined : true),
    "another building",
  );
  await locksAre(bothReleased);
  // The building that came anew does not burn.
  await seen(async () => ((await vestibule())?.condition?.fire === "inactive" ? true : undefined), "quiet");
  expect(await reset()).toMatchObject({ status: 200 });
  await locksAre(bothSecured);
});

test("R12: people leave through the open doors, and every opening is on record as the emergency's", async () => {
  await api.hold("fire", true);
  await locksAre(bothReleased);
  for (const door of ["inner", "outer"] as const) expect((await api.move(door, "open")).status).toBe(200);
  for (const door of ["inner", "outer"])
    await api.recorded("DoorOpened", start, { door, cause: "emergency" });
  expect(await api.events(start, "InterlockViolated"), "R17: explained").toEqual([]);
  expect(await api.events(start, "DoorForcedOpen")).toEqual([]);
  await api.letGo("fire");
  await api.recorded("FireInputChanged", start, { value: "inactive" });
  for (const door of ["inner", "outer"]) await api.recorded("DoorClosed", start, { door });
  expect(await reset()).toMatchObject({ status: 200 });
  await api.atRest();
});

test("the housing and the mains are alarms too", async () => {
  await api.hold("tamper", true);
  await api.hold("mains", false);
  await api.alarm("Tampered", "active-unacknowledged");
  await api.alarm("MainsLost", "active-unacknowledged");
  await api.letGo("tamper");
  await api.letGo("mains");
  const { id } = await api.alarm("Tampered", "returned-unacknowledged");
  expect((await api.send("POST", `/alarms/${id}/acknowledge`, {})).status).toBe(422);
  await api.alarm("MainsLost", "returned-unacknowledged");
});

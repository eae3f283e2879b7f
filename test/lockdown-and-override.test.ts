import process from "node:process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SiteState } from "../src/ports/controller-services.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { signedInOperators } from "./support/operators.ts";
import { bothSecured, type SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// Operators at a door pair of real processes. Times are the shortest the configuration allows.

const password = "two doors and one key";
const overrideTime = 10;
const dwellTime = 30;
const bothReleased = { "outer.lock": "released", "inner.lock": "released" };
const why = { reason: "seen on the camera" };

let daemon: DemoDaemon;
let api: SiteApi;
let li: SiteApi;
let start: number;

function quick(site: SiteDraft): void {
  site.board["doorCloserTime"] = 1;
  Object.assign(site.vestibules[0] ?? {}, { overrideTime, dwellTime });
}

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "lockdown-and-override", password, site: quick });
  [li] = (await signedInOperators(daemon, ["li.na"])) as [SiteApi];
  api = await daemon.logIn();
  await api.enrolled();
});

afterAll(() => daemon?.[Symbol.asyncDispose]());

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

type Mode = SiteState["vestibules"][number]["mode"];

async function mode(wanted: Mode, limit = 20_000): Promise<void> {
  let last: unknown;
  const look = async (): Promise<true | undefined> => {
    last = (await api.state().catch(() => undefined))?.vestibules[0]?.mode;
    return last === wanted ? true : undefined;
  };
  await seen(look, () => `the mode ${wanted}; it is ${String(last)}`, limit);
}

const override = (by: SiteApi, doors = "both") =>
  by.send("POST", "/vestibules/v1/override", { doors, ...why });

/** Killed, and another one in its place. */
async function dies(role: "interlock" | "controller"): Promise<void> {
  const former = daemon.pidOf(role);
  process.kill(former, "SIGKILL");
  const look = async (): Promise<true | undefined> => {
    if ((daemon.pids()[role] ?? former) === former) return undefined;
    const state = await api.state().catch(() => undefined);
    return state?.processes[role].state === "running" && state.vestibules[0]?.condition !== null
      ? true
      : undefined;
  };
  await seen(look, `another ${role}`);
}

describe("R14: lockdown", () => {
  test("is ordered with a reason, refuses cards and buttons, survives both processes, and is lifted", async () => {
    expect((await api.send("POST", "/vestibules/v1/lockdown", {})).status).toBe(400);
    expect(await api.ask("POST", "/vestibules/v1/lockdown", why)).toEqual({
      lockdown: { order: true, input: false },
      recorded: true,
    });
    const ordered = await api.recorded("LockdownOrdered", start, why);
    expect(ordered["operator"]).toBe("admin");
    expect((await api.recorded("LockdownStarted", start)).seq).toBeGreaterThan(ordered.seq);
    await mode("lockdown");

    expect(await api.outcomeOf("outer-entry", "1001")).toMatchObject({ reason: "lockdown" });
    await api.hold("inner.rex", true);
    await api.letGo("inner.rex");
    await api.recorded("EgressDenied", start, { reason: "lockdown" });
    expect(await override(api)).toMatchObject({ status: 409, body: { code: "locked-down" } });

    for (const role of ["interlock", "controller"] as const) {
      await dies(role);
      await mode("lockdown");
      expect(await api.outcomeOf("inner-exit", "1002")).toMatchObject({ reason: "lockdown" });
    }
    expect(await li.ask("DELETE", "/vestibules/v1/lockdown")).toMatchObject({ lockdown: { order: false } });
    await api.recorded("LockdownLiftOrdered", start, { operator: "li.na" });
    await mode("normal");
    expect(await api.events(start, "DoorReleased")).toEqual([]);
    await api.hold("inner.rex", true);
    await api.letGo("inner.rex");
    await api.recorded("DoorReleased", start, { door: "inner" });
    await api.recorded("DoorSecured", start, { door: "inner", cause: "timeUp" });
  });

  test("by the switch is the switch's to end", async () => {
    await api.hold("lockdown", true);
    await mode("lockdown");
    expect(await api.ask("DELETE", "/vestibules/v1/lockdown")).toMatchObject({ lockdown: { input: true } });
    await mode("lockdown");
    await api.letGo("lockdown");
    await mode("normal");
  });
});

describe("R13: override", () => {
  test("one operator alone opens nothing; a second one does, though a door stands open; it ends by itself", async () => {
    await api.hold("outer.contact", true);
    await api.recorded("DoorForcedOpen", start);
    const proposed = await override(api);
    expect(proposed).toMatchObject({ status: 202, body: { proposed: "both", recorded: true } });
    expect(await override(api)).toMatchObject({ status: 409, body: { code: "same-person" } });
    expect(await api.outputs()).toMatchObject(bothSecured);

    const done = await override(li);
    expect(done).toMatchObject({ status: 200, body: { overridden: "both", operators: ["admin", "li.na"] } });
    expect(await api.outputs()).toMatchObject(bothReleased);
    await mode("override");
    await api.alarm("EmergencyOverride", "active-unacknowledged");
    const requests = await api.events(start, "OverrideRequested");
    expect(requests.map(({ reason, operator }) => [operator, reason])).toEqual([
      ["admin", why.reason],
      ["admin", why.reason],
      ["li.na", why.reason],
    ]);
    const released = await api.recorded("OverrideDoorReleased", start, { door: "inner" });
    expect(released.seq).toBeGreaterThan(requests.at(-1)?.seq ?? Number.POSITIVE_INFINITY);

    await api.letGo("outer.contact");
    await api.recorded("OverrideEnded", start, {}, (overrideTime + 10) * 1_000);
    expect(await api.outputs()).toMatchObject(bothSecured);
    await api.alarm("EmergencyOverride", "returned-unacknowledged");
    await mode("normal");
  });
});

describe("R15: a person detained", () => {
  test("is an alarm, still counted after the interlock's death, and leaves by the button", async () => {
    await api.seeing();
    await api.show("outer-entry", "1001");
    await api.presentUntil("DoorReleased", "outer-entry", "1001", start);
    await api.move("outer", "open");
    await api.recorded("AccessTaken", start);
    await dies("interlock");
    const occupied = async () => ((await api.state()).vestibules[0]?.occupancy === 1 ? true : undefined);
    await seen(occupied, "one person between the doors");
    await api.alarm("PersonDetained", "active-unacknowledged", (dwellTime + 15) * 1_000);
    await api.atRest();
    await api.hold("outer.rex", true);
    await api.letGo("outer.rex");
    await api.recorded("DoorReleased", start, { door: "outer", grant: "egress" });
    await api.move("outer", "open");
    await api.recorded("DetentionEnded", start);
    await api.alarm("PersonDetained", "returned-unacknowledged");
    expect((await api.state()).vestibules[0]?.occupancy).toBe(0);
  });
});

import process from "node:process";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { phases, quick } from "./support/passage-phases.ts";
import { isAlive } from "./support/processes.ts";
import { bothSecured, type SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// The parent of all killed, or all of them at once: nobody is left to put it in order but the next start.

const password = "two doors and one key";

let daemon: DemoDaemon;
let api: SiteApi;
let start: number;

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "all-processes", password, site: quick });
  api = await daemon.logIn();
  await api.enrolled();
});

afterAll(() => daemon?.[Symbol.asyncDispose]());

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

test("T33: all processes killed at once with a door released: the next start finds all in order", async () => {
  await phases.released(api, start);
  const pids = Object.values(daemon.pids());
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await daemon.ended();
  daemon.spawn();
  await daemon.ready();
  api = await daemon.logIn();
  expect(await api.outputs()).toMatchObject(bothSecured);
  const released = await api.recorded("DoorReleased", start);
  await api.recorded("ControllerStarted", released.seq);
  await api.atRest();
  // Nobody was left to record that it ended; nothing is released again for it.
  expect(await api.events(released.seq, "DoorReleased")).toEqual([]);
  expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
});

test.each(["idle", "released", "open"] as const)(
  "T33: the supervisor killed while %s: nobody is left behind, and the next start finds all in order",
  async (phase) => {
    await phases[phase](api, start);
    const { supervisor, ...others } = daemon.pids();
    process.kill(supervisor ?? 0, "SIGKILL");
    await daemon.ended();
    await seen(
      async () => (Object.values(others).some(isAlive) ? undefined : true),
      "the end of every process",
      10_000,
    );
    daemon.spawn();
    await daemon.ready();
    api = await daemon.logIn();
    expect(await api.outputs()).toMatchObject(bothSecured);
    await api.recorded("ControllerStarted", start);
    await api.atRest();
    expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
  },
);

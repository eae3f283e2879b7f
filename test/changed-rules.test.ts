import { afterAll, beforeAll, expect, test } from "vitest";
import { chained } from "../src/cli/chained-records.ts";
import { daysLater, siteDayOf } from "../src/console/reports/site-days.ts";
import { storedRecords } from "../src/drivers/sqlite/stored-records.ts";
import { Replay } from "../src/replay/replay.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { instantOf } from "./support/recorded-instant.ts";
import type { SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

const password = "two doors and one key";
const outer = "/vestibules/v1/doors/outer";
const inner = "/vestibules/v1/doors/inner";

interface DoorRules {
  readonly releaseTime: number;
  readonly multiPerson: { readonly count: number } | null;
  readonly version: number;
  readonly awaited: boolean;
}
interface Version {
  readonly id: number;
  readonly kind: string;
  readonly reason: string;
}

/** What somebody writes into the site's file between two starts. */
let heartbeatTime = 1;
const file = (site: SiteDraft): void => {
  // Nobody is to be recognised here; buttons and doors are enough.
  Object.assign(site.site, { demoPeople: false });
  Object.assign(site, { heartbeatTime });
};

let daemon: DemoDaemon;
let api: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "changed-rules", password, site: file });
  api = await daemon.logIn();
  await api.atRest();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

const doorRules = (path: string) => api.ask<DoorRules>("GET", path);
const takenUp = () =>
  seen(
    async () => ((await doorRules(outer)).awaited ? undefined : true),
    "an interlock that goes by them",
    5_000,
  );

/** How long the exit button releases the outer door, in seconds. */
async function releaseSeconds(): Promise<number> {
  const start = await api.lastSeq();
  await api.hold("outer.rex", true);
  const secured = await api.recorded("DoorSecured", start);
  await api.hold("outer.rex", false);
  const released = await api.recorded("DoorReleased", start);
  return (instantOf(daemon, secured) - instantOf(daemon, released)) / 1000;
}

test("A1, R4: rules changed on the running demo hold at once, after a restart, and until they are taken back; a file changed meanwhile is told (T42)", async () => {
  const changed = await api.ask<DoorRules>("PATCH", inner, {
    multiPerson: { count: 2 },
    reason: "from today",
  });
  expect(changed).toMatchObject({ multiPerson: { count: 2, groups: [], directions: "entry" }, version: 1 });
  await api.ask("PATCH", outer, { releaseTime: 2, reason: "a quick door" });
  await takenUp();
  const quick = await releaseSeconds();
  expect(quick).toBeGreaterThan(1.5);
  expect(quick).toBeLessThan(4);

  const before = await api.lastSeq();
  await daemon.stop();
  heartbeatTime = 3;
  daemon.spawn();
  await daemon.ready();
  api = await daemon.logIn();
  expect(await doorRules(inner)).toMatchObject({ multiPerson: { count: 2 }, version: 1 });
  const told = await api.recorded("ConfigurationChanged", before);
  expect(told).toMatchObject({
    source: "file",
    differences: [{ path: "heartbeatTime", before: 1, after: 3 }],
    weakens: [{ rule: "heartbeatTime", where: "v1" }],
  });
  await api.alarm("ConfigurationChanged", "returned-unacknowledged");
  await takenUp();

  const { versions } = await api.ask<{ versions: readonly Version[] }>(
    "GET",
    "/configuration/versions?kind=doors/v1/outer",
  );
  expect(versions).toMatchObject([{ kind: "doors/v1/outer", reason: "a quick door" }]);
  await api.ask("POST", `/configuration/versions/${versions[0]?.id}/revert`, { reason: "too quick" });
  expect(await doorRules(outer)).toMatchObject({ releaseTime: 5, version: 0 });
  await takenUp();
  expect(await releaseSeconds()).toBeGreaterThan(4.5);
});

test("A9: what today counts as decides at the door at once, is on record in the form it always had, and is replayed the same", async () => {
  const timeZone = "Asia/Shanghai";
  const today = siteDayOf(Date.now(), timeZone);
  // Whichever side of midnight it is by then.
  const around = [-1, 0, 1].map((days) => daysLater(today, days));
  const count = (as: string | undefined, yearly?: true) =>
    api.ask("PUT", "/holidays", {
      holidays: around.map((date) => ({ date, as, yearly })),
      reason: `the day counts as ${as}`,
    });
  const spans = [{ days: ["special"], from: "00:00", to: "24:00" }];
  await api.ask("PUT", "/schedules", { schedules: [{ name: "own-hours", spans }], reason: "stock-taking" });
  const level = { name: "porters", accessPoints: ["outer-entry"], schedule: "own-hours", mode: "card" };
  await api.ask("PUT", "/access-levels", { accessLevels: [level], force: true, reason: "stock-taking" });
  const { id } = await api.ask<{ id: string }>("POST", "/cardholders", {
    ...{ name: "Zhao Lei", groups: [], accessLevels: ["porters"] },
  });
  // Each time another card: the same one again within seconds is no new question.
  const cards = ["7001", "7002", "7003"];
  for (const number of cards) await api.ask("POST", `/cardholders/${id}/cards`, { number, format: "raw" });
  const outcome = async (): Promise<unknown> => {
    await api.atRest();
    const { type, reason } = await api.outcomeOf("outer-entry", cards.pop() ?? "");
    return reason ?? type;
  };
  expect(await outcome()).toBe("outOfSchedule");
  const before = await api.lastSeq();
  await count("special");
  expect(await api.recorded("ConfigurationChanged", before)).toMatchObject({
    kind: "holidays",
    weakens: expect.arrayContaining([
      expect.objectContaining({ rule: "dayChanged", where: today, after: "special" }),
    ]),
  });
  expect(await outcome()).toBe("DoorReleased");
  await count("halfDay", true);
  expect(await outcome()).toBe("outOfSchedule");
  const why = await api.ask<{ decision: { input: unknown; same: boolean } }>(
    "GET",
    `/events/${(await api.events(before)).findLast(({ type }) => type === "AccessDenied")?.seq}/why`,
  );
  expect(why.decision).toMatchObject({
    same: true,
    input: { local: { day: "halfDay", yesterday: expect.any(String), minute: expect.any(Number) } },
  });
  const replay = new Replay();
  for (const record of chained(storedRecords(daemon.data))) replay.take(record);
  const { differences, decisions } = replay.finish();
  expect(differences).toEqual([]);
  expect(decisions.access).toBeGreaterThan(2);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { chained } from "../src/cli/chained-records.ts";
import { storedRecords } from "../src/drivers/sqlite/stored-records.ts";
import { Replay } from "../src/replay/replay.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { instantOf } from "./support/recorded-instant.ts";
import { bothSecured, type Recorded, type SiteApi } from "./support/site-api.ts";

watchMachine();

const password = "two doors and one key";
const porters = { name: "porters", accessPoints: "all", schedule: "always", mode: "card" };

/** Cards open by themselves here: nobody's face has to be waited for. */
const byCard = (site: SiteDraft): void => {
  Object.assign(site.site, { demoPeople: false });
  // A release is not to be over by itself, however slow the machine.
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) Object.assign(door, { releaseTime: 30 });
};

let daemon: DemoDaemon;
let api: SiteApi;

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "withdrawn-releases", password, site: byCard });
  api = await daemon.logIn();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

interface Holder {
  readonly id: string;
  readonly card: string;
}
/** How the operator takes it away, the record of that, and the reason that follows. */
type Taking = readonly [string, (holder: Holder) => Promise<unknown>, string, string];
const takings: readonly Taking[] = [
  [
    "the card is reported lost",
    ({ card }) => api.ask("POST", `/cards/${card}/report-lost`),
    "CardReportedLost",
    "lostCredential",
  ],
  [
    "the person is suspended",
    ({ id }) => api.ask("PATCH", `/cardholders/${id}`, { status: "suspended" }),
    "CardholderChanged",
    "suspendedCredential",
  ],
  [
    "the person is deleted",
    ({ id }) => api.send("DELETE", `/cardholders/${id}`),
    "CardholderRemoved",
    "unknownCredential",
  ],
  [
    "the level is closed there",
    () => levels({ ...porters, accessPoints: ["inner-entry"] }),
    "ConfigurationChanged",
    "noAccessLevel",
  ],
];

const levels = (level: object) =>
  api.ask("PUT", "/access-levels", { accessLevels: [level], force: true, reason: "who may go where" });

let numbers = 7_000;
async function releasedFor(): Promise<Holder & { readonly passage: unknown; readonly since: number }> {
  await levels(porters);
  const card = String(numbers++);
  const person = { name: `Wang ${card}`, groups: [], accessLevels: ["porters"] };
  const { id } = await api.ask<{ id: string }>("POST", "/cardholders", person);
  await api.ask("POST", `/cardholders/${id}/cards`, { number: card, format: "raw" });
  await api.atRest();
  const since = await api.lastSeq();
  const { type, passage } = await api.outcomeOf("outer-entry", card);
  expect(type).toBe("DoorReleased");
  return { id, card, passage, since };
}
const apart = (earlier: Recorded, later: Recorded): number =>
  instantOf(daemon, later) - instantOf(daemon, earlier);

test.each(takings)(
  "A8: the door is released for somebody, and %s: secured within a second",
  againWhereHeldUp,
  async (_, takeAway, record, reason) => {
    const { since, passage, ...holder } = await releasedFor();
    await takeAway(holder);
    const taken = await api.recorded(record, since);
    const secured = await api.recorded("DoorSecured", since, { door: "outer" });
    expect(secured).toMatchObject({ cause: "withdrawn" });
    expect(apart(taken, secured)).toBeLessThan(1_000);
    await api.recorded("AccessWithdrawn", since, { passage, reason, cardholder: holder.id });
    await api.recorded("AccessNotTaken", since, { passage });
    expect(await api.outputs()).toMatchObject(bothSecured);
    expect((await api.move("outer", "open")).body).toMatchObject({ reason: "locked" });
    if (reason === "lostCredential") await api.alarm("LostCardUsed", "returned-unacknowledged");
  },
);

test("A8, R5: whoever has the door open goes through, whatever becomes of the card", async () => {
  const { card, since, passage } = await releasedFor();
  await api.move("outer", "open");
  await api.recorded("DoorOpened", since, { door: "outer" });
  await api.ask("POST", `/cards/${card}/report-lost`);
  await api.recorded("AccessTaken", since, { passage });
  expect(await api.events(since, "ReleaseWithdrawn")).toEqual([]);
});

test("from the record alone each of these decisions comes out the same", () => {
  const replay = new Replay();
  for (const record of chained(storedRecords(daemon.data))) replay.take(record);
  const { differences, decisions } = replay.finish();
  expect(differences).toEqual([]);
  expect(decisions.access).toBeGreaterThan(2 * takings.length);
});

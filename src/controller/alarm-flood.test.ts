import { expect, test } from "vitest";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { alarmEventTypes } from "../domain/alarm/life-cycle.ts";
import { MemoryCursor } from "../simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../simulation/recorded-alarm-link.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { journalRecords } from "./journal-reading.ts";

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;
const duress = "9753";
const forced = "v1.outer.DoorForcedOpen";

/** A site by card and PIN, with a centre that keeps what it is told and streams that keep what they are sent. */
async function open() {
  const link = new RecordedAlarmLink(new VirtualClock());
  const site = await SiteInOneProcess.open({
    policy: { levels: [{ name: "staff", ...everywhere, mode: "card+pin" }] },
    options: { broker: { link, cursor: new MemoryCursor() } },
  });
  site.setPin(anna, "2468", duress);
  const streamed: string[] = [];
  site.services.onAlarm(({ id, phase }) => streamed.push(`${id} ${phase}`));
  return { site, link, streamed };
}

/** The contact of the outer door chatters, just not quickly enough to be taken for broken (R9). */
async function chatters(site: SiteInOneProcess, changes: number): Promise<void> {
  for (let change = 0; change < changes; change++) {
    site.setInput("outer.contact", change % 2 === 0);
    await site.passes(60);
  }
}

/** Of these types, however many. */
const allOf = (site: SiteInOneProcess, ...types: readonly string[]) => journalRecords(site.disk, types);
const opened = (site: SiteInOneProcess): number => allOf(site, "DoorForcedOpen").length;
/** Records of the alarm itself. */
const told = (site: SiteInOneProcess) =>
  allOf(site, ...alarmEventTypes).filter(({ payload }) => payload["id"] === forced);

test("R9: a contact that chatters for a minute is a few records, messages and lines of a stream; its count is exact", async () => {
  const { site, link, streamed } = await open();
  await chatters(site, 1_000);
  await site.passes(15_000);
  const times = opened(site);
  expect(times).toBeGreaterThan(400);
  expect(site.alarm(forced)).toMatchObject({ count: times, phase: "returned-unacknowledged" });
  const messages = link.taken().filter(({ topic }) => topic.endsWith(`/alarm/${forced}`));
  const lines = streamed.filter((line) => line.startsWith(forced));
  for (const some of [told(site), messages, lines]) expect(some.length).toBeLessThanOrEqual(30);
  expect(link.retainedBody(`v1/alarm/${forced}`)).toMatchObject({ count: times });
});

test("the count outlives a controller that dies in the midst of it", async () => {
  const { site, link } = await open();
  await chatters(site, 150);
  site.killController();
  await site.startController();
  await site.passes(100);
  expect(site.alarm(forced)?.count).toBe(opened(site));
  await chatters(site, 150);
  await site.passes(30_000);
  expect(opened(site)).toBeGreaterThan(120);
  expect(site.alarm(forced)?.count).toBe(opened(site));
  expect(link.retainedBody(`v1/alarm/${forced}`)).toMatchObject({ count: opened(site) });
});

test("and one that dies again before it has told what was held back", async () => {
  const { site } = await open();
  for (let n = 0; n < 6; n++) {
    await site.present(`900${n}`);
    await site.passes(200);
  }
  for (let n = 0; n < 3; n++) {
    site.killController();
    await site.startController();
  }
  await site.passes(15_000);
  expect(site.alarm("v1.outer-entry.UnknownCard")).toMatchObject({
    count: site.records("AccessDenied").filter(({ payload }) => payload["reason"] === "unknownCredential")
      .length,
    phase: "returned-unacknowledged",
  });
});

test("and one that is stopped, or without a disk for a while", async () => {
  const { site } = await open();
  await chatters(site, 60);
  await site.stopController();
  expect(told(site).findLast(({ type }) => type === "AlarmRepeated")?.payload["count"]).toBe(opened(site));
  await site.startController();
  await site.passes(1_000);
  site.disk.setDiskFull(true);
  await chatters(site, 60);
  site.disk.setDiskFull(false);
  await site.passes(30_000);
  expect(site.alarm(forced)?.count).toBe(opened(site));
});

test("A5: a duress in its midst is recorded, published and on top at once", async () => {
  const { site, link, streamed } = await open();
  await chatters(site, 100);
  link.holdConfirmations(true);
  await chatters(site, 20);
  site.setInput("outer.contact", false);
  await site.passes(600);
  await site.present(anna.card);
  await site.press(`${duress}#`);
  const duressId = "v1.outer-entry.Duress";
  expect(allOf(site, "DuressSignalled")).toHaveLength(1);
  expect(streamed.at(-1)).toBe(`${duressId} active-unacknowledged`);
  expect(site.services.alarms()).toContainEqual(expect.objectContaining({ id: duressId, count: 1 }));
  link.holdConfirmations(false);
  await site.settles();
  expect(link.retainedBody(`v1/alarm/${duressId}`)).toMatchObject({ priority: "critical", count: 1 });
});

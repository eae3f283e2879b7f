import { expect, test } from "vitest";
import { alarm, seqs, settled, site, view, write } from "../../test/support/outbox-site.ts";
import { wallTime } from "../domain/time.ts";
import { Outbox } from "./outbox.ts";

test("a broker that refuses for longer than patience is BrokerLost, with what it refused", async () => {
  const here = site();
  here.outbox.start([], []);
  here.link.refuse("v1/event/DoorOpened");
  write(here, 1);
  for (let second = 0; second < 12; second++) {
    await settled();
    here.clock.advance(1000);
  }
  expect(here.alarms).toEqual([expect.stringMatching(/^lost: .*does not take v1\/event\/DoorOpened/)]);
});

test("one refused state does not hold up the others, nor the events", async () => {
  const here = site();
  here.link.refuse("v1/state");
  here.outbox.start([alarm("active-unacknowledged")], [view(1)]);
  write(here, 1);
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeDefined();
  expect(seqs(here.link)).toEqual([1]);
  here.link.refuse("v1/state", false);
  here.clock.advance(30_000);
  await settled();
  expect(here.link.retainedBody("v1/state")).toMatchObject({ occupancy: 1 });
});

test("state is the latest only: what changes while a message is under way is sent once", async () => {
  const here = site();
  here.outbox.start([], [view(0)]);
  await settled();
  here.link.holdConfirmations(true);
  for (let occupancy = 1; occupancy <= 50; occupancy++) here.outbox.stateChanged(view(occupancy));
  here.link.holdConfirmations(false);
  await settled();
  const states = here.link.taken().filter(({ topic }) => topic === "v1/state");
  expect(states.map(({ body }) => body?.["occupancy"])).toEqual([0, 1, 50]);
});

test("an alarm is retained whole until it is normal, then cleared", async () => {
  const here = site();
  here.outbox.start([], []);
  here.outbox.alarmChanged(alarm("active-unacknowledged"));
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toMatchObject({
    ...{ schema: 1, type: "DoorForcedOpen", priority: "critical", phase: "active-unacknowledged" },
    ...{ vestibule: "v1", door: "outer", count: 1, since: "2026-11-21T00:00:00.000Z" },
  });
  here.outbox.alarmChanged(alarm("normal"));
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeUndefined();
});

test("everything retained is published again after every reconnect", async () => {
  const here = site();
  here.outbox.start([alarm("active-acknowledged", {})], [view(2)]);
  await settled();
  here.link.disconnect();
  const before = here.link.taken().length;
  here.link.reconnect();
  await settled();
  const again = here.link.taken().slice(before);
  expect(again.map(({ topic }) => topic).sort()).toEqual(["site/alarm/site.DoorForcedOpen", "v1/state"]);
});

test("an alarm that went normal while offline is cleared, even by a controller that never knew it", async () => {
  const before = site();
  before.outbox.start([alarm("active-unacknowledged"), alarm("active-unacknowledged", {})], []);
  await settled();
  before.link.disconnect();
  before.outbox.alarmChanged(alarm("normal"));
  await before.outbox[Symbol.asyncDispose]();
  const later = site({ link: before.link, cursor: before.cursor, journal: before.journal });
  later.outbox.start([alarm("active-unacknowledged", {})], []);
  later.link.reconnect();
  await settled();
  expect(later.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeUndefined();
  expect(later.link.retainedBody("site/alarm/site.DoorForcedOpen")).toBeDefined();
});

test("BrokerLost is raised after patience, not for a blink, and returns when the broker is steadily back", async () => {
  const here = site();
  here.outbox.start([], []);
  here.link.disconnect();
  here.clock.advance(9_000);
  here.link.reconnect();
  here.clock.advance(20_000);
  expect(here.alarms).toEqual([]);
  here.link.disconnect("it is gone");
  here.clock.advance(10_000);
  expect(here.alarms).toEqual(["lost: it is gone"]);
  here.clock.advance(3_600_000);
  here.link.reconnect();
  expect(here.alarms).toHaveLength(1);
  here.clock.advance(10_000);
  expect(here.alarms).toEqual(["lost: it is gone", "returned"]);
});

test("T14: a link that keeps coming and going is an alarm, however short each time", async () => {
  const here = site();
  here.outbox.start([], []);
  for (let time = 0; time < 3; time++) {
    here.link.disconnect("another client has our id");
    here.clock.advance(500);
    here.link.reconnect();
    here.clock.advance(500);
  }
  expect(here.alarms).toEqual(["lost: lost 3 times within a minute; last: another client has our id"]);
});

test("A5: what is critical does not wait until a slow broker has confirmed a flood", async () => {
  const here = site();
  here.outbox.start([], []);
  await settled();
  here.link.holdConfirmations(true);
  const minor = (door: "outer" | "inner", vestibule: string) => ({
    ...alarm("active-unacknowledged", { vestibule, door }),
    ...{ id: `${vestibule}.${door}.UnknownCard`, priority: "low" as const },
  });
  for (let n = 1; n <= 20; n++)
    for (const door of ["outer", "inner"] as const) here.outbox.alarmChanged(minor(door, `v${n}`));
  here.outbox.alarmChanged({
    ...alarm("active-unacknowledged"),
    id: "v1.outer-entry.Duress",
    type: "Duress",
  });
  await settled();
  expect(here.link.topicsUnderWay()).toContain("v1/alarm/v1.outer-entry.Duress");
});

test("a shelved alarm stays retained, with who shelved it and until when, also while it is normal", async () => {
  const here = site();
  here.outbox.start([], []);
  const shelved = { by: "wang", at: wallTime(0), until: wallTime(3_600_000), reason: "the fitter is here" };
  const comments = [{ by: "li", at: wallTime(1), text: "on the way" }];
  here.outbox.alarmChanged({ ...alarm("normal"), shelved, comments });
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toMatchObject({
    phase: "normal",
    shelved: { by: "wang", at: "1970-01-01T00:00:00.000Z", until: "1970-01-01T01:00:00.000Z" },
    comments: 1,
  });
  here.outbox.alarmChanged({ ...alarm("normal"), comments });
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeUndefined();
});

test("an alarm that the site does not publish is not shown, and one shown before is cleared", async () => {
  const here = site();
  here.outbox.start([alarm("active-unacknowledged")], []);
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeDefined();
  await here.outbox[Symbol.asyncDispose]();
  const quiet = new Outbox({
    ...{ journal: here.journal, cursor: here.cursor, link: here.link, clock: here.clock },
    ...{ onBrokerLost: () => undefined, onBrokerReturned: () => undefined },
    isPublished: (type) => type !== "DoorForcedOpen",
  });
  quiet.start([alarm("active-unacknowledged")], []);
  quiet.alarmChanged(alarm("active-acknowledged"));
  await settled();
  expect(here.link.retainedBody("v1/alarm/v1.DoorForcedOpen")).toBeUndefined();
  await quiet[Symbol.asyncDispose]();
});

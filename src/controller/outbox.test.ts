import fc from "fast-check";
import { expect, test } from "vitest";
import type { AlarmPhase, AlarmRecord } from "../domain/alarm/alarm.ts";
import { instant, wallTime } from "../domain/time.ts";
import type { VestibuleView } from "../ports/controller-services.ts";
import type { JournalCursor, JsonObject } from "../ports/journal.ts";
import { StorageFault } from "../ports/journal.ts";
import { MemoryCursor, MemoryJournal } from "../simulation/memory-journal.ts";
import { RecordedAlarmLink } from "../simulation/recorded-alarm-link.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { Outbox } from "./outbox.ts";

interface Site {
  readonly clock: VirtualClock;
  readonly journal: MemoryJournal;
  readonly cursor: JournalCursor;
  readonly link: RecordedAlarmLink;
  readonly alarms: string[];
  readonly outbox: Outbox;
}

function site(parts: Partial<Pick<Site, "clock" | "journal" | "cursor" | "link">> = {}): Site {
  const clock = parts.clock ?? new VirtualClock();
  const journal = parts.journal ?? new MemoryJournal(clock);
  const cursor = parts.cursor ?? new MemoryCursor();
  const link = parts.link ?? new RecordedAlarmLink(clock);
  const alarms: string[] = [];
  const outbox = new Outbox({
    ...{ journal, cursor, link, clock },
    onBrokerLost: (detail) => alarms.push(`lost: ${detail}`),
    onBrokerReturned: () => alarms.push("returned"),
  });
  return { clock, journal, cursor, link, alarms, outbox };
}

function write(
  { journal, clock, outbox }: Site,
  count: number,
  payload: JsonObject = { vestibule: "v1" },
): void {
  const entry = { type: "DoorOpened", at: clock.now(), payload };
  journal.append(Array.from({ length: count }, () => entry));
  outbox.recordsAppended();
}

/** Lets everything that is ready to run, run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
}

const seqs = (link: RecordedAlarmLink): number[] =>
  link
    .taken()
    .filter(({ topic }) => topic.includes("/event/"))
    .map(({ body }) => Number(body?.["seq"]));

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

const alarm = (
  phase: AlarmPhase,
  place: AlarmRecord["place"] = { vestibule: "v1", door: "outer" },
): AlarmRecord => ({
  id: `${place.vestibule ?? "site"}.DoorForcedOpen`,
  type: "DoorForcedOpen",
  priority: "critical",
  place,
  phase,
  since: wallTime(Date.UTC(2026, 10, 21)),
  lastAt: instant(1),
  count: 1,
  evidence: [],
  detail: null,
  acknowledged: null,
});

const view = (occupancy: number): VestibuleView => {
  const door = {
    contact: "closed",
    bolt: "thrown",
    lock: "secured",
    secure: true,
    since: instant(1),
    alarm: null,
  } as const;
  return {
    ...{ id: "v1", name: { en: "Vault", zh: "金库" }, doors: { outer: door, inner: door } },
    ...{ passage: null, occupancy, mode: "normal", displays: {} },
  };
};

test("records go out in order under their vestibule and type, with their sequence number", async () => {
  const here = site();
  write(here, 3);
  here.outbox.start([], []);
  await settled();
  expect(seqs(here.link)).toEqual([1, 2, 3]);
  expect(here.link.taken()[0]).toMatchObject({
    topic: "v1/event/DoorOpened",
    retain: false,
    body: { schema: 1, seq: 1, type: "DoorOpened", vestibule: "v1" },
  });
  expect(here.cursor.position()).toBe(3);
});

test("a record of no vestibule stands under the site", async () => {
  const here = site();
  here.outbox.start([], []);
  write(here, 1, {});
  await settled();
  expect(here.link.taken().map(({ topic }) => topic)).toEqual(["site/event/DoorOpened"]);
});

test("what was not confirmed when the link broke is sent again, in order, under the same numbers (T13)", async () => {
  const here = site();
  here.outbox.start([], []);
  await settled();
  here.link.holdConfirmations(true);
  write(here, 100);
  await settled();
  expect(here.link.underWay()).toBe(32);
  here.link.disconnect("cut", "arrives");
  here.link.holdConfirmations(false);
  await settled();
  expect(here.cursor.position()).toBe(0);
  here.link.reconnect();
  await settled();
  expect(seqs(here.link)).toEqual([...upTo(32), ...upTo(100)]);
  expect(here.cursor.position()).toBe(100);
});

test("whatever breaks and whenever, the first sight of each record is in order and none is missing", async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("write" as const), count: fc.integer({ min: 1, max: 90 }) }),
    fc.record({
      do: fc.constantFrom("hold" as const, "lose" as const, "arrive" as const, "restart" as const),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      let here = site();
      here.outbox.start([], []);
      for (const action of steps) {
        if (action.do === "write") write(here, action.count);
        else if (action.do === "hold") here.link.holdConfirmations(true);
        else if (action.do === "restart") {
          await here.outbox[Symbol.asyncDispose]();
          here = site(here);
          here.outbox.start([], []);
        } else {
          here.link.disconnect("cut", action.do === "lose" ? "lost" : "arrives");
          here.link.holdConfirmations(false);
          here.link.reconnect();
        }
        for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      }
      here.link.holdConfirmations(false);
      await settled();
      expect([...new Set(seqs(here.link))]).toEqual(upTo(here.journal.last(), 1));
      expect(here.cursor.position()).toBe(here.journal.last());
      await here.outbox[Symbol.asyncDispose]();
    }),
    { numRuns: 60 },
  );
});

test("with the broker away for a day, nothing is read ahead and nothing is kept in memory", async () => {
  const here = site();
  here.link.disconnect();
  let queries = 0;
  const journal = {
    last: () => here.journal.last(),
    query: (query: Parameters<MemoryJournal["query"]>[0]) => {
      queries += 1;
      expect(query.limit).toBeLessThanOrEqual(64);
      return here.journal.query(query);
    },
  };
  const { clock, link, cursor } = here;
  const outbox = new Outbox({
    journal,
    cursor,
    link,
    clock,
    onBrokerLost: () => {},
    onBrokerReturned: () => {},
  });
  outbox.start([], []);
  for (let batch = 0; batch < 20; batch++) {
    here.journal.append(Array.from({ length: 500 }, () => ({ type: "X", at: clock.now(), payload: {} })));
    outbox.recordsAppended();
    outbox.stateChanged(view(batch));
    await settled();
  }
  expect(queries).toBe(0);
  link.reconnect();
  while (cursor.position() < 10_000) await settled();
  expect(seqs(link)).toEqual(upTo(10_000));
  expect(link.taken().filter(({ topic }) => topic === "v1/state")).toHaveLength(1);
  await outbox[Symbol.asyncDispose]();
});

test("a refused record is tried again, later and alone, and holds back what follows it", async () => {
  const here = site();
  here.outbox.start([], []);
  here.link.refuse("v1/event/DoorOpened");
  write(here, 1);
  write(here, 3, {});
  await settled();
  const before = here.link.taken().length;
  here.link.refuse("v1/event/DoorOpened", false);
  here.clock.advance(1000);
  await settled();
  expect(seqs(here.link).slice(before)).toEqual([1, 2, 3, 4]);
  expect(here.cursor.position()).toBe(4);
});

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

test("a disk that cannot be read is tried again, and is no fault of the broker's", async () => {
  const here = site();
  let broken = true;
  const journal = {
    last: () => here.journal.last(),
    query: (query: Parameters<MemoryJournal["query"]>[0]) => {
      if (broken) throw new StorageFault("cannot read");
      return here.journal.query(query);
    },
  };
  const { clock, link, cursor, alarms } = here;
  const onBrokerLost = (detail: string) => alarms.push(detail);
  const outbox = new Outbox({ journal, cursor, link, clock, onBrokerLost, onBrokerReturned: () => {} });
  here.journal.append([{ type: "X", at: clock.now(), payload: {} }]);
  outbox.start([], []);
  await settled();
  broken = false;
  clock.advance(1000);
  await settled();
  expect(seqs(link)).toEqual([1]);
  expect(alarms).toEqual([]);
});

test("a cursor that is ahead of a restored journal does not swallow the new records", async () => {
  const cursor = new MemoryCursor();
  cursor.advance(500);
  const journal = new MemoryJournal(new VirtualClock());
  journal.append(Array.from({ length: 10 }, () => ({ type: "Restored", at: instant(0), payload: {} })));
  const here = site({ cursor, journal });
  here.outbox.start([], []);
  write(here, 5);
  await settled();
  expect(seqs(here.link)).toEqual(upTo(15, 11));
});

test("disposed of, it sends nothing more and leaves no timer", async () => {
  const here = site();
  here.outbox.start([], []);
  await here.outbox[Symbol.asyncDispose]();
  write(here, 5);
  await settled();
  expect(here.link.taken()).toEqual([]);
  expect(here.clock.nextWake()).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { seqs, settled, site, upTo, view, write } from "../../test/support/outbox-site.ts";
import { instant } from "../domain/time.ts";
import { type AlarmLink, LinkFault } from "../ports/alarm-link.ts";
import { StorageFault } from "../ports/journal.ts";
import { MemoryCursor, MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { Outbox } from "./outbox.ts";

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

/** A link whose every message is confirmed or refused by hand, in any order. */
function handLink() {
  const sent: { seq: number; confirm: () => void; refuse: () => void }[] = [];
  const link: AlarmLink = {
    state: () => ({ phase: "online", since: "" }),
    listen: () => ({ [Symbol.dispose]: () => {} }),
    publish: ({ topic, body }) =>
      new Promise((resolve, reject) => {
        const refuse = () => reject(new LinkFault("refused", topic));
        sent.push({ seq: Number(body?.["seq"]), confirm: resolve, refuse });
      }),
    retained: async () => [],
    hearRequests: () => ({ [Symbol.dispose]: () => {} }),
    [Symbol.asyncDispose]: async () => {},
  };
  return { link, sent };
}

test("confirmations out of order move the cursor over nothing that is still open", async () => {
  const { clock, journal, cursor } = site();
  const { link, sent } = handLink();
  const outbox = new Outbox({
    journal,
    cursor,
    link,
    clock,
    onBrokerLost: () => {},
    onBrokerReturned: () => {},
  });
  journal.append(Array.from({ length: 4 }, () => ({ type: "X", at: clock.now(), payload: {} })));
  outbox.start([], []);
  sent[1]?.confirm();
  sent[2]?.confirm();
  await settled();
  expect(outbox.delivered()).toBe(0);
  sent[0]?.confirm();
  await settled();
  expect(outbox.delivered()).toBe(3);
  await outbox[Symbol.asyncDispose]();
  expect(cursor.position()).toBe(3);
});

test("after a refusal records go one at a time, even where a later one is confirmed late", async () => {
  const { clock, journal, cursor } = site();
  const { link, sent } = handLink();
  const outbox = new Outbox({
    journal,
    cursor,
    link,
    clock,
    onBrokerLost: () => {},
    onBrokerReturned: () => {},
  });
  journal.append(Array.from({ length: 4 }, () => ({ type: "X", at: clock.now(), payload: {} })));
  outbox.start([], []);
  sent[0]?.refuse();
  await settled();
  sent[3]?.confirm();
  await settled();
  clock.advance(1000);
  expect(sent.slice(4).map(({ seq }) => seq)).toEqual([1]);
  sent[4]?.confirm();
  await settled();
  expect(sent.slice(5).map(({ seq }) => seq)).toEqual([2, 3, 4]);
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

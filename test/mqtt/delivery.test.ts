import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Outbox } from "../../src/controller/outbox.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import type { MqttAlarmLink } from "../../src/drivers/mqtt/mqtt-alarm-link.ts";
import { openConnection } from "../../src/drivers/sqlite/connection.ts";
import { directorySchema } from "../../src/drivers/sqlite/schema.ts";
import { createSqliteCursor } from "../../src/drivers/sqlite/sqlite-cursor.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import { becomes, realLink, root } from "../support/real-link.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { TcpFaultProxy } from "../support/tcp-fault-proxy.ts";
import { until } from "../support/until.ts";

const clock = new SystemClock();
/** The tests' listener takes everything at once; Mosquitto must not drop what it has not written yet. */
const lines = ["max_queued_messages 0", "max_inflight_messages 0", "set_tcp_nodelay true"];

let directory: string;
let cleanup: AsyncDisposableStack;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-delivery-"));
  cleanup = new AsyncDisposableStack();
  cleanup.defer(() => rmSync(directory, { recursive: true, force: true }));
});
afterEach(() => cleanup.disposeAsync());

/** One run of the box: journal and cursor from the disk, a new link, a new outbox. */
function boot(port: number) {
  const journal = openSqliteJournal({ directory, clock, boot: "boot-1" });
  const places = openConnection(join(directory, "directory.db"), directorySchema, { durability: "lazy" });
  const cursor = createSqliteCursor(places, "mqtt", journal);
  const link = realLink(`mqtt://127.0.0.1:${port}`);
  const outbox = new Outbox({
    journal,
    cursor,
    link,
    clock,
    onBrokerLost: () => {},
    onBrokerReturned: () => {},
  });
  outbox.start([], []);
  const shutDown = async (): Promise<void> => {
    await outbox[Symbol.asyncDispose]();
    await link[Symbol.asyncDispose]();
    places.close();
    journal[Symbol.dispose]();
  };
  return { journal, cursor, link, outbox, shutDown };
}

function write(journal: Journal, count: number): void {
  for (let left = count; left > 0; left -= 1000) {
    const size = Math.min(left, 1000);
    journal.append(
      Array.from({ length: size }, () => ({
        type: "DoorOpened",
        at: clock.now(),
        payload: { vestibule: "v1" },
      })),
    );
  }
}

const seqsOf = (listener: Listener): number[] => listener.bodies("/event/").map(({ seq }) => Number(seq));

/**
 * At least once, in order: each number's first sight follows the one before it, and none is missing; a repeat has its
 * number and its content again.
 */
function expectComplete(listener: Listener, last: number): void {
  const first = [...new Set(seqsOf(listener))];
  expect(first).toHaveLength(last);
  expect(first.findIndex((seq, index) => seq !== index + 1)).toBe(-1);
  const texts = new Map<number, string>();
  for (const { topic, text } of listener.heard) {
    if (!topic.includes("/event/")) continue;
    const seq = Number(/"seq":(\d+)/.exec(text)?.[1]);
    if ((texts.get(seq) ?? text) !== text) expect(text).toBe(texts.get(seq));
    texts.set(seq, text);
  }
}

test("T12: 50,000 events with the broker away and five restarts: none lost, in order", async () => {
  const broker = cleanup.use(await Mosquitto.start({ lines }));
  const proxy = cleanup.use(await TcpFaultProxy.to(broker.port));
  const listener = cleanup.use(await Listener.to(broker.url, `${root}#`));
  await broker.stop("SIGKILL");
  proxy.refuse(true);
  for (let restart = 0; restart < 5; restart++) {
    const box = boot(proxy.port);
    write(box.journal, 10_000);
    box.outbox.recordsAppended();
    if (restart === 1 || restart === 3) {
      // The broker is back for a while, and goes in the middle of the delivery.
      const seen = listener.subscriptions;
      await broker.start();
      await until(() => listener.subscriptions > seen, "the listener is back");
      proxy.refuse(false);
      const target = box.outbox.delivered() + 2000;
      await until(() => box.outbox.delivered() > target, "some are delivered");
      await broker.stop("SIGKILL");
      proxy.refuse(true);
    }
    await becomes(box.link, "offline");
    await box.shutDown();
  }
  const seen = listener.subscriptions;
  await broker.start();
  await until(() => listener.subscriptions > seen, "the listener is back");
  proxy.refuse(false);
  const box = boot(proxy.port);
  cleanup.defer(box.shutDown);
  await until(() => box.outbox.delivered() === 50_000, "all are delivered", 45_000);
  await until(() => listener.heard.at(-1)?.text.includes('"seq":50000') === true, "all are heard");
  expectComplete(listener, 50_000);
  expect(box.cursor.position()).toBe(50_000);
});

test("T13: connections cut in the middle of packets, over and over: none lost, in order, repeats alike", async () => {
  const random = seededRandom(20261121);
  const broker = cleanup.use(await Mosquitto.start({ lines }));
  const proxy = cleanup.use(await TcpFaultProxy.to(broker.port));
  const listener = cleanup.use(await Listener.to(broker.url, `${root}#`));
  const box = boot(proxy.port);
  cleanup.defer(box.shutDown);
  write(box.journal, 3000);
  box.outbox.recordsAppended();
  for (let cut = 0; cut < 25; cut++) {
    const before = proxy.cuts;
    proxy.cutAfterBytes(1 + Math.floor(random() * 20_000));
    await until(() => proxy.cuts > before || box.outbox.delivered() === 3000, "a cut, or the end");
  }
  expect(proxy.cuts).toBeGreaterThanOrEqual(10);
  await until(() => box.outbox.delivered() === 3000, "all are delivered");
  await until(() => new Set(seqsOf(listener)).size === 3000, "all are heard");
  expectComplete(listener, 3000);
});

test("a connection that goes silent is given up, and what it swallowed is sent again", async () => {
  const broker = cleanup.use(await Mosquitto.start({ lines }));
  const proxy = cleanup.use(await TcpFaultProxy.to(broker.port));
  const listener = cleanup.use(await Listener.to(broker.url, `${root}#`));
  const journal = openSqliteJournal({ directory, clock, boot: "boot-1" });
  cleanup.use(journal);
  const link = cleanup.use(
    realLink(`mqtt://127.0.0.1:${proxy.port}`, { publishTimeout: 300, connectTimeout: 300 }),
  );
  let position = 0;
  const cursor = { position: () => position, advance: (seq: number) => void (position = seq) };
  const outbox = new Outbox({
    journal,
    cursor,
    link,
    clock,
    onBrokerLost: () => {},
    onBrokerReturned: () => {},
  });
  cleanup.use(outbox);
  outbox.start([], []);
  await becomes(link, "online");
  proxy.blackHole(true);
  write(journal, 100);
  outbox.recordsAppended();
  await becomes(link, "offline");
  expect(outbox.delivered()).toBe(0);
  proxy.blackHole(false);
  await until(() => outbox.delivered() === 100, "all are delivered");
  await until(() => new Set(seqsOf(listener)).size === 100, "all are heard");
  expectComplete(listener, 100);
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  test(`a broker stopped by ${signal} and started again gets what it missed, and every retained topic`, async () => {
    const broker = cleanup.use(await Mosquitto.start({ lines }));
    const box = boot(broker.port);
    cleanup.defer(box.shutDown);
    box.outbox.alarmChanged({
      ...{ id: "v1.outer.DoorHeldOpen", type: "DoorHeldOpen", priority: "high", place: { vestibule: "v1" } },
      ...{ phase: "active-unacknowledged", since: clock.wall(), lastAt: clock.now(), count: 1 },
      ...{ evidence: [], detail: null, acknowledged: null, shelved: null, comments: [] },
    });
    write(box.journal, 10);
    box.outbox.recordsAppended();
    await until(() => box.outbox.delivered() === 10, "ten are delivered");
    await broker.stop(signal);
    await becomes(box.link, "offline");
    write(box.journal, 10);
    box.outbox.recordsAppended();
    // Without persistence, a broker that starts again has forgotten everything it retained.
    await broker.start();
    await until(() => box.outbox.delivered() === 20, "twenty are delivered");
    const late = cleanup.use(await Listener.to(broker.url, `${root}#`));
    await until(() => late.bodies("/alarm/").length === 1, "the retained alarm is back");
    expect(late.bodies("v1/alarm/v1.outer.DoorHeldOpen")[0]).toMatchObject({
      phase: "active-unacknowledged",
    });
    expect(late.bodies("status")[0]).toMatchObject({ state: "online" });
  });
}

test("alarms that an earlier run left at the broker are cleared", async () => {
  const broker = cleanup.use(await Mosquitto.start({ lines }));
  const earlier: MqttAlarmLink = realLink(broker.url);
  await becomes(earlier, "online");
  await earlier.publish({ topic: "v1/alarm/v1.outer.LockFault", body: { schema: 1 }, retain: true });
  await earlier[Symbol.asyncDispose]();
  const listener = cleanup.use(await Listener.to(broker.url, `${root}+/alarm/+`));
  await until(() => listener.heard.length === 1, "the old alarm is there");
  const box = boot(broker.port);
  cleanup.defer(box.shutDown);
  await until(() => listener.heard.at(-1)?.text === "", "it is cleared");
});

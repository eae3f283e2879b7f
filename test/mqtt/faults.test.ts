import { afterEach, beforeEach, expect, test } from "vitest";
import { Outbox } from "../../src/controller/outbox.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import type { MqttAlarmLinkOptions } from "../../src/drivers/mqtt/mqtt-alarm-link.ts";
import { MemoryCursor, MemoryJournal } from "../../src/simulation/memory-journal.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";
import { Listener, Mosquitto, type MosquittoOptions } from "../support/mosquitto.ts";
import { alarm } from "../support/outbox-site.ts";
import { becomes, realLink, root } from "../support/real-link.ts";
import { TcpFaultProxy } from "../support/tcp-fault-proxy.ts";
import { until } from "../support/until.ts";

const clock = new SystemClock();

watchMachine();
const roomy = ["max_queued_messages 0", "max_inflight_messages 0", "set_tcp_nodelay true"];

let cleanup: AsyncDisposableStack;
beforeEach(() => {
  cleanup = new AsyncDisposableStack();
});
afterEach(() => cleanup.disposeAsync());

/** A box behind a network that can be made bad, and who listens to it at the broker. */
async function begin(
  broker: MosquittoOptions = { lines: roomy },
  options: Partial<MqttAlarmLinkOptions> = {},
  patience = 300,
) {
  const mosquitto = cleanup.use(await Mosquitto.start(broker));
  const network = cleanup.use(await TcpFaultProxy.to(mosquitto.port));
  const listener = cleanup.use(await Listener.to(mosquitto.url, `${root}#`));
  const journal = new MemoryJournal(clock);
  const link = cleanup.use(realLink(`mqtt://127.0.0.1:${network.port}`, options));
  const alarms: string[] = [];
  const outbox = new Outbox({
    ...{ journal, cursor: new MemoryCursor(), link, clock, patience },
    onBrokerLost: (detail) => alarms.push(detail),
    onBrokerReturned: () => alarms.push("returned"),
  });
  cleanup.use(outbox);
  outbox.start([], []);
  await becomes(link, "online");
  const write = (count: number, payload = {}): void => {
    for (let left = count; left > 0; left -= 500)
      journal.append(
        Array.from({ length: Math.min(500, left) }, () => ({
          ...{ type: "DoorOpened", at: clock.now(), payload: { vestibule: "v1", ...payload } },
        })),
      );
    outbox.recordsAppended();
  };
  const seqs = (): number[] => listener.bodies("/event/").map(({ seq }) => Number(seq));
  return { mosquitto, network, listener, journal, link, outbox, alarms, write, seqs };
}

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

test(
  "an alarm does not wait behind a day of events, even on a slow and distant line",
  againWhereHeldUp,
  async () => {
    const { network, listener, outbox, write, seqs } = await begin({ lines: roomy }, {}, 60_000);
    network.limitTo(100_000);
    network.delayBy(20);
    write(20_000);
    await until(() => seqs().length > 100, "events are on their way");
    const [before, raisedAt] = [seqs().length, performance.now()];
    outbox.alarmChanged(alarm("active-unacknowledged"));
    await until(() => listener.bodies("/alarm/").length === 1, "the alarm is there");
    const events = seqs().length - before;
    // What was under way already, in both directions, and no more.
    expect(events).toBeLessThan(150);
    expect(performance.now() - raisedAt).toBeLessThan(2_000);
    expect(outbox.delivered()).toBeLessThan(2_000);
    expect(seqs()).toEqual(upTo(seqs().length));
  },
);

test("T13: half open, what arrives is never confirmed: it comes again under its same number, word for word", async () => {
  const { network, listener, outbox, write, seqs } = await begin({ lines: roomy }, { publishTimeout: 200 });
  network.swallowAnswers(true);
  write(50);
  await until(() => seqs().length >= 32, "what may be under way has arrived");
  expect(outbox.delivered()).toBe(0);
  await until(() => network.connections > 1, "the link has given the connection up");
  network.swallowAnswers(false);
  network.cut();
  await until(() => outbox.delivered() === 50, "all are confirmed");
  await until(() => seqs().at(-1) === 50, "all are heard");
  expect(seqs().length).toBeGreaterThan(50);
  expect([...new Set(seqs())]).toEqual(upTo(50));
  const texts = new Map<unknown, Set<string>>();
  for (const { text, topic, packet } of listener.heard) {
    if (!topic.includes("/event/")) continue;
    const { seq } = JSON.parse(text) as { seq: number };
    texts.set(seq, (texts.get(seq) ?? new Set()).add(text));
    expect(packet.properties?.userProperties).toMatchObject({ schema: "1", seq: String(seq) });
  }
  expect([...texts.values()].every(({ size }) => size === 1)).toBe(true);
});

test("T14: pushed out again and again by a second client with its id, the box raises BrokerLost and says so", async () => {
  const { mosquitto, alarms } = await begin({ lines: roomy }, {}, 10_000);
  cleanup.use(realLink(mosquitto.url));
  await until(() => alarms.length > 0, "the alarm");
  expect(alarms[0]).toMatch(/^lost 3 times within a minute; last: broker .* closed the connection/);
});

for (const [what, line] of [
  ["says so at the start", "max_packet_size 2000"],
  ["says so when it comes, and hangs up", "message_size_limit 1500"],
] as const)
  test(`a broker that takes no message so large, and ${what}: it gets the event's named fields, in its place`, async () => {
    const { listener, outbox, write, seqs } = await begin({ lines: [...roomy, line] }, {}, 60_000);
    write(2);
    write(1, { note: "x".repeat(1000), more: "y".repeat(1000) });
    write(40);
    await until(() => outbox.delivered() === 43, "all are delivered");
    await until(() => seqs().at(-1) === 43, "all are heard");
    expect([...new Set(seqs())]).toEqual(upTo(43));
    const third = listener.bodies("/event/").find(({ seq }) => seq === 3);
    expect(third).toMatchObject({ type: "DoorOpened", vestibule: "v1", truncated: true });
    expect(third).not.toHaveProperty("note");
    expect(listener.bodies("/event/").filter(({ truncated }) => truncated === true)).toHaveLength(1);
  });

test("a broker without room for another client: refused, and told so", async () => {
  const { mosquitto } = await begin({ lines: ["max_connections 2"] });
  const third = cleanup.use(realLink(mosquitto.url, { clientId: "third" }));
  await until(() => third.state().phase === "offline", "it is refused");
  const state = third.state();
  expect(state.phase === "offline" && state.detail).toMatch(/closed the connection|busy|quota/);
});

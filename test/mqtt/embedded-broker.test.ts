import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTcp, createServer } from "node:net";
import { connect, type IClientOptions } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { EmbeddedBroker, type EmbeddedBrokerOptions } from "../../src/drivers/mqtt/embedded-broker.ts";
import { CertificateAuthority } from "../support/certificates.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";
import { Listener } from "../support/mosquitto.ts";
import { becomes, complains, realLink, root } from "../support/real-link.ts";
import { until } from "../support/until.ts";

watchMachine();

const clock = new SystemClock();
let cleanup: AsyncDisposableStack;
beforeEach(() => {
  cleanup = new AsyncDisposableStack();
});
afterEach(() => cleanup.disposeAsync());

async function begin(options: Partial<EmbeddedBrokerOptions> = {}) {
  const faults: string[] = [];
  const broker = await EmbeddedBroker.start({
    ...{ host: "127.0.0.1", port: 0, clientId: "vestibule-box", clock },
    onFault: (detail) => faults.push(detail),
    ...options,
  });
  cleanup.use(broker);
  const link = cleanup.use(realLink("", broker.link));
  await becomes(link, "online");
  return { broker, link, url: `mqtt://127.0.0.1:${broker.port}`, faults };
}

const event = (n: number) => ({ topic: "v1/event/X", body: { n }, retain: false });
const old: IClientOptions = { protocolVersion: 4 };

/** How a stranger's connection ends, or that it does not. */
async function fate(
  url: string,
  options: IClientOptions,
  act?: (client: ReturnType<typeof connect>) => void,
) {
  const client = connect(url, { ...old, reconnectPeriod: 0, ...options });
  cleanup.defer(() => void client.end(true));
  let refused = "";
  client.on("error", (error) => {
    refused = error.message;
  });
  client.on("connect", () => act?.(client));
  await new Promise<void>((resolve) => client.once("close", resolve));
  return refused;
}

test("the link speaks 3.1.1 to it, in order, retained and with a goodbye", async () => {
  const { link, url } = await begin();
  const listener = cleanup.use(await Listener.to(url, `${root}#`, old));
  await Promise.all(Array.from({ length: 200 }, (_, n) => link.publish(event(n))));
  await until(() => listener.bodies("event").length === 200, "200 events");
  expect(listener.bodies("event").map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  await link.publish({ topic: "v1/alarm/a", body: { n: 1 }, retain: true });
  expect(await link.retained("+/alarm/+")).toEqual(["v1/alarm/a"]);
  await link[Symbol.asyncDispose]();
  await until(() => listener.bodies("status").at(-1)?.["state"] === "offline", "the goodbye");
});

test("a port in use is said so, and taken as soon as it is free; meanwhile its user hears nothing", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  let visitors = 0;
  server.on("connection", () => (visitors += 1));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  const { port } = address;
  const faults: string[] = [];
  const onFault = (detail: string) => faults.push(detail);
  const broker = cleanup.use(
    await EmbeddedBroker.start({ host: "127.0.0.1", port, clientId: "c", clock, onFault }),
  );
  const link = cleanup.use(realLink("", broker.link));
  await complains(link, new RegExp(`port ${port} of 127.0.0.1 is in use: stop`));
  expect(faults[0]).toMatch(/VESTIBULE_MQTT_PORT/);
  expect(visitors).toBe(0);
  server.close();
  await becomes(link, "online");
  expect(broker.port).toBe(port);
});

test("it does not leave loopback without TLS and a password", async () => {
  const options = { host: "0.0.0.0", port: 0, clientId: "c", clock };
  await expect(EmbeddedBroker.start(options)).rejects.toThrow(/only with TLS and a password/);
  const subscribers = { username: "centre", password: "secret" };
  await expect(EmbeddedBroker.start({ ...options, subscribers })).rejects.toThrow(
    /only with TLS and a password/,
  );
});

test("with TLS and a password it serves who has them, and the controller beside them", async () => {
  const authority = cleanup.use(new CertificateAuthority());
  const { certificateFile, keyFile } = authority.issue("broker", "IP:127.0.0.1");
  const { broker, link } = await begin({
    host: "0.0.0.0",
    subscribers: { username: "centre", password: "secret" },
    tls: { certificate: authority.read(certificateFile), key: authority.read(keyFile) },
  });
  const url = `mqtts://127.0.0.1:${broker.port}`;
  const ca = authority.read(authority.caFile);
  const listener = cleanup.use(
    await Listener.to(url, `${root}#`, { ...old, ca, username: "centre", password: "secret" }),
  );
  await link.publish(event(1));
  await until(() => listener.bodies("event").length === 1, "the event");
  expect(await fate(url, { ca, username: "centre", password: "guess" })).toMatch(/Bad username or password/);
});

test("nobody but the controller publishes: not a message, not a last will, not under its id (T10)", async () => {
  const { link, url } = await begin();
  const listener = cleanup.use(await Listener.to(url, "#", old));
  const forged = `${root}v1/event/Forged`;
  await fate(url, {}, (client) => client.publish(forged, "{}", { qos: 1 }));
  await fate(url, {}, (client) => client.publish(forged, "{}", { qos: 0, retain: true }));
  const will = { topic: forged, payload: Buffer.from("{}"), qos: 1 as const, retain: true };
  await fate(url, { will }, (client) => client.stream.destroy());
  expect(await fate(url, { clientId: "vestibule-box" })).toMatch(/Bad username or password/);
  expect(await fate(url, { username: "controller", password: "guess", clientId: "vestibule-box" })).toMatch(
    /Bad/,
  );
  await link.publish(event(1));
  await until(() => listener.bodies("event").some(({ n }) => n === 1), "the controller's own event");
  expect(listener.heard.some(({ topic }) => topic === forged)).toBe(false);
  expect(link.state().phase).toBe("online");
});

test("a packet too large, too many subscriptions, a filter too long: that client's loss only", async () => {
  const { link, url, faults } = await begin();
  await fate(url, {}, (client) => client.publish("t", "x".repeat(100_000), { qos: 1 }));
  const client = connect(url, { ...old, reconnectPeriod: 0 });
  cleanup.defer(() => void client.end(true));
  await new Promise((resolve) => client.once("connect", resolve));
  const granted = async (filter: string | string[]): Promise<number[]> =>
    new Promise((resolve) => {
      client.subscribe(filter, { qos: 1 }, (_error, _asked, answer) =>
        resolve((answer?.granted ?? []).map(Number)),
      );
    });
  expect(await granted("y".repeat(300))).toEqual([128]);
  const many = await granted(Array.from({ length: 80 }, (_, n) => `t/${n}`));
  expect(many.filter((qos) => qos === 1)).toHaveLength(63);
  await link.publish(event(1));
  expect(faults).toEqual([]);
});

test("too many clients: the newest are turned away, the controller's link stays", async () => {
  const { broker, link } = await begin({ limits: { clients: 8 } });
  const sockets = Array.from({ length: 40 }, () => connectTcp(broker.port, "127.0.0.1"));
  cleanup.defer(() => {
    for (const socket of sockets) socket.destroy();
  });
  let closed = 0;
  for (const socket of sockets) {
    socket.on("error", () => undefined);
    socket.on("close", () => (closed += 1));
  }
  await until(() => closed >= 33, "33 of 40 are turned away");
  await link.publish(event(1));
  expect(link.state().phase).toBe("online");
});

test(
  "a subscriber that never reads is dropped; the others and the controller go on",
  againWhereHeldUp,
  async () => {
    const { broker, link, url } = await begin({ limits: { backlogBytes: 256 * 1024 } });
    const listener = cleanup.use(await Listener.to(url, `${root}v1/event/#`, old));
    const deaf = connectTcp(broker.port, "127.0.0.1");
    cleanup.defer(() => void deaf.destroy());
    deaf.on("error", () => undefined);
    // CONNECT as "deaf" and SUBSCRIBE to #, then not another look at the socket.
    deaf.write(Buffer.from("101000044d5154540402003c000464656166" + "82060001000123" + "00", "hex"));
    await once(deaf, "readable");
    const body = { text: "z".repeat(30_000) };
    const begun = performance.now();
    for (let n = 0; n < 600; n++) await link.publish({ topic: "v1/event/Large", body, retain: false });
    await until(() => listener.heard.length === 600, "the others hear all");
    // Its backlog drops it; waiting for the broker's drain timeout would have held everybody up for 5 s.
    expect(performance.now() - begun).toBeLessThan(4500);
    expect(link.state().phase).toBe("online");
    deaf.resume();
    await once(deaf, "close");
  },
);

test("a flood from another process does not stop the controller's messages", againWhereHeldUp, async () => {
  const { link, url } = await begin();
  const program = `
    import { connect } from "mqtt";
    for (let n = 0; n < 10; n++) {
      const client = connect(${JSON.stringify(url)}, { protocolVersion: 4, reconnectPeriod: 1 });
      client.on("error", () => {});
      client.on("connect", () => { client.subscribe("#"); for (let m = 0; m < 200; m++) client.publish("flood/" + m, "x".repeat(1000)); });
    }
    console.log("flooding");`;
  const flood = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  cleanup.defer(async () => {
    const ended = once(flood, "exit");
    flood.kill("SIGKILL");
    await ended;
  });
  await once(flood.stdout, "data");
  const begun = performance.now();
  for (let n = 0; n < 50; n++) await link.publish(event(n));
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(link.state().phase).toBe("online");
});

test("when its thread dies it is started again on its port, and the link comes back", async () => {
  const { broker, link, faults } = await begin({ heapMegabytes: 24 });
  const { port } = broker;
  // Retained topics live in its heap: enough of them and the thread ends as out of memory.
  const fill = async (): Promise<void> => {
    for (let n = 0; n < 200_000; n++) {
      await link.publish({ topic: `v1/alarm/${n}/${"x".repeat(200)}`, body: { n }, retain: true });
    }
  };
  await expect(fill()).rejects.toMatchObject({ name: "LinkFault" });
  await until(() => faults.length > 0, "the death is reported");
  expect(faults[0]).toMatch(/the embedded broker died: .*memory/i);
  await becomes(link, "online");
  await link.publish(event(1));
  expect(broker.port).toBe(port);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as connectTcp, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Certificate, CertificateAuthority } from "../support/certificates.ts";
import { freePort } from "../support/free-port.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import { becomes, complains, realLink, root } from "../support/real-link.ts";
import { until } from "../support/until.ts";

let cleanup: AsyncDisposableStack;
beforeEach(() => {
  cleanup = new AsyncDisposableStack();
});
afterEach(() => cleanup.disposeAsync());

/** The port it listens on; closed, with its connections, at the end of the test. */
async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanup.defer(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

const event = { topic: "v1/event/X", body: { seq: 1 }, retain: false };

test("messages say what they are: JSON, UTF-8, schema; status says online, then offline", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const listener = cleanup.use(await Listener.to(broker.url, `${root}#`));
  const link = realLink(broker.url);
  await becomes(link, "online");
  await link.publish(event);
  await link[Symbol.asyncDispose]();
  await until(() => listener.heard.length === 3, "status, event, status");
  expect(listener.bodies("status")).toEqual([
    { schema: 1, state: "online", version: "0.1.0", boot: "boot-1", lastSeq: 0 },
    { schema: 1, state: "offline", version: "0.1.0", boot: "boot-1", lastSeq: 0 },
  ]);
  for (const { packet } of listener.heard) {
    expect(packet.qos).toBe(1);
    expect(packet.properties).toMatchObject({
      ...{ contentType: "application/json", payloadFormatIndicator: true, userProperties: { schema: "1" } },
    });
  }
});

test("when the controller dies, the broker tells of it by the last will, retained", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const program = `
    import { realLink } from ${JSON.stringify(new URL("../support/real-link.ts", import.meta.url).href)};
    realLink(${JSON.stringify(broker.url)});
    setInterval(() => {}, 1000);`;
  const controller = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
    stdio: "inherit",
  });
  const listener = cleanup.use(await Listener.to(broker.url, `${root}status`));
  await until(() => listener.bodies("status").some(({ state }) => state === "online"), "online");
  const ended = once(controller, "exit");
  controller.kill("SIGKILL");
  await ended;
  await until(() => listener.bodies("status").at(-1)?.["state"] === "offline", "the last will");
  const late = cleanup.use(await Listener.to(broker.url, `${root}status`));
  await until(() => late.heard.length === 1, "the retained last will");
  expect(late.bodies("status")).toEqual([
    { schema: 1, state: "offline", version: "0.1.0", boot: "boot-1", lastSeq: 0 },
  ]);
});

test("credentials: right ones connect, wrong ones are named as the reason", async () => {
  const broker = cleanup.use(await Mosquitto.start({ accounts: { box: "right" } }));
  const right = cleanup.use(realLink(broker.url, { username: "box", password: "right" }));
  await becomes(right, "online");
  const wrong = cleanup.use(realLink(broker.url, { username: "box", password: "wrong", clientId: "other" }));
  await complains(wrong, /does not authorise this client|refused user name or password/);
  await expect(wrong.publish(event)).rejects.toMatchObject({ code: "offline" });
  expect(JSON.stringify(wrong.state())).not.toContain("wrong");
});

test("an access control list that forbids a topic refuses that message and no other", async () => {
  const acl = `topic readwrite ${root}status\ntopic write ${root}v1/event/Allowed\n`;
  const broker = cleanup.use(await Mosquitto.start({ files: { acl }, lines: ["acl_file DIR/acl"] }));
  const link = cleanup.use(realLink(broker.url));
  await becomes(link, "online");
  await expect(link.publish(event)).rejects.toMatchObject({
    ...{ name: "LinkFault", code: "refused", message: expect.stringContaining("not authorised") },
  });
  await link.publish({ ...event, topic: "v1/event/Allowed" });
  expect(link.state().phase).toBe("online");
});

test("a message larger than the broker takes is refused, and costs nothing else", async () => {
  const broker = cleanup.use(await Mosquitto.start({ lines: ["max_packet_size 4096"] }));
  const link = cleanup.use(realLink(broker.url));
  await becomes(link, "online");
  await expect(link.publish({ ...event, body: { text: "x".repeat(5000) } })).rejects.toMatchObject({
    code: "tooLarge",
  });
  await link.publish(event);
});

async function tlsBroker(authority: CertificateAuthority, names: string, days?: number, more: string[] = []) {
  const { certificateFile, keyFile } = authority.issue("broker", names, days);
  const lines = [`cafile ${authority.caFile}`, `certfile ${certificateFile}`, `keyfile ${keyFile}`, ...more];
  const broker = cleanup.use(await Mosquitto.start({ lines }));
  return broker.url.replace("mqtt:", "mqtts:");
}

test("TLS: a broker certified by the configured authority, for its name, is trusted", async () => {
  const authority = cleanup.use(new CertificateAuthority());
  const url = await tlsBroker(authority, "IP:127.0.0.1");
  const link = cleanup.use(realLink(url, { caFile: authority.caFile }));
  await becomes(link, "online");
  await link.publish(event);
});

test("TLS: another authority, another name, expired, no TLS at all: refused, each with its reason", async () => {
  const authority = cleanup.use(new CertificateAuthority());
  const other = cleanup.use(new CertificateAuthority("Another authority"));
  const named = await tlsBroker(authority, "DNS:broker.example");
  const caFile = authority.caFile;
  await complains(cleanup.use(realLink(named, { caFile })), /certificate for another name/);
  const good = await tlsBroker(authority, "IP:127.0.0.1");
  await complains(cleanup.use(realLink(good, { caFile: other.caFile })), /not trusted/);
  await complains(cleanup.use(realLink(good)), /not trusted/);
  const expired = await tlsBroker(authority, "IP:127.0.0.1", 0);
  await complains(cleanup.use(realLink(expired, { caFile })), /has a certificate that has expired/);
  const plain = cleanup.use(await Mosquitto.start());
  await complains(
    cleanup.use(realLink(plain.url.replace("mqtt:", "mqtts:"))),
    /closed the connection in the TLS handshake: does it speak TLS on this port\?/,
  );
  await complains(
    cleanup.use(realLink(good.replace("mqtts:", "mqtt:"))),
    /closed the connection before it answered: does this port want TLS/,
  );
  await complains(
    cleanup.use(realLink(good, { caFile: "/nowhere/ca.crt" })),
    /cannot read \/nowhere\/ca\.crt/,
  );
});

test("TLS: a broker that asks for a client's certificate gets it, and says what is wrong with another", async () => {
  const authority = cleanup.use(new CertificateAuthority());
  const other = cleanup.use(new CertificateAuthority("Another authority"));
  const { caFile } = authority;
  const lost = authority.issue("lost-box", "DNS:box");
  const more = ["require_certificate true", "use_identity_as_username true"];
  const url = await tlsBroker(authority, "IP:127.0.0.1", 2, [...more, `crlfile ${authority.revoke(lost)}`]);
  const link = cleanup.use(realLink(url, { caFile, ...authority.issue("box", "DNS:box") }));
  await becomes(link, "online");
  const saying = (reason: RegExp, files: Partial<Certificate>) =>
    complains(cleanup.use(realLink(url, { caFile, clientId: "another", ...files })), reason);
  await saying(/asks for a client certificate, and none is configured/, {});
  await saying(/refuses our client certificate: it has expired/, authority.issue("old", "DNS:box", 0));
  await saying(/refuses our client certificate: its authority is not trusted/, other.issue("box", "DNS:box"));
  await saying(/refuses our client certificate: it was revoked/, lost);
  expect(link.state().phase).toBe("online");
});

test("nothing there, a name that is none, a server that says nothing or something else: each has its words", async () => {
  await complains(cleanup.use(realLink(`mqtt://127.0.0.1:${await freePort()}`)), /nothing listens there/);
  await complains(
    cleanup.use(realLink("mqtt://broker.invalid:1883")),
    /name that (is not found|cannot be looked up)/,
  );
  const silent = await listening(createServer((socket) => socket.on("error", () => undefined)));
  const babbling = await listening(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    }),
  );
  const waiting = cleanup.use(realLink(`mqtt://127.0.0.1:${silent}`, { connectTimeout: 200 }));
  await complains(waiting, /did not answer in time/);
  const confused = cleanup.use(realLink(`mqtt://127.0.0.1:${babbling}`));
  await complains(confused, /failed|closed/);
});

test("a broker that hangs up on MQTT 5 is spoken to in 3.1.1; one that was only cut off once is not", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const levels: number[] = [];
  let hangUps = 1;
  /** The protocol level stands after the protocol's name. */
  const level = (connectPacket: Buffer): number => connectPacket[connectPacket.indexOf("MQTT") + 4] ?? 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (connectPacket) => {
      levels.push(level(connectPacket));
      if (levels.length <= hangUps && level(connectPacket) === 5) return socket.destroy();
      const upstream = connectTcp(broker.port, "127.0.0.1");
      upstream.on("error", () => socket.destroy());
      upstream.write(connectPacket);
      return socket.pipe(upstream).pipe(socket);
    });
  });
  const url = `mqtt://127.0.0.1:${await listening(server)}`;
  const modern = realLink(url);
  await becomes(modern, "online");
  await modern[Symbol.asyncDispose]();
  expect(levels.splice(0)).toEqual([5, 5]);
  hangUps = Number.POSITIVE_INFINITY;
  const old = cleanup.use(realLink(url));
  await becomes(old, "online");
  await old.publish(event);
  expect(levels).toEqual([5, 5, 5, 4]);
});

test("T14: two clients with one id, on a broker that just closes: it is said that it keeps happening", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const first = cleanup.use(realLink(broker.url, { clientId: "same" }));
  await becomes(first, "online");
  cleanup.use(realLink(broker.url, { clientId: "same" }));
  await complains(first, /\d+ times within a minute; another client may be using the id "same"/);
});

test("T14: a broker that says the session was taken over is believed", async () => {
  // CONNACK, then DISCONNECT with reason 0x8E, as MQTT 5 has it.
  const answer = Buffer.from([0x20, 0x03, 0x00, 0x00, 0x00, 0xe0, 0x02, 0x8e, 0x00]);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(answer));
  });
  const port = await listening(server);
  const link = cleanup.use(realLink(`mqtt://127.0.0.1:${port}`, { clientId: "same" }));
  await complains(link, /gave our session to another client with id "same"$/);
  await complains(link, /"same": \d+ times within a minute; two clients use the same id/);
});

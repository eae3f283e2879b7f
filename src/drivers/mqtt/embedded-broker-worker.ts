import { createHash, timingSafeEqual } from "node:crypto";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { parentPort, workerData } from "node:worker_threads";
import { Aedes, type AuthenticateError, type Client } from "aedes";
import { limitPackets } from "./packet-guard.ts";

/** What the embedded broker is told at its start. */
export interface BrokerWorkerSettings {
  readonly host: string;
  readonly port: number;
  /** The controller's own client: the only one that may publish. */
  readonly own: { readonly clientId: string; readonly username: string; readonly password: string };
  /** Everybody else's; absent on loopback, where whoever is on the box may listen. */
  readonly subscribers: { readonly username: string; readonly password: string } | undefined;
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  readonly limits: BrokerLimits;
}

export interface BrokerLimits {
  readonly clients: number;
  readonly packetBytes: number;
  readonly subscriptionsPerClient: number;
  readonly filterLength: number;
  readonly requestBytes: number;
  /** Bytes that may wait for a subscriber that reads too slowly; it is disconnected then. */
  readonly backlogBytes: number;
}

export type BrokerWorkerMessage =
  | { readonly type: "listening"; readonly port: number; readonly ownPort: number }
  | { readonly type: "failed"; readonly code: string; readonly detail: string };

const settings = workerData as BrokerWorkerSettings; // handed over by EmbeddedBroker, which is typed
const { own, subscribers, limits } = settings;

/** The controller's own connection, by proof of its secret. */
const ownClients = new WeakSet<Client>();
const subscriptions = new WeakMap<Client, number>();

/** Compares without telling by its time how much of it was right. */
function sameText(left: string | undefined, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left ?? ""), digest(right));
}

function isOwn(username: string | undefined, password: Buffer | undefined): boolean {
  return sameText(username, own.username) && sameText(password?.toString(), own.password);
}

function maySubscribe(username: string | undefined, password: Buffer | undefined): boolean {
  if (subscribers === undefined) return true;
  return sameText(username, subscribers.username) && sameText(password?.toString(), subscribers.password);
}

/** Anybody who may listen may ask: what comes of it is the controller's to decide, and nothing is kept here. */
const isRequest = ({
  topic,
  retain,
  payload,
}: {
  topic: string;
  retain: boolean;
  payload: string | Buffer;
}) => !retain && /^vestibule\/[^/]+\/request\/[^/]+$/.test(topic) && payload.length <= limits.requestBytes;

const badCredentials = (): AuthenticateError =>
  Object.assign(new Error("bad user name or password"), { returnCode: 4 });

const broker = await Aedes.createBroker({
  drainTimeout: 5000,
  connectTimeout: 5000,
  maxTopicLevels: 16,
  preConnect: (_client, packet, done) => {
    // Kept sessions would queue for whoever never comes back: this broker has none.
    packet.clean = true;
    done(null, true);
  },
  authenticate: (client, username, password, done) => {
    if (isOwn(username, password)) {
      ownClients.add(client);
      done(null, true);
      // A stranger under the controller's id would push the controller out (T14).
    } else if (client.id !== own.clientId && maySubscribe(username, password)) done(null, true);
    else done(badCredentials(), false);
  },
  authorizePublish: (client, packet, done) => {
    const isOwn = client !== null && ownClients.has(client);
    if (isOwn || isRequest(packet)) done(null);
    else done(new Error("only the controller publishes here, and others ask"));
  },
  authorizeSubscribe: (client, subscription, done) => {
    const count = (subscriptions.get(client) ?? 0) + 1;
    subscriptions.set(client, count);
    const allowed =
      count <= limits.subscriptionsPerClient && subscription.topic.length <= limits.filterLength;
    done(null, ownClients.has(client) || allowed ? subscription : null);
  },
});

/** A client that does not read would have the broker keep for it what it does not take. */
broker.authorizeForward = (client, packet) => {
  const { conn } = client;
  if (conn.writableLength <= limits.backlogBytes) return packet;
  conn.destroy();
  return null;
};

function accept(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  broker.handle(limitPackets(socket, limits.packetBytes));
}

/** With TLS outside, the controller's own connection has a port of its own on loopback. */
function open(): { readonly server: Server; readonly ownServer: Server } {
  const { tls } = settings;
  if (tls === undefined) {
    const server = createTcpServer(accept);
    return { server, ownServer: server };
  }
  const server = createTlsServer({ cert: tls.certificate, key: tls.key, minVersion: "TLSv1.2" }, accept);
  // A failed handshake is the client's affair.
  server.on("tlsClientError", () => undefined);
  return { server, ownServer: createTcpServer(accept) };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  server.maxConnections = limits.clients;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      resolve(address === null || typeof address === "string" ? port : address.port);
    });
  });
}

const tell = (message: BrokerWorkerMessage): void => parentPort?.postMessage(message);
const { server, ownServer } = open();
try {
  const port = await listen(server, settings.host, settings.port);
  const ownPort = ownServer === server ? port : await listen(ownServer, "127.0.0.1", 0);
  tell({ type: "listening", port, ownPort });
} catch (error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  tell({ type: "failed", code, detail: error instanceof Error ? error.message : String(error) });
}

// The only message there is: stop, in order, so that whoever listens sees an end and not a reset.
parentPort?.once("message", () => {
  server.close();
  ownServer.close();
  broker.close(() => process.exit(0));
});

import { type IConnackPacket, type IPublishPacket, MqttClient } from "mqtt";
import { after, type Milliseconds } from "../../domain/time.ts";
import { LinkFault, type RequestHearer } from "../../ports/alarm-link.ts";
import type { Clock } from "../../ports/clock.ts";
import { type ConnectionEnd, connectionEnd, refusal } from "./connection-fault.ts";
import {
  type ConnectionSettings,
  clientOptions,
  messageProperties,
  openSocket,
  type WireMessage,
} from "./connection-settings.ts";
import { RequestIntake } from "./request-intake.ts";
import { tolerateBrokersReasons } from "./tolerated-reasons.ts";

tolerateBrokersReasons();

/** Messages that may wait for a place in flight; more is a fault of whoever sends them. */
const maxWaiting = 256;
/** How long the broker may take to close after our DISCONNECT. */
const farewellTime: Milliseconds = 1000;
/** Header, packet id and properties of a message, generously. */
const packetOverhead = 128;

/** The connection could not be made. */
export class ConnectionFailed extends Error {
  override readonly name = "ConnectionFailed";
  readonly end: ConnectionEnd;
  constructor(end: ConnectionEnd) {
    super(end.detail);
    this.end = end;
  }
}

/**
 * One connection to a broker, from CONNACK to its end. It never reconnects and keeps nothing when it ends:
 * MQTT.js is used for the protocol alone, because a queue in memory would lose what the journal must not.
 */
export class BrokerConnection {
  /** Settles, never rejects, when the connection is gone. */
  readonly ended: Promise<ConnectionEnd>;
  readonly #client: MqttClient;
  readonly #settings: ConnectionSettings;
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #largest: number;
  readonly #waiting: (() => void)[] = [];
  readonly #rejections = new Set<(fault: LinkFault) => void>();
  readonly #drop: (detail: string) => void;
  #inFlight = 0;
  #open = true;

  /** Rejects with ConnectionFailed. */
  static open(settings: ConnectionSettings, clock: Clock, signal: AbortSignal): Promise<BrokerConnection> {
    const client = new MqttClient(() => openSocket(settings), clientOptions(settings));
    const { ended, drop } = watchEnd(client, settings);
    const onAbort = (): void => drop("stopped");
    signal.addEventListener("abort", onAbort, { once: true });
    return new Promise<BrokerConnection>((resolve, reject) => {
      client.once("connect", (connack) => {
        resolve(new BrokerConnection(client, connack, settings, clock, ended, drop));
      });
      void ended.then((end) => reject(new ConnectionFailed(end)));
    }).finally(() => signal.removeEventListener("abort", onAbort));
  }

  private constructor(
    client: MqttClient,
    connack: IConnackPacket,
    settings: ConnectionSettings,
    clock: Clock,
    ended: Promise<ConnectionEnd>,
    drop: (detail: string) => void,
  ) {
    this.#client = client;
    this.#settings = settings;
    this.#clock = clock;
    this.#limit = Math.min(settings.maxInFlight, connack.properties?.receiveMaximum ?? settings.maxInFlight);
    this.#largest = connack.properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY;
    this.#drop = drop;
    this.ended = ended;
    void ended.then((end) => this.#close(end.detail));
  }

  /** Resolves when the broker has confirmed; rejects with a LinkFault. Messages go out in the order of the calls. */
  publish(message: WireMessage): Promise<void> {
    if (!this.#open)
      return Promise.reject(new LinkFault("offline", "the connection to the broker has ended"));
    if (!this.#fits(message)) {
      const { smaller, ...rest } = message;
      if (smaller !== undefined) return this.publish({ ...rest, payload: smaller() });
      // Sent all the same, it would cost the whole connection.
      return Promise.reject(new LinkFault("tooLarge", `${message.topic} is larger than the broker takes`));
    }
    if (this.#waiting.length >= maxWaiting) {
      return Promise.reject(new LinkFault("busy", `${maxWaiting} messages already wait for the broker`));
    }
    return new Promise((resolve, reject) => {
      const settle = (fault?: LinkFault): void => {
        if (!this.#rejections.delete(settle)) return;
        deadline[Symbol.dispose]();
        if (fault === undefined) resolve();
        else reject(fault);
      };
      const deadline = this.#clock.wakeAt(after(this.#clock.now(), this.#settings.publishTimeout), () => {
        const detail = `broker ${this.#settings.host}:${this.#settings.port} did not confirm a message in time`;
        settle(new LinkFault("timedOut", detail));
        // What follows on this connection would be confirmed out of order, or never.
        this.#drop(detail);
      });
      this.#rejections.add(settle);
      this.#waiting.push(() => this.#send(message, settle));
      this.#fill();
    });
  }

  /** Retained topics that match `filter`; `probe` is published and awaited to know that all have arrived. */
  async retained(filter: string, probe: WireMessage, limit: number): Promise<readonly string[]> {
    const found = new Set<string>();
    const probed = Promise.withResolvers<void>();
    const onMessage = (topic: string, payload: Buffer, packet: IPublishPacket): void => {
      if (topic === probe.topic && !packet.retain) probed.resolve();
      else if (packet.retain && payload.length > 0 && topic !== probe.topic && found.size < limit)
        found.add(topic);
    };
    this.#client.on("message", onMessage);
    try {
      const granted = await this.#subscribe([filter, probe.topic]);
      if (!granted) return [];
      await this.publish(probe);
      await this.#within(this.#settings.publishTimeout, probed.promise);
      return [...found];
    } finally {
      this.#client.off("message", onMessage);
      if (this.#open) this.#client.unsubscribe([filter, probe.topic], () => undefined);
    }
  }

  /** Requests below `root` are told to `hearer` until the connection ends. */
  hearRequests(root: string, hearer: RequestHearer): void {
    const intake = new RequestIntake({
      ...{ root, hearer, clock: this.#clock },
      subscribe: (filter) => {
        // With the flag as it was published: what was meant to be kept is seen to be, however it arrives (T11).
        if (this.#open) this.#client.subscribe(filter, { qos: 1, rap: true }, () => undefined);
      },
      unsubscribe: (filter) => {
        if (this.#open) this.#client.unsubscribe(filter, () => undefined);
      },
    });
    this.#client.on("message", (...message) => intake.onMessage(...message));
    void this.ended.then(() => intake[Symbol.dispose]());
  }

  /** Ends in order: the broker is told, and does not publish the last will. */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#close("the link is closing");
    this.#client.end(false);
    await this.#within(farewellTime, this.ended);
    this.#client.end(true);
    this.#drop("closed");
  }

  #fits({ topic, payload }: WireMessage): boolean {
    return Buffer.byteLength(payload) + Buffer.byteLength(topic) + packetOverhead <= this.#largest;
  }

  #fill(): void {
    while (this.#open && this.#inFlight < this.#limit) {
      const send = this.#waiting.shift();
      if (send === undefined) return;
      this.#inFlight += 1;
      send();
    }
  }

  #send(message: WireMessage, settle: (fault?: LinkFault) => void): void {
    const { topic, payload, retain } = message;
    const properties = this.#settings.version === 5 ? { properties: messageProperties(message) } : {};
    this.#client.publish(topic, payload, { qos: 1, retain, ...properties }, (error) => {
      this.#inFlight -= 1;
      // A closing connection fails its callbacks too; that is no refusal of the message.
      if (error === undefined || error === null) settle();
      else if ("code" in error && typeof error.code === "number") settle(refusal(topic, error));
      else settle(new LinkFault("offline", error.message));
      this.#fill();
    });
  }

  #subscribe(topics: string[]): Promise<boolean> {
    return new Promise((resolve) => {
      void this.ended.then(() => resolve(false));
      this.#client.subscribe(topics, { qos: 1 }, (error, granted) => {
        resolve(error === null && (granted ?? []).every(({ qos }) => qos < 0x80));
      });
    });
  }

  #close(detail: string): void {
    this.#open = false;
    this.#waiting.length = 0;
    for (const reject of [...this.#rejections]) reject(new LinkFault("offline", detail));
  }

  /** Until `awaited` is settled, the connection ends, or `length` is over. */
  async #within(length: Milliseconds, awaited: Promise<unknown>): Promise<void> {
    const over = Promise.withResolvers<void>();
    using _timer = this.#clock.wakeAt(after(this.#clock.now(), length), over.resolve);
    await Promise.race([awaited, this.ended, over.promise]);
  }
}

/** Collects why the connection ends, and lets its owner end it for a reason of its own. */
function watchEnd(client: MqttClient, settings: ConnectionSettings) {
  const { promise: ended, resolve } = Promise.withResolvers<ConnectionEnd>();
  let error: Error | undefined;
  let disconnectReason: number | undefined;
  let accepted = false;
  let ownDetail: string | undefined;
  const finish = (): void => {
    const broker = `${settings.host}:${settings.port}`;
    const { clientId } = settings;
    const evidence = { broker, clientId, accepted, tls: tlsSeen(), error, disconnectReason };
    resolve(ownDetail === undefined ? connectionEnd(evidence) : { kind: "other", detail: ownDetail });
  };
  let established = false;
  const tlsSeen = () => settings.tls && { established, certificate: settings.tls.certificate !== undefined };
  client.stream.once("secureConnect", () => {
    established = true;
  });
  client.on("error", (seen) => {
    error ??= seen;
  });
  client.stream.on("error", (seen: Error) => {
    error ??= seen;
  });
  client.on("connect", () => {
    accepted = true;
  });
  client.on("disconnect", (packet) => {
    disconnectReason = packet.reasonCode;
  });
  client.on("close", () => {
    // A refusal closes the socket first and is reported in the same turn.
    setImmediate(finish);
  });
  const drop = (detail: string): void => {
    ownDetail ??= detail;
    client.stream.destroy();
    setImmediate(finish);
  };
  return { ended, drop };
}

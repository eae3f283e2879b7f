import { connect as connectTcp } from "node:net";
import { connect as connectTls } from "node:tls";
import type { IClientOptions } from "mqtt";
import type { Milliseconds } from "../../domain/time.ts";

/** 5, or 4 for MQTT 3.1.1. */
export type ProtocolVersion = 5 | 4;

export interface ConnectionSettings {
  readonly host: string;
  readonly port: number;
  /** Absent: plain TCP. */
  readonly tls: { readonly ca?: Buffer; readonly certificate?: Buffer; readonly key?: Buffer } | undefined;
  readonly version: ProtocolVersion;
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly keepAlive: Milliseconds;
  readonly connectTimeout: Milliseconds;
  readonly publishTimeout: Milliseconds;
  /** Most messages sent and not yet confirmed; the broker's own limit may be lower. */
  readonly maxInFlight: number;
  /** What the broker is to say of us when we are gone without a word. */
  readonly will: WireMessage | undefined;
}

export interface WireMessage {
  /** Whole topic. */
  readonly topic: string;
  /** Empty clears a retained topic. */
  readonly payload: string;
  readonly retain: boolean;
  readonly schema: number;
  /** In its place, where it is larger than the broker takes. */
  readonly smaller?: (() => string) | undefined;
  /** Of an event: its number is read without opening the message. */
  readonly seq?: number | undefined;
  /** In seconds. */
  readonly expiry?: number | undefined;
  readonly correlation?: Uint8Array | undefined;
}

/** Nothing is subscribed to but our own retained messages and requests, all of them small. */
const maxIncomingPacket = 64 * 1024;
/** Requests that a broker may send without our having taken the ones before. */
const mostIncoming = 16;

/** Connects, over TLS where that is set, and then only to who can prove its name. */
export function openSocket(settings: ConnectionSettings) {
  const { host, port, tls } = settings;
  if (tls === undefined) return connectTcp({ host, port, noDelay: true });
  return connectTls({
    host,
    port,
    // An address has no server name; the certificate's addresses are checked against `host` then.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
  }).setNoDelay(true);
}

const lastWill = (will: WireMessage, version: ProtocolVersion): NonNullable<IClientOptions["will"]> => ({
  topic: will.topic,
  payload: Buffer.from(will.payload),
  qos: 1,
  retain: will.retain,
  ...(version === 5 ? { properties: messageProperties(will) } : {}),
});

export function clientOptions(settings: ConnectionSettings): IClientOptions {
  const { version, username, password, will } = settings;
  return {
    protocolId: "MQTT",
    protocolVersion: version,
    clientId: settings.clientId,
    clean: true,
    keepalive: Math.ceil(settings.keepAlive / 1000),
    connectTimeout: settings.connectTimeout,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(will === undefined ? {} : { will: lastWill(will, version) }),
    ...(version === 5
      ? {
          properties: {
            // No session outlives the connection: the journal knows what is to be sent, and a request that
            // was made while we were away is not to be carried out later.
            sessionExpiryInterval: 0,
            maximumPacketSize: maxIncomingPacket,
            receiveMaximum: mostIncoming,
          },
        }
      : {}),
  };
}

/** What MQTT 5 tells a reader about the payload. */
export function messageProperties({ payload, schema, seq, expiry, correlation }: WireMessage) {
  if (payload === "") return {};
  return {
    contentType: "application/json",
    payloadFormatIndicator: true,
    userProperties: { schema: String(schema), ...(seq === undefined ? {} : { seq: String(seq) }) },
    ...(expiry === undefined ? {} : { messageExpiryInterval: expiry }),
    ...(correlation === undefined ? {} : { correlationData: Buffer.from(correlation) }),
  };
}

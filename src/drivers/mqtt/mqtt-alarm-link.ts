import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import {
  type AlarmLink,
  type AlarmLinkState,
  LinkFault,
  type LinkMessage,
  type RequestHearer,
} from "../../ports/alarm-link.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JsonObject } from "../../ports/journal.ts";
import { type BackOffLimits, backOff } from "./back-off.ts";
import { BrokerConnection, ConnectionFailed } from "./broker-connection.ts";
import { endpointOf, NotConnectable } from "./broker-endpoint.ts";
import type { ConnectionEnd } from "./connection-fault.ts";
import type { ConnectionSettings, ProtocolVersion, WireMessage } from "./connection-settings.ts";

/** There is no broker to connect to now; `unavailable` says why, for people. */
export interface NoAddress {
  readonly unavailable: string;
}

export interface MqttAlarmLinkOptions {
  /** `mqtt://HOST:PORT` or `mqtts://HOST:PORT`, without credentials in it. Where it may change, asked at each connect. */
  readonly url: string | (() => string | NoAddress);
  /** Topics stand below `vestibule/SITE/`. */
  readonly site: string;
  /** Unique per box: a broker keeps one connection per id. */
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM files, read again at each connect so that renewed ones count. */
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  /** What `status` says beside `state`: version, boot, lastSeq. Asked at each connect. */
  readonly status: () => JsonObject;
  readonly clock: Clock;
  readonly keepAlive?: Milliseconds;
  readonly connectTimeout?: Milliseconds;
  readonly publishTimeout?: Milliseconds;
  readonly maxInFlight?: number;
  readonly backOff?: BackOffLimits;
  readonly random?: () => number;
}

const messageSchema = 1;
const statusTopic = "status";
/** A connection that held this long was a good one: the next attempt is the first again. */
const steadyAfter: Milliseconds = 10_000;
const farewellTime: Milliseconds = 1000;
const flappingWindow: Milliseconds = 60_000;
const flappingCount = 3;
const mostLosses = 100;
/**
 * Some old brokers do not say that they know no MQTT 5, they just close. Tried rarely and only after this many:
 * under 3.1.1 a broker cannot say that it refused a message, so a good one must not be taken for an old one.
 */
const unansweredCount = 3;
/** Far more than a site has alarms open; a hostile broker cannot make us collect without end. */
const maxRetainedTopics = 4096;

/** MQTT 5 to any broker, 3.1.1 where that is all it speaks. Reconnects by itself until disposed. */
export class MqttAlarmLink implements AlarmLink {
  readonly #options: MqttAlarmLinkOptions;
  readonly #root: string;
  readonly #clock: Clock;
  readonly #listeners = new Set<(state: AlarmLinkState) => void>();
  readonly #hearers = new Set<RequestHearer>();
  readonly #told: RequestHearer = {
    onRequest: (request) => this.#hearers.forEach((hearer) => hearer.onRequest(request)),
    onFlood: (deaf) => this.#hearers.forEach((hearer) => hearer.onFlood(deaf)),
  };
  readonly #stop = new AbortController();
  readonly #run: Promise<void>;
  #state: AlarmLinkState = { phase: "connecting" };
  #connection: BrokerConnection | undefined;
  #heardOn: BrokerConnection | undefined;
  #losses: readonly Instant[] = [];

  constructor(options: MqttAlarmLinkOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#root = `vestibule/${options.site}/`;
    this.#run = this.#keepConnected();
  }

  state(): AlarmLinkState {
    return this.#state;
  }

  listen(onState: (state: AlarmLinkState) => void): Disposable {
    this.#listeners.add(onState);
    return { [Symbol.dispose]: () => this.#listeners.delete(onState) };
  }

  publish(message: LinkMessage): Promise<void> {
    if (this.#connection === undefined) return Promise.reject(this.#offline());
    return this.#connection.publish(this.#wire(message));
  }

  hearRequests(hearer: RequestHearer): Disposable {
    this.#hearers.add(hearer);
    this.#subscribe();
    return { [Symbol.dispose]: () => void this.#hearers.delete(hearer) };
  }

  /** Once per connection, as soon as there is somebody to hear. */
  #subscribe(): void {
    if (this.#connection === this.#heardOn || this.#hearers.size === 0) return;
    this.#heardOn = this.#connection;
    this.#connection?.hearRequests(this.#root, this.#told);
  }

  retained(filter: string): Promise<readonly string[]> {
    if (this.#connection === undefined) return Promise.reject(this.#offline());
    return this.#connection
      .retained(this.#root + filter, this.#status("online"), maxRetainedTopics)
      .then((topics) => topics.map((topic) => topic.slice(this.#root.length)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#run;
    this.#listeners.clear();
  }

  async #keepConnected(): Promise<void> {
    const { first, longest } = this.#options.backOff ?? { first: 500, longest: 30_000 };
    let version: ProtocolVersion = 5;
    let unanswered = 0;
    let attempt = 0;
    while (!this.#stop.signal.aborted) {
      const begun = this.#clock.now();
      const end: ConnectionEnd = await this.#live(version);
      if (this.#stop.signal.aborted) break;
      const steady = this.#clock.now() - begun >= steadyAfter && this.#state.phase === "online";
      attempt = steady ? 1 : attempt + 1;
      unanswered = version === 5 && end.kind === "closedUnanswered" ? unanswered + 1 : 0;
      const refusedVersion: boolean = version === 5 && end.kind === "version";
      version = refusedVersion || unanswered === unansweredCount ? 4 : 5;
      this.#goOffline(this.#describe(end));
      // An answer "not this version" is no failure of the broker: ask again in the other one at once.
      if (!refusedVersion) {
        await this.#pause(backOff(attempt, { first, longest }, this.#options.random ?? Math.random));
      }
    }
  }

  /** One connection from attempt to end. */
  async #live(version: ProtocolVersion): Promise<ConnectionEnd> {
    let connection: BrokerConnection | undefined;
    try {
      connection = await BrokerConnection.open(await this.#settings(version), this.#clock, this.#stop.signal);
      await connection.publish(this.#status("online"));
      this.#connection = connection;
      this.#subscribe();
      this.#become({ phase: "online", since: this.#wallTime() });
      const end = await this.#unlessStopped(connection.ended);
      // Says goodbye by itself: the last will is for those who cannot.
      if (end === undefined) await this.#unlessLate(connection.publish(this.#status("offline")));
      return end ?? { kind: "other", detail: "stopped" };
    } catch (error) {
      const dropped = error instanceof LinkFault && error.code !== "refused";
      return connection !== undefined && dropped ? await connection.ended : endOf(error);
    } finally {
      this.#connection = undefined;
      await connection?.close();
    }
  }

  async #settings(version: ProtocolVersion): Promise<ConnectionSettings> {
    const { url, clientId, username, password, ...options } = this.#options;
    const address = typeof url === "string" ? url : url();
    if (typeof address !== "string") throw new NotConnectable(address.unavailable);
    return {
      ...(await endpointOf(address, options)),
      version,
      clientId,
      username,
      password,
      keepAlive: this.#options.keepAlive ?? 15_000,
      connectTimeout: this.#options.connectTimeout ?? 10_000,
      publishTimeout: this.#options.publishTimeout ?? 10_000,
      maxInFlight: this.#options.maxInFlight ?? 32,
      will: this.#status("offline"),
    };
  }

  #status(state: "online" | "offline"): WireMessage {
    const body: JsonObject = { schema: messageSchema, state, ...this.#options.status() };
    return this.#wire({ topic: statusTopic, body, retain: true });
  }

  #wire({ topic, body, retain, expiry, correlation, smaller }: LinkMessage): WireMessage {
    const payload = body === undefined ? "" : JSON.stringify(body);
    const seq = typeof body?.["seq"] === "number" ? body["seq"] : undefined;
    return {
      ...{ topic: this.#root + topic, payload, retain, schema: messageSchema, seq, expiry, correlation },
      smaller: smaller && (() => JSON.stringify(smaller())),
    };
  }

  /**
   * T14: two boxes under one id push each other out for ever; once may be our own old connection.
   * Not every broker says so (Mosquitto 2.0 just closes), and then it can only be guessed.
   */
  #describe(end: ConnectionEnd): string {
    if (end.kind !== "takenOver" && end.kind !== "closedUnexplained") return end.detail;
    const now = this.#clock.now();
    this.#losses = [...this.#losses, now].filter((at) => now - at <= flappingWindow).slice(-mostLosses);
    if (this.#losses.length < flappingCount) return end.detail;
    const again = `${end.detail}: ${this.#losses.length} times within a minute`;
    return end.kind === "takenOver"
      ? `${again}; two clients use the same id`
      : `${again}; another client may be using the id "${this.#options.clientId}"`;
  }

  #offline(): LinkFault {
    const detail = this.#state.phase === "offline" ? this.#state.detail : "not connected yet";
    return new LinkFault("offline", detail);
  }

  #goOffline(detail: string): void {
    const since = this.#state.phase === "offline" ? this.#state.since : this.#wallTime();
    if (this.#state.phase !== "offline" || this.#state.detail !== detail) {
      this.#become({ phase: "offline", since, detail });
    }
  }

  #become(state: AlarmLinkState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  #wallTime(): string {
    return new Date(this.#clock.wall()).toISOString();
  }

  /** What `awaited` comes to, or undefined as soon as the link is disposed of. */
  async #unlessStopped<T>(awaited: Promise<T>): Promise<T | undefined> {
    const { signal } = this.#stop;
    const stopped = Promise.withResolvers<undefined>();
    const onAbort = (): void => stopped.resolve(undefined);
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      return await Promise.race([awaited, stopped.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #pause(length: Milliseconds): Promise<void> {
    const over = Promise.withResolvers<void>();
    using _timer = this.#clock.wakeAt(after(this.#clock.now(), length), over.resolve);
    await this.#unlessStopped(over.promise);
  }

  async #unlessLate(farewell: Promise<void>): Promise<void> {
    const over = Promise.withResolvers<void>();
    using _timer = this.#clock.wakeAt(after(this.#clock.now(), farewellTime), over.resolve);
    await Promise.race([farewell.catch(() => undefined), over.promise]);
  }
}

/** What a failed attempt says of the broker; anything else is a bug and goes up. */
function endOf(error: unknown): ConnectionEnd {
  if (error instanceof ConnectionFailed) return error.end;
  if (error instanceof LinkFault || error instanceof NotConnectable)
    return { kind: "other", detail: error.message };
  throw error;
}

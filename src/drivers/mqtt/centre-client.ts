import { randomBytes } from "node:crypto";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JsonObject } from "../../ports/journal.ts";

export interface CentreAddress {
  /** `mqtt://HOST:PORT` or `mqtts://HOST:PORT`. */
  readonly url: string;
  readonly site: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM. */
  readonly ca?: Buffer | undefined;
  readonly certificate?: Buffer | undefined;
  readonly key?: Buffer | undefined;
}

/** The broker could not be reached, or nobody answered. */
export class CentreFault extends Error {
  override readonly name = "CentreFault";
}

const connectTime: Milliseconds = 5_000;
/** An interlock that is silent is waited for; whoever is not there at all answers never. */
const answerTime: Milliseconds = 10_000;
const unacceptableVersion = 1;

/** The centre's side: asks one site for something and hears what comes back. Knows brokers of MQTT 5 and of 3.1.1. */
export class CentreClient implements AsyncDisposable {
  readonly #client: MqttClient;
  readonly #version: 4 | 5;
  readonly #root: string;
  readonly #clock: Clock;
  readonly #replyTo = `reply/centre-${randomBytes(6).toString("hex")}`;

  static async open(address: CentreAddress, clock: Clock): Promise<CentreClient> {
    const { url, username, password, ca, certificate, key } = address;
    const options: IClientOptions = {
      ...{ reconnectPeriod: 0, connectTimeout: connectTime, rejectUnauthorized: true },
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
      ...(certificate === undefined ? {} : { cert: certificate }),
      ...(key === undefined ? {} : { key }),
    };
    for (const protocolVersion of [5, 4] as const) {
      try {
        const client = await connectAsync(url, { ...options, protocolVersion }, false);
        return new CentreClient(client, protocolVersion, address.site, clock);
      } catch (error) {
        const isOld = error instanceof Error && "code" in error && error.code === unacceptableVersion;
        if (protocolVersion === 4 || !isOld)
          throw new CentreFault(`${url}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new CentreFault(`${url}: speaks neither MQTT 5 nor 3.1.1`);
  }

  private constructor(client: MqttClient, version: 4 | 5, site: string, clock: Clock) {
    this.#client = client;
    this.#version = version;
    this.#root = `vestibule/${site}/`;
    this.#clock = clock;
    client.on("error", () => undefined); // what goes wrong ends the wait for an answer, which says so
  }

  /** Asks for an action; `nonce` tells the answer where MQTT has no response topic. */
  async act(action: string, body: JsonObject, nonce: string): Promise<JsonObject> {
    let answer: JsonObject | undefined;
    await this.#ask(action, body, ["site/event/+"], (topic, message) => {
      if (message["nonce"] !== nonce) return false;
      if (topic === this.#replyTo) answer = message;
      else if (this.#version === 4) answer = toldBy(message);
      return answer !== undefined;
    });
    return answer ?? {};
  }

  /** Events after one; each is told to `onEvent`. Answers with the mark at the end. */
  async replay(body: JsonObject, onEvent: (event: JsonObject) => void): Promise<JsonObject> {
    let end: JsonObject | undefined;
    const asked = this.#version === 5 ? body : { ...body, replyTo: this.#replyTo };
    await this.#ask("replay", asked, [], (topic, message) => {
      if (topic !== this.#replyTo) return false;
      if (message["end"] !== true) onEvent(message);
      else end = message;
      return end !== undefined;
    });
    return end ?? {};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.endAsync(true);
  }

  /** Until `isOver` says so of a message; every message gives the next one time again. */
  async #ask(
    name: string,
    body: JsonObject,
    also: readonly string[],
    isOver: (topic: string, message: JsonObject) => boolean,
  ): Promise<void> {
    const { promise: over, resolve, reject } = Promise.withResolvers<void>();
    const tooLate = () =>
      reject(new CentreFault("nobody answered: is the site online, and may you ask there?"));
    let limit = this.#in(answerTime, tooLate);
    this.#client.on("message", (topic, payload) => {
      const message = parsed(payload);
      if (message === undefined) return;
      limit[Symbol.dispose]();
      limit = this.#in(answerTime, tooLate);
      if (isOver(topic.slice(this.#root.length), message)) resolve();
    });
    this.#client.once("close", () => reject(new CentreFault("the broker closed the connection")));
    try {
      await this.#client.subscribeAsync(
        [this.#replyTo, ...also].map((topic) => this.#root + topic),
        { qos: 1 },
      );
      const correlationData = randomBytes(8);
      const properties = {
        responseTopic: this.#root + this.#replyTo,
        correlationData,
        contentType: "application/json",
      };
      const options = { qos: 1 as const, ...(this.#version === 5 ? { properties } : {}) };
      await this.#client.publishAsync(`${this.#root}request/${name}`, JSON.stringify(body), options);
      await over;
    } catch (error) {
      over.catch(() => undefined); // what is thrown here is why
      throw error instanceof CentreFault
        ? error
        : new CentreFault(error instanceof Error ? error.message : String(error));
    } finally {
      limit[Symbol.dispose]();
    }
  }

  #in(length: Milliseconds, wake: () => void): Disposable {
    return this.#clock.wakeAt(after(this.#clock.now(), length), wake);
  }
}

/** The record says what the answer would have. */
function toldBy({ type, nonce, outcome, why }: JsonObject): JsonObject | undefined {
  if (type === "CentreRequestCarriedOut")
    return { accepted: true, nonce: nonce ?? null, outcome: outcome ?? null };
  if (type === "CentreRequestRefused") return { accepted: false, nonce: nonce ?? null, why: why ?? null };
  return undefined;
}

function parsed(payload: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined; // JSON
  } catch {
    return undefined; // no message of a controller
  }
}

import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { backOff } from "./back-off.ts";
import type { BrokerLimits, BrokerWorkerMessage, BrokerWorkerSettings } from "./embedded-broker-worker.ts";
import type { NoAddress } from "./mqtt-alarm-link.ts";

export interface EmbeddedBrokerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Of the controller's own link; nobody else may use it. */
  readonly clientId: string;
  readonly clock: Clock;
  /** What subscribers must present. Needed, with `tls`, where the host is not loopback. */
  readonly subscribers?: { readonly username: string; readonly password: string };
  /** PEM texts. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** The broker could not start, or died, and is being started again; `detail` is for people. */
  readonly onFault?: (detail: string) => void;
  readonly limits?: Partial<BrokerLimits>;
  /** Of the worker's heap. */
  readonly heapMegabytes?: number;
}

/** Only a launch that failed for a reason of the machine's is tried again; anything else is a bug. */
function faultText(error: unknown): string {
  if (error instanceof EmbeddedBrokerRefused) return error.message;
  throw error;
}

/** The broker could not begin: the operator has something to change. */
class EmbeddedBrokerRefused extends Error {
  override readonly name = "EmbeddedBrokerRefused";
}

const limits: BrokerLimits = {
  clients: 64,
  packetBytes: 64 * 1024,
  subscriptionsPerClient: 64,
  filterLength: 256,
  requestBytes: 16 * 1024,
  backlogBytes: 4 * 1024 * 1024,
};
const startTimeout: Milliseconds = 10_000;
const stopTimeout: Milliseconds = 1000;
/** A broker that ran this long before it died is started again at once. */
const steadyAfter: Milliseconds = 60_000;
const loopback = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/**
 * A small broker in a thread of its own, for the demo and for sites without one: a client that floods it
 * cannot hold up the doors. Everybody may listen and ask, within limits; only the controller tells.
 */
export class EmbeddedBroker implements AsyncDisposable {
  readonly #settings: BrokerWorkerSettings;
  readonly #options: EmbeddedBrokerOptions;
  #worker: Worker | undefined;
  #restart: Disposable | undefined;
  #stopping = false;
  #attempts = 0;
  #port: number;
  #ownPort = 0;
  #fault = "the embedded broker has not started yet";

  /** Rejects only where it would be exposed; what else keeps it from running is told to `onFault` and tried again. */
  static async start(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
    const exposed = !loopback.test(options.host);
    if (exposed && (options.tls === undefined || options.subscribers === undefined)) {
      throw new EmbeddedBrokerRefused(
        `the embedded broker listens on ${options.host} only with TLS and a password for subscribers; ` +
          "use 127.0.0.1, or an external broker",
      );
    }
    const broker = new EmbeddedBroker(options);
    try {
      await broker.#launch();
    } catch (error) {
      // Doors do not wait for a port: it is told, and tried again until the port is free.
      broker.#tryAgain(faultText(error));
    }
    return broker;
  }

  private constructor(options: EmbeddedBrokerOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#settings = {
      host: options.host,
      port: options.port,
      own: {
        clientId: options.clientId,
        username: "controller",
        password: randomBytes(32).toString("base64url"),
      },
      subscribers: options.subscribers,
      tls: options.tls,
      limits: { ...limits, ...options.limits },
    };
  }

  /** Where subscribers connect. */
  get port(): number {
    return this.#port;
  }

  /** How the controller's own link connects; the secret is made at each start and never written. */
  get link() {
    return { ...this.#settings.own, url: () => this.#url() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#restart?.[Symbol.dispose]();
    const worker = this.#worker;
    if (worker === undefined) return;
    const { promise: exited, resolve } = Promise.withResolvers<number>();
    worker.once("exit", resolve);
    worker.postMessage("stop");
    using _late = this.#in(stopTimeout, () => void worker.terminate());
    await exited;
  }

  async #launch(): Promise<void> {
    const worker = new Worker(new URL("./embedded-broker-worker.ts", import.meta.url), {
      name: "embedded-broker",
      workerData: { ...this.#settings, port: this.#port },
      resourceLimits: {
        maxOldGenerationSizeMb: this.#options.heapMegabytes ?? 96,
        maxYoungGenerationSizeMb: 16,
      },
      execArgv: [],
    });
    const { promise: died, resolve: die } = Promise.withResolvers<string>();
    worker.on("error", (error) => die(error.message));
    worker.on("exit", (code) => die(`its thread ended with ${code}`));
    const answered = new Promise<BrokerWorkerMessage>((resolve) => worker.once("message", resolve));
    const { promise: late, resolve: tooLate } = Promise.withResolvers<string>();
    using _deadline = this.#in(startTimeout, () => tooLate("it did not start in time"));
    const answer = await Promise.race([answered, died, late]);
    if (typeof answer === "string" || answer.type === "failed") {
      await worker.terminate();
      throw new EmbeddedBrokerRefused(this.#refusal(answer));
    }
    this.#worker = worker;
    this.#port = answer.port;
    this.#ownPort = answer.ownPort;
    const begun = this.#options.clock.now();
    void died.then((detail) => this.#onDeath(detail, this.#options.clock.now() - begun));
  }

  /** While ours is not running, whatever listens on its port is somebody else's and gets neither secret nor events. */
  #url(): string | NoAddress {
    if (this.#worker === undefined) return { unavailable: this.#fault };
    const host =
      this.#options.tls === undefined && this.#options.host !== "0.0.0.0" ? this.#options.host : "127.0.0.1";
    return `mqtt://${host.includes(":") ? `[${host}]` : host}:${this.#ownPort}`;
  }

  #refusal(answer: string | { readonly code: string; readonly detail: string }): string {
    const where = `${this.#options.host}:${this.#port}`;
    if (typeof answer === "string") return `the embedded broker on ${where} failed: ${answer}`;
    if (answer.code === "EADDRINUSE") {
      return `port ${this.#port} of ${this.#options.host} is in use: stop the program that holds it, or choose another with VESTIBULE_MQTT_PORT (mqtt.port)`;
    }
    if (answer.code === "EADDRNOTAVAIL") return `${this.#options.host} is no address of this machine`;
    if (answer.code === "EACCES")
      return `port ${this.#port} needs rights this program does not have: choose one above 1023`;
    return `the embedded broker cannot listen on ${where}: ${answer.detail}`;
  }

  #onDeath(detail: string, ran: Milliseconds): void {
    this.#worker = undefined;
    if (this.#stopping) return;
    if (ran >= steadyAfter) this.#attempts = 0;
    this.#tryAgain(`the embedded broker died: ${detail}`);
  }

  #tryAgain(detail: string): void {
    this.#fault = detail;
    this.#options.onFault?.(detail);
    this.#attempts += 1;
    const wait = backOff(this.#attempts, { first: 100, longest: 10_000 }, Math.random);
    this.#restart = this.#in(wait, () => {
      this.#launch().then(
        () => (this.#stopping ? this[Symbol.asyncDispose]() : undefined),
        (error: unknown) => {
          if (!this.#stopping) this.#tryAgain(faultText(error));
        },
      );
    });
  }

  #in(length: Milliseconds, wake: () => void): Disposable {
    return this.#options.clock.wakeAt(after(this.#options.clock.now(), length), wake);
  }
}

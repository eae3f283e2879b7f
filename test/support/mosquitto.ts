import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export interface MosquittoOptions {
  /** Lines put into the configuration after the listener. */
  readonly lines?: readonly string[];
  /** Files written into the broker's directory before it starts; `DIR` in `lines` is that directory. */
  readonly files?: Readonly<Record<string, string>>;
  /** `user:password`; without any, everybody may connect. */
  readonly accounts?: Readonly<Record<string, string>>;
}

/** A real Mosquitto on a free loopback port, with a configuration of its own, kept over stop and start. */
export class Mosquitto implements AsyncDisposable {
  readonly port: number;
  readonly directory: string;
  readonly #configuration: string;
  #process: ChildProcess | undefined;
  #log = "";

  static async start(options: MosquittoOptions = {}): Promise<Mosquitto> {
    const broker = new Mosquitto(await freePort(), options);
    try {
      await broker.hashPasswords(options.accounts ?? {});
      await broker.start();
      return broker;
    } catch (error) {
      await broker[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(port: number, options: MosquittoOptions) {
    this.port = port;
    this.directory = mkdtempSync(join(tmpdir(), "vestibule-mosquitto-"));
    for (const [name, content] of Object.entries(options.files ?? {})) this.#write(name, content);
    const access = options.accounts === undefined ? "allow_anonymous true" : "password_file DIR/passwords";
    const lines = [
      `listener ${port} 127.0.0.1`,
      access,
      "log_type all",
      "user root",
      ...(options.lines ?? []),
    ];
    this.#configuration = this.#write("mosquitto.conf", lines.join("\n").replaceAll("DIR", this.directory));
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** What it has logged since it was started last. */
  log(): string {
    return this.#log;
  }

  async start(): Promise<void> {
    const child = spawn("/usr/sbin/mosquitto", ["-c", this.#configuration], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    // A test run that is broken off leaves no broker behind.
    const end = (): void => void child.kill("SIGKILL");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    this.#log = "";
    const keep = (chunk: Buffer): void => {
      this.#log = (this.#log + chunk.toString()).slice(-200_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    await until(() => {
      if (child.exitCode !== null) throw new Error(`mosquitto ended: ${this.#log}`);
      return this.#log.includes(" running");
    }, "mosquitto runs");
  }

  async stop(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
  }

  async hashPasswords(accounts: Readonly<Record<string, string>>): Promise<void> {
    const file = join(this.directory, "passwords");
    for (const [user, password] of Object.entries(accounts)) {
      const create = existsSync(file) ? [] : ["-c"];
      const child = spawn("mosquitto_passwd", [...create, "-b", file, user, password], { stdio: "ignore" });
      await once(child, "exit");
    }
  }

  #write(name: string, content: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, content);
    return path;
  }
}

export interface Heard {
  readonly topic: string;
  readonly text: string;
  readonly packet: IPublishPacket;
  /** When it came, by the wall clock. */
  readonly at: number;
}

/** A subscriber of the tests' own: what it has heard, in order. */
export class Listener implements AsyncDisposable {
  readonly heard: Heard[] = [];
  readonly #client: MqttClient;

  /** Counts up with every (re)connection. */
  subscriptions = 0;

  static async to(url: string, filter: string | string[], options: IClientOptions = {}): Promise<Listener> {
    const client = connect(url, { protocolVersion: 5, reconnectPeriod: 30, resubscribe: false, ...options });
    const listener = new Listener(client);
    let refused: Error | undefined;
    client.on("error", (error) => {
      refused = error;
    });
    client.on("connect", () => {
      client.subscribe(filter, { qos: 1 }, (error) => {
        if (error === null) listener.subscriptions += 1;
        else refused = error;
      });
    });
    await until(() => {
      if (refused !== undefined && listener.subscriptions === 0) throw refused;
      return listener.subscriptions > 0;
    }, "the listener is subscribed");
    return listener;
  }

  private constructor(client: MqttClient) {
    this.#client = client;
    client.on("message", (topic, payload, packet) => {
      this.heard.push({ topic, text: payload.toString(), packet, at: Date.now() });
    });
  }

  /** Bodies heard on topics that contain `part`. */
  bodies(part: string): Record<string, unknown>[] {
    return this.heard
      .filter(({ topic, text }) => topic.includes(part) && text !== "")
      .map(({ text }) => JSON.parse(text) as Record<string, unknown>); // whatever the broker passed on
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.endAsync(true);
  }
}

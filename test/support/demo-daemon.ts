import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync, type WriteStream, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parse, stringify } from "yaml";
import type { Role } from "../../src/ports/process-link.ts";
import { freePort } from "./free-port.ts";
import { processes } from "./processes.ts";
import { SiteApi } from "./site-api.ts";
import { seen, until } from "./until.ts";

export interface DaemonOptions {
  /** Its log is kept as `artifacts/daemon-logs/NAME.log`. */
  readonly name?: string;
  /** Changes the demo site's configuration, as parsed from its YAML. */
  readonly site?: (site: SiteDraft) => void;
  /** Starts without any site's file, as a box that has yet to be commissioned. */
  readonly commission?: true;
  readonly environment?: Readonly<Record<string, string>>;
  /** Undefined prints a one-time password instead. */
  readonly password?: string;
  /** A command and its arguments in front of the daemon's own; it must become the daemon (`exec`). */
  readonly through?: readonly string[];
}

type Settings = Record<string, unknown>;

/** A site's configuration as it stands in the file; whatever is wrong in it, the daemon says so. */
export interface SiteDraft {
  site: Settings;
  board: Settings;
  vestibules: { doors: { outer: Settings; inner: Settings }; accessPoints: Record<string, Settings> }[];
  cameras: Settings[];
  mqtt: Settings;
  access?: Settings;
  accessLevels?: Settings[];
  data?: Settings;
  backup?: Settings;
}

const root = new URL("../..", import.meta.url).pathname;
const demoSite = join(root, "firmware-config/demo.yaml");
const startLimitMs = 100_000;
const stopLimitMs = 15_000;
const passwordPattern = /\b(?:[A-Z0-9]{5}-){3}[A-Z0-9]{5}\b/;

/** The real processes of a site, by default the demo as a newcomer starts it, on ports and data of their own. */
export class DemoDaemon implements AsyncDisposable {
  readonly address: string;
  readonly mqttPort: number;
  readonly data: string;
  readonly #options: DaemonOptions;
  readonly #directory: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: WriteStream;
  #child: ChildProcess | undefined;
  #output = "";

  /** Resolves when its doors are under control and its API answers. */
  static async start(options: DaemonOptions = {}): Promise<DemoDaemon> {
    const daemon = await DemoDaemon.prepare(options);
    try {
      daemon.spawn();
      await daemon.ready();
      return daemon;
    } catch (error) {
      await daemon[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** Everything but the process. */
  static async prepare(options: DaemonOptions = {}): Promise<DemoDaemon> {
    const directory = await mkdtemp(join(tmpdir(), "vestibule-demo-"));
    return new DemoDaemon(options, directory, await freePort(), await freePort());
  }

  private constructor(options: DaemonOptions, directory: string, httpPort: number, mqttPort: number) {
    this.#options = options;
    this.#directory = directory;
    this.mqttPort = mqttPort;
    this.address = `http://127.0.0.1:${httpPort}`;
    this.data = options.environment?.["VESTIBULE_DATA"] ?? join(directory, "data");
    this.#environment = {
      ...process.env,
      VESTIBULE_CONFIG: "",
      VESTIBULE_DATA: this.data,
      VESTIBULE_HTTP_PORT: String(httpPort),
      VESTIBULE_MQTT_PORT: String(mqttPort),
      VESTIBULE_ADMIN_PASSWORD: options.password ?? "",
      ...options.environment,
    };
    const logs = join(root, "artifacts/daemon-logs");
    mkdirSync(logs, { recursive: true });
    this.#log = createWriteStream(join(logs, `${options.name ?? "demo"}.log`));
  }

  /** All it has printed since it was started last. */
  get output(): string {
    return this.#output;
  }

  /** Printed at the first start only. */
  get oneTimePassword(): string | undefined {
    return passwordPattern.exec(this.#output)?.[0];
  }

  /** The supervisor's. */
  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the daemon is not running");
    return pid;
  }

  /** Starts the processes and waits for nothing. */
  spawn(): ChildProcess {
    const arguments_ = [
      ...(this.#options.through ?? []),
      ...[process.execPath, join(root, "scripts/vestibule.mjs"), "run"],
      ...this.#configured(),
    ];
    // A group of its own: what a terminal's Ctrl-C reaches, and what is ended should a test run be broken off.
    const child = spawn(arguments_[0] ?? "", arguments_.slice(1), {
      cwd: root,
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#child = child;
    const endAll = (): void => killGroup(child, "SIGKILL");
    process.once("exit", endAll);
    child.once("exit", () => process.off("exit", endAll));
    this.#output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (text) => {
        this.#output = (this.#output + String(text)).slice(-500_000);
        this.#log.write(text);
      });
    }
    return child;
  }

  async ready(): Promise<void> {
    const answers = (): Promise<true | undefined> => {
      if (!this.isRunning()) throw new Error(`the daemon ended with ${this.exitCode()}:\n${this.#output}`);
      return isReady(this.address);
    };
    await seen(answers, () => `a ready daemon:\n${this.#output}`, startLimitMs);
  }

  isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  exitCode(): number | string | null {
    return this.#child?.exitCode ?? this.#child?.signalCode ?? null;
  }

  /** Its exit code, or the signal that ended it. */
  async ended(limit = stopLimitMs): Promise<number | string> {
    await until(() => !this.isRunning(), `the daemon's end:\n${this.#output}`, limit);
    return this.exitCode() ?? "never started";
  }

  logIn(password = this.#options.password ?? ""): Promise<SiteApi> {
    return SiteApi.logIn(this.address, password);
  }

  /** Process ids of the supervisor's own children by role. */
  pids(): Partial<Record<Role, number>> {
    const parent = this.pid;
    const pids: Partial<Record<Role, number>> = { supervisor: parent };
    for (const { pid, parent: of, text } of processes()) {
      const role = /^(?:vestibule |.*?--role=)(building|interlock|controller|vision)\b/s.exec(text)?.[1];
      if (of === parent && role !== undefined) pids[role as Role] = pid; // matched just above
    }
    return pids;
  }

  pidOf(role: Role): number {
    const pid = this.pids()[role];
    if (pid === undefined) throw new Error(`the ${role} process is not running`);
    return pid;
  }

  /** The Ctrl-C of a terminal: it reaches every process of the group. */
  interrupt(): void {
    if (this.#child !== undefined) killGroup(this.#child, "SIGINT");
  }

  /** In order. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.isRunning()) return;
    const gone = once(child, "exit");
    const kill = setTimeout(() => killGroup(child, "SIGKILL"), stopLimitMs);
    child.kill("SIGTERM");
    await gone;
    clearTimeout(kill);
  }

  /** Stops it in order and starts it again on the same data. */
  async restart(): Promise<void> {
    await this.stop();
    this.spawn();
    await this.ready();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isRunning()) this.#resumeAll();
    await this.stop();
    this.#log.end();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** A process that a test left stopped would never end in order. */
  #resumeAll(): void {
    if (this.#child !== undefined) killGroup(this.#child, "SIGCONT");
  }

  #configured(): readonly string[] {
    const { site, commission } = this.#options;
    if (commission) return ["--commission"];
    if (site === undefined) return [];
    const draft = parse(readFileSync(demoSite, "utf8")) as SiteDraft; // the demo's file is valid
    site(draft);
    const file = join(this.#directory, "site.yaml");
    writeFileSync(file, stringify(draft));
    return ["--config", file];
  }
}

export function startDemoDaemon(options: DaemonOptions = {}): Promise<DemoDaemon> {
  return DemoDaemon.start(options);
}

async function isReady(address: string): Promise<true | undefined> {
  const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => undefined,
  );
  return answer?.ok === true ? true : undefined;
}

/** The daemon is the leader of its group, which holds nothing else. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // it is gone already
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { openJournalForReading } from "../../src/drivers/sqlite/open-for-reading.ts";
import type { JournalRecord } from "../../src/ports/journal.ts";

/** What the figures need of the answer to GET /state. */
export interface StateSeen {
  readonly vestibules: readonly {
    readonly doors: Readonly<
      Record<
        "outer" | "inner",
        { readonly contact: string; readonly bolt: string; readonly lock: string; readonly secure: boolean }
      >
    >;
  }[];
  readonly processes: Readonly<
    Record<"interlock" | "vision" | "controller", { readonly state: string; readonly pid: number | null }>
  >;
  readonly cameras: readonly { readonly state: string }[];
  readonly journal: { readonly last: number };
}

const password = "measured-by-the-benchmark";
const clock = new SystemClock();

/** The clock of the journal's `at`: one for all processes of this boot. */
export const now = (): number => clock.now();

/** The demo site, started as a newcomer starts it, on ports and a data directory of its own. */
export class DemoSite implements AsyncDisposable {
  readonly startedAt: number;
  readonly #process: ChildProcess;
  readonly #address: string;
  readonly #data: string;
  #cookie = "";

  private constructor(process: ChildProcess, address: string, data: string, startedAt: number) {
    this.#process = process;
    this.#address = address;
    this.#data = data;
    this.startedAt = startedAt;
  }

  /** `config`: a site's file in place of the demo's own. */
  static async start(data: string, cookie = "", config = ""): Promise<DemoSite> {
    const [http, mqtt] = [await freePort(), await freePort()];
    const startedAt = now();
    const child = spawn("bash", [join("scripts", "start")], {
      env: {
        ...process.env,
        VESTIBULE_CONFIG: config,
        VESTIBULE_DATA: data,
        VESTIBULE_HTTP_PORT: String(http),
        VESTIBULE_MQTT_PORT: String(mqtt),
        VESTIBULE_ADMIN_PASSWORD: password,
      },
      stdio: ["ignore", "ignore", "inherit"],
    });
    // A run that is broken off leaves nothing behind.
    const end = (): void => void child.kill("SIGTERM");
    process.once("exit", end);
    child.once("exit", () => process.off("exit", end));
    const site = new DemoSite(child, `http://127.0.0.1:${http}`, data, startedAt);
    site.#cookie = cookie;
    return site;
  }

  get address(): string {
    return this.#address;
  }

  get cookie(): string {
    return this.#cookie;
  }

  /** The supervisor's: `scripts/start` and `vestibule run` replace themselves by it. */
  get pid(): number {
    if (this.#process.pid === undefined) throw new Error("the site was not started");
    return this.#process.pid;
  }

  async logIn(): Promise<void> {
    const answer = await this.#fetch("POST", "/api/v1/session", { username: "admin", password });
    if (!answer.ok) throw new Error(`logging in: ${answer.status} ${await answer.text()}`);
    this.#cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
  }

  async pageAnswers(): Promise<boolean> {
    const answer = await this.#fetch("GET", "/").catch(() => undefined);
    return answer?.ok === true && (await answer.text()).includes("<script");
  }

  /** Undefined while nobody answers. */
  async state(): Promise<StateSeen | undefined> {
    const answer = await this.#fetch("GET", "/api/v1/state").catch(() => undefined);
    return answer?.ok === true ? ((await answer.json()) as StateSeen) : undefined; // the API's own description
  }

  async outputs(): Promise<Readonly<Record<string, string>>> {
    const answer = await this.#fetch("GET", "/api/v1/simulator/outputs");
    return answer.ok ? ((await answer.json()) as Record<string, string>) : {}; // names and levels only
  }

  /** Something a person does in the simulated building; throws where it could not be done. */
  async act(method: string, path: string, body?: unknown): Promise<void> {
    const answer = await this.#fetch(method, `/api/v1/simulator/${path}`, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  }

  async enrolledPhotos(): Promise<number> {
    const answer = await this.#fetch("GET", "/api/v1/cardholders").catch(() => undefined);
    if (answer?.ok !== true) return 0;
    const { cardholders } = (await answer.json()) as { cardholders: { photos: readonly unknown[] }[] }; // as described by the API
    return cardholders.reduce((sum, { photos }) => sum + photos.length, 0);
  }

  /** The number of the newest record; 0 where nobody answers. */
  async lastRecord(): Promise<number> {
    return (await this.state().catch(() => undefined))?.journal.last ?? 0;
  }

  /** As somebody at a console does with every alarm that waits for it; returns how many there were. */
  async acknowledgeAll(comment: string): Promise<number> {
    const answer = await this.#fetch("GET", "/api/v1/alarms");
    const { alarms } = (await answer.json()) as { alarms: { id: string; phase: string }[] }; // as described by the API
    const waiting = alarms.filter(({ phase }) => phase.endsWith("-unacknowledged"));
    for (const { id } of waiting) {
      const path = `/api/v1/alarms/${encodeURIComponent(id)}/acknowledge`;
      await (await this.#fetch("POST", path, { comment })).arrayBuffer();
    }
    return waiting.length;
  }

  /** Read beside the controller; oldest first. */
  records(type: string): readonly JournalRecord[] {
    using journal = openJournalForReading(this.#data);
    return journal.query({ type, limit: 1_000 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await gone;
  }

  #fetch(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#address}${path}`, {
      method,
      headers: {
        ...(this.#cookie === "" ? {} : { cookie: this.#cookie }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
  }
}

/** Both doors' contacts and bolts are known and the interlock runs. */
export const underControl = (state: StateSeen | undefined): boolean =>
  state?.processes.interlock.state === "running" &&
  state.vestibules.every(({ doors }) =>
    [doors.outer, doors.inner].every(({ contact, bolt }) => contact !== "unread" && bolt !== "unread"),
  );

export const bothSecure = (state: StateSeen | undefined): boolean =>
  underControl(state) &&
  state?.vestibules.every(({ doors }) => doors.outer.secure && doors.inner.secure) === true;

/** The instant at which `seen` first held; throws after `limitMs`. */
export async function until(
  what: string,
  seen: () => boolean | Promise<boolean>,
  limitMs = 30_000,
  pauseMs = 5,
): Promise<number> {
  const limit = now() + limitMs;
  while (now() < limit) {
    if (await seen()) return now();
    await pause(pauseMs);
  }
  throw new Error(`${what}: not within ${limitMs / 1000} s`);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

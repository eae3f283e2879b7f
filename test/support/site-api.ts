import { request as httpRequest } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { AlarmRecord } from "../../src/domain/alarm/alarm.ts";
import type { AccessPointName, DoorName } from "../../src/domain/names.ts";
import type { SiteState } from "../../src/ports/controller-services.ts";
import { seen } from "./until.ts";

/** A record as `GET /events` shows it. */
export interface Recorded {
  readonly seq: number;
  readonly time: string;
  readonly type: string;
  readonly door: string | null;
  readonly accessPoint: string | null;
  readonly cardholder: string | null;
  readonly reason: string | null;
  readonly [field: string]: unknown;
}

interface EventPage {
  readonly events: readonly Recorded[];
  readonly next: number;
  readonly more: boolean;
}

interface ShownCardholder {
  readonly id: string;
  readonly cards: readonly { readonly number: string }[];
  readonly photos: readonly unknown[];
}

type ShownAlarm = Pick<AlarmRecord, "id" | "type" | "phase" | "place" | "detail" | "count" | "evidence"> & {
  readonly acknowledged: { readonly comment: string } | null;
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  readonly body: unknown;
}

/** The outputs of a site whose doors are both secured. */
export const bothSecured = { "outer.lock": "secured", "inner.lock": "secured" };

/** An operator at the API, if nobody else the administrator, with the simulator's hands. */
export class SiteApi {
  readonly #address: string;
  readonly cookie: string;

  static async logIn(address: string, password: string, username = "admin"): Promise<SiteApi> {
    const body = { username, password };
    const { status, headers } = await call(address, "POST", "/api/v1/session", body);
    const cookie = headers["set-cookie"]?.[0]?.split(";")[0];
    if (status !== 200 || cookie === undefined) throw new Error(`the login was answered ${status}`);
    return new SiteApi(address, cookie);
  }

  private constructor(address: string, cookie: string) {
    this.#address = address;
    this.cookie = cookie;
  }

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(this.#address, method, `/api/v1${path}`, body, this.cookie);
  }

  /** Like `send`, for what has to work. The shape of the answer is the caller's word. */
  async ask<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.send(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.bytes.toString()}`);
    return answer.body as Body;
  }

  state(): Promise<SiteState> {
    return this.ask("GET", "/state");
  }

  async doors(): Promise<SiteState["vestibules"][number]["doors"]> {
    const [vestibule] = (await this.state()).vestibules;
    if (vestibule === undefined) throw new Error("the site has no vestibule");
    return vestibule.doors;
  }

  async alarms(): Promise<readonly ShownAlarm[]> {
    return (await this.ask<{ alarms: readonly ShownAlarm[] }>("GET", "/alarms")).alarms;
  }

  /** What the simulated building's lines say, whatever the controller believes. */
  outputs(): Promise<Readonly<Record<string, string>>> {
    return this.ask("GET", "/simulator/outputs");
  }

  async lastSeq(): Promise<number> {
    return (await this.state()).journal.last;
  }

  /** Every record after `seq`. */
  async events(seq: number, type?: string): Promise<readonly Recorded[]> {
    const all: Recorded[] = [];
    for (let next = seq, more = true; more; ) {
      const page = await this.ask<EventPage>(
        "GET",
        `/events?after=${next}&limit=900${type === undefined ? "" : `&type=${type}`}`,
      );
      all.push(...page.events);
      ({ next, more } = page);
    }
    return all;
  }

  /** The first record after `seq` of that type with those fields. */
  recorded(
    type: string,
    seq: number,
    fields: Readonly<Record<string, unknown>> = {},
    limit = 20_000,
  ): Promise<Recorded> {
    const wanted = Object.entries(fields);
    const look = async (): Promise<Recorded | undefined> =>
      (await this.events(seq, type).catch(() => [])).find((record) =>
        wanted.every(([field, value]) => record[field] === value),
      );
    return seen(look, `${type} ${JSON.stringify(fields)} after ${seq}`, limit);
  }

  /** The alarm of that type once it is in that phase. */
  alarm(type: string, phase: AlarmRecord["phase"], limit = 20_000): Promise<ShownAlarm> {
    const look = async (): Promise<ShownAlarm | undefined> =>
      (await this.alarms().catch(() => [])).find((alarm) => alarm.type === type && alarm.phase === phase);
    return seen(look, `the alarm ${type}, ${phase}`, limit);
  }

  async acknowledgeAll(): Promise<void> {
    for (const { id } of await this.alarms())
      await this.ask("POST", `/alarms/${id}/acknowledge`, { comment: "seen in a test" });
  }

  present(accessPoint: AccessPointName, number: string): Promise<unknown> {
    return this.ask("POST", "/simulator/cards", { accessPoint, number });
  }

  /** Presents a card and waits for what becomes of it: `DoorReleased`, or `AccessDenied` with its reason. */
  async outcomeOf(accessPoint: AccessPointName, number: string): Promise<Recorded> {
    const seq = await this.lastSeq();
    await this.present(accessPoint, number);
    const look = async (): Promise<Recorded | undefined> =>
      (await this.events(seq)).find(({ type }) => type === "DoorReleased" || type === "AccessDenied");
    return await seen(look, `what becomes of card ${number}`);
  }

  /** A demo cardholder's probe picture, or several people's; nobody without any. */
  show(camera: string, ...cards: readonly string[]): Promise<unknown> {
    return this.scene(camera, cards.length === 1 ? { person: cards[0] } : { persons: cards });
  }

  scene(camera: string, scene: object): Promise<unknown> {
    return this.ask("PUT", `/simulator/cameras/${camera}/scene`, scene);
  }

  move(door: DoorName, action: "open" | "close" | "force" | "prop"): Promise<Answer> {
    return this.send("POST", `/simulator/doors/${door}`, { action });
  }

  hold(input: string, active: boolean): Promise<unknown> {
    return this.ask("PUT", `/simulator/inputs/${input}`, { active });
  }

  /** A finger stays on a button for a moment; shorter is an impulse, and nobody's request. */
  async letGo(input: string): Promise<unknown> {
    if (input.endsWith(".rex")) await wait(60);
    return await this.ask("DELETE", `/simulator/inputs/${input}`);
  }

  /** Once the interlock takes both doors for secure. */
  async atRest(limit = 20_000): Promise<void> {
    let last: unknown;
    const look = async (): Promise<true | undefined> => {
      const doors = await this.doors().catch(() => undefined);
      last = doors;
      return doors?.outer.secure === true && doors.inner.secure ? true : undefined;
    };
    await seen(look, () => `both doors secure: ${JSON.stringify(last)}`, limit);
  }

  /** As a person does who was refused because something was still coming back. */
  async presentUntil(type: string, accessPoint: AccessPointName, card: string, after: number): Promise<void> {
    await seen(async () => {
      await this.present(accessPoint, card);
      return await this.recorded(type, after, {}, 5_000).catch(() => undefined);
    }, type);
  }

  /** Once every camera is live, nothing is wrong with it, and faces can be compared. */
  async seeing(limit = 60_000): Promise<void> {
    let last: unknown;
    const look = async (): Promise<true | undefined> => {
      const state = await this.state().catch(() => undefined);
      last = state && { vision: state.processes.vision.state, cameras: state.cameras };
      const live = state?.cameras.every((camera) => camera.state === "live" && camera.health.length === 0);
      return live === true && state?.processes.vision.state === "running" ? true : undefined;
    };
    await seen(look, () => `cameras and vision: ${JSON.stringify(last)}`, limit);
  }

  async cardholders(): Promise<readonly ShownCardholder[]> {
    return (await this.ask<{ cardholders: readonly ShownCardholder[] }>("GET", "/cardholders")).cardholders;
  }

  /** Once the demo's three people are enrolled: their ids by card. */
  async enrolled(limit = 60_000): Promise<Readonly<Record<string, string>>> {
    const look = async (): Promise<readonly ShownCardholder[] | undefined> => {
      const ready = (await this.cardholders()).filter(
        ({ photos, cards }) => photos.length >= 3 && cards.length > 0,
      );
      return ready.length >= 3 ? ready : undefined;
    };
    const people = await seen(look, "three demo people enrolled", limit);
    return Object.fromEntries(people.map(({ id, cards }) => [cards[0]?.number, id]));
  }
}

/** A connection for each request: a controller that was killed leaves no half-open one behind. */
function call(
  address: string,
  method: string,
  path: string,
  body?: unknown,
  cookie?: string,
): Promise<Answer> {
  const payload =
    body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const type = Buffer.isBuffer(body) ? "image/jpeg" : "application/json";
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, address), {
      method,
      agent: false,
      timeout: 10_000,
      headers: {
        ...(payload === undefined ? {} : { "content-type": type, "content-length": payload.length }),
        ...(cookie === undefined ? {} : { cookie }),
      },
    });
    request.on("timeout", () => request.destroy(new Error(`${method} ${path} was not answered`)));
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const json = /json/.test(response.headers["content-type"] ?? "");
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          body: json ? JSON.parse(bytes.toString()) : undefined,
        });
      });
    });
    request.end(payload);
  });
}

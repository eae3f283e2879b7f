import { expect, test } from "vitest";
import { type ApiOnSocket, apiOnSocket } from "./support/api-on-socket.ts";
import { openAlarm } from "./support/open-alarm.ts";
import { RawConnection } from "./support/raw-connection.ts";
import { until } from "./support/until.ts";

interface Message {
  readonly event: string;
  readonly id: number | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A reader of the stream; stops when disposed. */
class Reader implements AsyncDisposable {
  readonly messages: Message[] = [];
  comments = 0;
  ended = false;
  readonly #stop = new AbortController();
  readonly #reading: Promise<void>;

  constructor({ api, cookie }: ApiOnSocket, headers: Readonly<Record<string, string>> = {}, query = "") {
    const asked = fetch(`${api.address}/api/v1/stream${query}`, {
      headers: { cookie, ...headers },
      signal: this.#stop.signal,
    });
    this.#reading = asked
      .then((answer) => this.#read(answer))
      .catch(() => {
        this.ended = true;
      });
  }

  async #read(answer: Response): Promise<void> {
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    let text = "";
    for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) this.#take(part);
    }
    this.ended = true;
  }

  #take(part: string): void {
    const field = (name: string) =>
      part
        .split("\n")
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const data = field("data");
    const id = field("id");
    if (part.startsWith(":")) this.comments += 1;
    if (data === undefined) return;
    this.messages.push({
      event: field("event") ?? "",
      id: id === undefined ? undefined : Number(id),
      data: JSON.parse(data) as Record<string, unknown>,
    });
  }

  of(event: string): readonly Message[] {
    return this.messages.filter((message) => message.event === event);
  }

  get seqs(): readonly (number | undefined)[] {
    return this.of("event").map(({ id }) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }
}

const alarm = openAlarm("DoorForcedOpen", { priority: "high" });

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("begins with the state and the open alarms, then tells each thing as it happens", async () => {
  await using site = await apiOnSocket();
  site.services.raise(alarm);
  await using reader = new Reader(site);
  await until(() => reader.of("alarm").length === 1, "the open alarm");
  expect(reader.messages.map(({ event }) => event)).toEqual(["state", "alarm"]);
  site.services.happen("DoorOpened", { vestibule: "v1", door: "outer" });
  site.services.raise({ ...alarm, phase: "normal" });
  site.services.changed();
  await until(() => reader.messages.length === 5, "what happened");
  expect(reader.of("event")[0]).toMatchObject({ id: 2, data: { seq: 2, type: "DoorOpened", door: "outer" } });
  expect(reader.of("alarm")[1]).toMatchObject({
    data: { phase: "normal", since: "2026-11-21T00:00:00.000Z" },
  });
});

test("resumes after Last-Event-ID without gap or repeat, while more keeps happening", async () => {
  await using site = await apiOnSocket();
  for (let count = 0; count < 1500; count++) site.services.happen("DoorOpened");
  await using reader = new Reader(site, { "last-event-id": "7" });
  for (let count = 0; count < 500; count++) {
    site.services.happen("DoorClosed");
    if (count % 10 === 0) await new Promise(setImmediate);
  }
  await until(() => reader.seqs.length >= 1994, "the backlog");
  expect(reader.seqs).toEqual(range(8, 2001));
});

test("Last-Event-ID of another journal's future begins with what is new here", async () => {
  await using site = await apiOnSocket();
  await using reader = new Reader(site, { "last-event-id": "999999" });
  await until(() => reader.of("state").length === 1, "the state");
  site.services.happen("DoorOpened");
  await until(() => reader.seqs.length === 1, "the new record");
  expect(reader.seqs).toEqual([2]);
});

test("shows that the controller lives, and ends with the session", async () => {
  await using site = await apiOnSocket({ limits: { heartbeatInterval: 50 } });
  await using reader = new Reader(site);
  await until(() => reader.comments >= 3, "heartbeats");
  await fetch(`${site.api.address}/api/v1/session`, { method: "DELETE", headers: { cookie: site.cookie } });
  await until(() => reader.ended, "the stream's end");
  expect(site.services.listeners).toBe(1); // the figures' own
});

test("T7: is not for other pages", async () => {
  await using site = await apiOnSocket();
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    const answer = await fetch(`${site.api.address}/api/v1/stream`, {
      headers: { cookie: site.cookie, ...headers },
    });
    expect(answer.status).toBe(403);
  }
});

test("T7: a reader that never reads is closed, and nothing is piled up for it", async () => {
  await using site = await apiOnSocket({ limits: { stalledReader: 700 } });
  using sleeper = new RawConnection(site.api.port);
  await sleeper.send(`GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: ${site.cookie}\r\n\r\n`);
  await until(() => sleeper.received.includes("event: state"), "the first state");
  sleeper.socket.pause();
  const before = process.memoryUsage();
  let happened = 0;
  const ends = Date.now() + 20_000;
  while (site.services.listeners > 1 && Date.now() < ends) {
    for (let count = 0; count < 50; count++) {
      site.services.happen("AccessDenied", { detail: "x".repeat(2000) });
      site.services.changed();
      happened += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(site.services.listeners).toBe(1);
  expect(happened).toBeGreaterThan(500);
  const now = process.memoryUsage();
  // The fake journal keeps every record itself; a stream that queued would hold each several times over.
  expect(now.heapUsed + now.external - before.heapUsed - before.external).toBeLessThan(
    happened * 12_000 + 40_000_000,
  );
  sleeper.socket.resume();
  await sleeper.closed;
});

test("T7: more readers than allowed are told to come back", async () => {
  await using site = await apiOnSocket({ limits: { streams: 2 } });
  await using one = new Reader(site);
  await using two = new Reader(site);
  await until(() => one.messages.length > 0 && two.messages.length > 0, "both readers");
  const third = await fetch(`${site.api.address}/api/v1/stream`, { headers: { cookie: site.cookie } });
  expect(third.status).toBe(503);
  expect(third.headers.get("retry-after")).toBe("5");
});

test("a journal that cannot be read ends the stream and harms nobody else", async () => {
  await using site = await apiOnSocket();
  for (let count = 0; count < 5; count++) site.services.happen("DoorOpened");
  site.services.events = () => {
    throw new Error("unreadable");
  };
  await using reader = new Reader(site, {}, "?after=0");
  await until(() => reader.ended, "the stream's end");
  expect(() => site.services.happen("DoorClosed")).not.toThrow();
});

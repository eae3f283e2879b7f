import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openJournalForReading } from "../src/drivers/sqlite/open-for-reading.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { Listener } from "./support/mosquitto.ts";
import { bothSecured, SiteApi } from "./support/site-api.ts";
import { seen, until } from "./support/until.ts";

// How it starts, what it says when it cannot, and how it stops.

watchMachine();

const password = "two doors and one key";

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "vestibule-start-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function squat(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function journalOf({ data }: DemoDaemon, type: string): number {
  using journal = openJournalForReading(data);
  return journal.query({ type, limit: 100 }).length;
}

/** Runs it to its end, as somebody at a terminal would. */
async function refused(yaml: string): Promise<{ code: number | null; stderr: string; took: number }> {
  const file = join(scratch, "site.yaml");
  writeFileSync(file, yaml);
  const from = performance.now();
  const child: ChildProcess = spawn(process.execPath, ["scripts/vestibule.mjs", "run", "--config", file], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, LANG: "en_US.UTF-8" },
  });
  let stderr = "";
  child.stderr?.on("data", (text) => (stderr += String(text)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stderr, took: performance.now() - from };
}

describe("a configuration that cannot be used", () => {
  test("every fault is listed at once, with file and line, and nothing is started", async () => {
    const { code, stderr } = await refused(
      [
        "site:",
        "  id: Bad Name",
        "  name: { en: X, zh: X }",
        "board: { kind: simulated }",
        "heartbeatTime: 99",
        "vestibules:",
        "  - id: v1",
        "    doors: { outer: { releaseTime: soon } }",
        "    accessPoints: { outer-entry: { camera: nowhere } }",
        "cameras: [{ id: c1, sauce: { kind: simulated } }]",
      ].join("\n"),
    );
    expect(code).toBe(2);
    for (const [line, what] of [
      [2, "site.id"],
      [5, "heartbeatTime"],
      [8, "releaseTime"],
      [10, "sauce"],
    ] as const) {
      expect(stderr).toMatch(new RegExp(`site\\.yaml:${line}\\b.*`));
      expect(stderr).toContain(what);
    }
  });

  test("a file that is no YAML says in which line", async () => {
    const { code, stderr } = await refused("site:\n  id: ok\n  name: { en: X\nboard: [\n");
    expect(code).toBe(2);
    expect(stderr).toMatch(/site\.yaml:\d/);
    expect(stderr).not.toContain("    at ");
  });
});

test("a board's watchdog that is not there: refused, saying what to do; nothing is started", async () => {
  const line = (direction: string, offset: number, pull: string) =>
    `{ direction: ${direction}, chip: none, line: { offset: ${offset} }, pull: ${pull} }`;
  writeFileSync(
    join(scratch, "board.yaml"),
    [
      "board: { id: none, name: None }",
      "watchdog: /dev/watchdog99",
      "chips: [{ label: none }]",
      "lines:",
      `  outer.lock: ${line("out", 0, "down")}`,
      `  inner.lock: ${line("out", 1, "down")}`,
      `  outer.contact: ${line("in", 2, "up")}`,
      `  inner.contact: ${line("in", 3, "up")}`,
    ].join("\n"),
  );
  const { code, stderr } = await refused(
    [
      "site: { id: none, name: { en: X, zh: X } }",
      "board: { kind: gpio, profile: board.yaml, driver: sysfs }",
      "vestibules: [{ id: v1 }]",
      "mqtt: { broker: none }",
    ].join("\n"),
  );
  expect(stderr).toContain("/dev/watchdog99 is not there: load this board's watchdog driver");
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(2);
});

test("a port in use: said, the doors are under control meanwhile, and the console comes when it is free; MQTT alike", {
  timeout: 150_000,
}, async () => {
  const daemon = await DemoDaemon.prepare({ name: "start-ports", password });
  await using _ended = daemon;
  const http = await squat(Number(new URL(daemon.address).port));
  const mqtt = await squat(daemon.mqttPort);
  try {
    daemon.spawn();
    await until(
      () => daemon.output.includes("The doors are under control"),
      "the message about the port",
      30_000,
    );
    expect(daemon.output).toContain(new URL(daemon.address).port);
    await until(
      () => daemon.output.includes(String(daemon.mqttPort)),
      "the message about MQTT's port",
      10_000,
    );
    expect(daemon.isRunning()).toBe(true);
    await until(() => daemon.pids().interlock !== undefined, "an interlock");
    // Under control: the interlock has the doors and has heard the controller, whose record says so.
    await until(() => journalOf(daemon, "DoorBecameSecure") >= 2, "both doors secure", 20_000);
    expect(journalOf(daemon, "ConsoleUnavailable")).toBe(1);
  } finally {
    http.close();
    mqtt.close();
  }
  await daemon.ready();
  const api = await daemon.logIn();
  expect(await api.outputs()).toMatchObject(bothSecured);
  await using listener = await Listener.to(`mqtt://127.0.0.1:${daemon.mqttPort}`, "vestibule/demo/#", {
    protocolVersion: 4,
  });
  await until(
    () => listener.heard.some(({ text }) => text.includes('"online"')),
    "the retained status",
    20_000,
  );
  expect((await api.state()).mqtt.phase).toBe("online");
});

describe("a first start, a stop and a second start", () => {
  let daemon: DemoDaemon;
  let oneTime: string;
  beforeAll(async () => {
    daemon = await DemoDaemon.start({ name: "start-twice" });
    await until(() => daemon.oneTimePassword !== undefined, "the one-time password");
    oneTime = daemon.oneTimePassword ?? "";
  });
  afterAll(() => daemon?.[Symbol.asyncDispose]());

  test("the one-time password opens nothing but its own change", async () => {
    const api = await daemon.logIn(oneTime);
    for (const [method, path] of [
      ["GET", "/state"],
      ["GET", "/cardholders"],
      ["POST", "/simulator/doors/outer"],
    ] as const) {
      expect((await api.send(method, path, method === "POST" ? { action: "force" } : undefined)).status).toBe(
        403,
      );
    }
    const change = (next: string) => api.send("POST", "/session/password", { current: oneTime, next });
    expect((await change("short")).status).toBe(422);
    expect((await change(password)).status).toBe(200);
    await expect(daemon.logIn(oneTime)).rejects.toThrow("401");
    await (await daemon.logIn(password)).state();
  });

  test(
    "T33: Ctrl-C, which reaches every process, stops all in order within 5 s, with the doors secured",
    againWhereHeldUp,
    async () => {
      // Where an attempt before has stopped it.
      if (!daemon.isRunning()) {
        daemon.spawn();
        await daemon.ready();
      }
      const stopped = journalOf(daemon, "ControllerStopped");
      const api = await daemon.logIn(password);
      await api.atRest();
      const start = await api.lastSeq();
      await api.hold("outer.rex", true);
      await api.recorded("DoorReleased", start);
      const others = Object.values(daemon.pids());
      const from = performance.now();
      daemon.interrupt();
      daemon.interrupt(); // whoever is impatient presses it twice
      expect(await daemon.ended(10_000)).toBe(0);
      expect(performance.now() - from).toBeLessThan(5_000);
      for (const pid of others) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
      expect(journalOf(daemon, "ControllerStopped")).toBe(stopped + 1);
      // Whatever was released is secured by those who stop, not left to those who start.
      using journal = openJournalForReading(daemon.data);
      const moves = journal
        .query({ limit: 1_000 })
        .filter(({ type }) => /^Door(Released|Secured)$/.test(type));
      expect(moves.at(-1)).toMatchObject({ type: "DoorSecured" });
    },
  );

  test(
    "a second start is up at once, prints no password, and knows everybody",
    againWhereHeldUp,
    async () => {
      await daemon.stop(); // an attempt before has started it
      const started = journalOf(daemon, "ControllerStarted");
      const from = performance.now();
      daemon.spawn();
      await daemon.ready();
      // 5 s is what a machine of its own needs at most; this one may do other things.
      expect(performance.now() - from).toBeLessThan(15_000);
      await until(() => daemon.output.includes("Ctrl-C"), "what a person needs to know");
      expect(daemon.oneTimePassword).toBeUndefined();
      const api = await SiteApi.logIn(daemon.address, password);
      await api.atRest();
      expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
      await seen(
        async () => ((await api.events(0, "ControllerStarted")).length === started + 1 ? true : undefined),
        "one start more",
      );
    },
  );
});

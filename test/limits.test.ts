import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import sharp from "sharp";
import { expect, test } from "vitest";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { openSqliteJournal } from "../src/drivers/sqlite/sqlite-journal.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { bothSecured } from "./support/site-api.ts";
import { seen, until } from "./support/until.ts";

// A daemon that runs into its limits.

watchMachine();

const password = "two doors and one key";

const ended = (output: string, role: string): number =>
  output.split(`the ${role} process ended (`).length - 1;

test("T38: out of memory: whoever has too little ends and is started again, more and more slowly; the interlock keeps the doors", async () => {
  // Enough for the interlock and the supervisor, far too little for rules, console and nets.
  await using daemon = await DemoDaemon.prepare({
    name: "limits-memory",
    password,
    environment: { NODE_OPTIONS: "--max-old-space-size=20" },
  });
  daemon.spawn();
  await until(() => daemon.pids().interlock !== undefined, "an interlock");
  const interlock = daemon.pidOf("interlock");
  await until(
    () => ended(daemon.output, "controller") >= 4,
    `four ends of the controller:\n${daemon.output}`,
    60_000,
  );
  expect(daemon.pidOf("interlock"), "the interlock is still the same").toBe(interlock);
  expect(ended(daemon.output, "interlock") + ended(daemon.output, "building")).toBe(0);
  expect(daemon.output).toMatch(/the controller process ended \(SIGABRT\); it is started again/);
  await daemon.stop();
  expect(daemon.exitCode(), "and it stops in order").toBe(0);
});

test(
  "T38: out of descriptors: no connection more, no process less, the doors do not notice, and the console is back after",
  againWhereHeldUp,
  async () => {
    await using daemon = await DemoDaemon.start({
      name: "limits-descriptors",
      password,
      through: ["bash", "-c", 'ulimit -n 96 && exec "$@"', "bash"],
    });
    const api = await daemon.logIn();
    await api.atRest();
    const start = await api.lastSeq();
    const before = daemon.pids();
    const sockets: Socket[] = [];
    let refused = 0;
    try {
      for (let count = 0; count < 200; count += 1) {
        const socket = connect(Number(new URL(daemon.address).port), "127.0.0.1");
        socket.on("close", () => (refused += 1));
        socket.on("error", () => {}); // refused: counted when it closes
        sockets.push(socket);
      }
      await seen(
        async () => {
          const answer = await fetch(`${daemon.address}/healthz`, { signal: AbortSignal.timeout(500) }).catch(
            () => undefined,
          );
          return answer === undefined || refused > 0 ? true : undefined;
        },
        "a console out of reach",
        10_000,
      );
    } finally {
      await Promise.all(
        sockets.map(async (socket) => {
          if (socket.destroyed) return;
          socket.destroy();
          await once(socket, "close");
        }),
      );
    }
    await daemon.ready();
    expect(daemon.pids()).toEqual(before);
    expect(await api.outputs()).toMatchObject(bothSecured);
    const told = (await api.events(start)).map(({ type }) => type);
    expect(told.filter((type) => /Lost$|Fault$/.test(type))).toEqual([]);
    await api.hold("outer.rex", true);
    await api.letGo("outer.rex");
    await api.recorded("DoorReleased", start, { door: "outer" });
  },
);

test("T38: photos as large as any that is taken, larger ones and broken ones: each answered, and vision is the same one afterwards", async () => {
  await using daemon = await DemoDaemon.start({ name: "limits-photos", password });
  const api = await daemon.logIn();
  const people = await api.enrolled();
  await api.seeing();
  const vision = daemon.pidOf("vision");
  const path = `/cardholders/${people["1001"]}/photos`;
  const plain = (side: number): Promise<Buffer> =>
    sharp({ create: { width: side, height: side, channels: 3, background: "#778" } })
      .jpeg({ quality: 30 })
      .toBuffer();
  const [largest, tooLarge] = [await plain(7_070), await plain(8_000)];
  const answers: unknown[] = [];
  for (const photo of [
    largest,
    tooLarge,
    await plain(1),
    largest.subarray(0, 9_000),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]),
  ]) {
    const { status, body } = await api.send("POST", path, photo);
    answers.push([status, (body as { reason?: string }).reason]); // a problem's
  }
  expect(answers).toEqual([
    [422, "noFace"],
    [422, "tooLarge"],
    [422, "noFace"],
    [422, "notAPicture"],
    [422, "notAPicture"],
  ]);
  expect(daemon.pidOf("vision")).toBe(vision);
  expect(residentMegabytes(vision)).toBeLessThan(1_200);
});

const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN) / 1_000;

test(
  "T39: checking a long journal takes its time beside the loop that decides: no door waits for it",
  againWhereHeldUp,
  async () => {
    await using daemon = await DemoDaemon.prepare({ name: "limits-journal", password });
    mkdirSync(daemon.data, { recursive: true, mode: 0o700 });
    const clock = new SystemClock();
    {
      using journal = openSqliteJournal({ directory: daemon.data, clock, boot: "before" });
      const entry = { type: "DoorOpened", at: clock.now(), payload: { vestibule: "v1", door: "outer" } };
      for (let batch = 0; batch < 50; batch += 1) journal.append(Array.from({ length: 1_000 }, () => entry));
    }
    daemon.spawn();
    await daemon.ready();
    const api = await daemon.logIn();
    await api.atRest();
    const start = await api.lastSeq();
    const from = performance.now();
    const verdict = api.ask("GET", "/journal/verify");
    let over = false;
    void verdict.finally(() => (over = true));
    let slowest = 0;
    while (!over) {
      const asked = performance.now();
      await api.state();
      slowest = Math.max(slowest, performance.now() - asked);
    }
    expect(await verdict).toMatchObject({ intact: true });
    // Were it checked on the loop itself, no answer would come before its end.
    expect(slowest).toBeLessThan(Math.max((performance.now() - from) / 2, 400));
    expect(await api.events(start, "ControllerLost")).toEqual([]);
  },
);

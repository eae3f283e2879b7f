import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { notifySystemd } from "../src/drivers/systemd-notify/notify-systemd.ts";
import { until } from "./support/until.ts";

const receiverScript = fileURLToPath(new URL("./support/datagram-receiver.py", import.meta.url));

let folder: string;
let receiver: ChildProcess | undefined;
let received: string[];
let faults: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-notify-"));
  received = [];
  faults = [];
});
afterEach(() => {
  receiver?.kill("SIGKILL"); // also one that was stopped
  rmSync(folder, { recursive: true });
});

async function listen(address: string): Promise<void> {
  receiver = spawn("/usr/bin/python3", [receiverScript, address], { stdio: ["ignore", "pipe", "inherit"] });
  if (receiver.stdout !== null) createInterface(receiver.stdout).on("line", (line) => received.push(line));
  await until(() => received.includes("listening"), "the receiver");
}

const notify = (env: NodeJS.ProcessEnv) => notifySystemd(env, (fault) => faults.push(fault));

test.each([
  { kind: "a path", address: () => join(folder, "notify") },
  { kind: "an abstract name", address: () => `@vestibule-notify-${process.pid}` },
])("systemd hears ready, alive and stopping on $kind", async ({ address }) => {
  await listen(address());
  const systemd = await notify({ NOTIFY_SOCKET: address(), WATCHDOG_USEC: "4000000" });
  expect(systemd.interval).toBe(2_000);
  systemd.starting(60_000);
  systemd.ready();
  systemd.alive();
  systemd.alive();
  systemd.stopping();
  await until(() => received.length >= 6, "the messages");
  expect(received.slice(1)).toEqual([
    "EXTEND_TIMEOUT_USEC=60000000",
    "READY=1",
    "WATCHDOG=1",
    "WATCHDOG=1",
    "STOPPING=1",
  ]);
  expect(faults).toEqual([]);
});

test("without a service manager nothing happens, and nothing is asked for", async () => {
  const systemd = await notify({});
  systemd.starting(1);
  systemd.ready();
  systemd.alive();
  systemd.stopping();
  expect(systemd.interval).toBeUndefined();
  expect(faults).toEqual([]);
});

test("our own children are not told whom to speak to", async () => {
  const env: NodeJS.ProcessEnv = {
    NOTIFY_SOCKET: join(folder, "x"),
    WATCHDOG_USEC: "1",
    WATCHDOG_PID: "1",
    PATH: "/bin",
  };
  await notify(env);
  expect(env).toEqual({ PATH: "/bin" });
});

test.each([
  { env: { WATCHDOG_USEC: "4000000", WATCHDOG_PID: String(process.pid) }, interval: 2_000 },
  { env: { WATCHDOG_USEC: "4000000", WATCHDOG_PID: "1" }, interval: undefined },
  { env: { WATCHDOG_USEC: "0" }, interval: undefined },
  { env: { WATCHDOG_USEC: "soon" }, interval: undefined },
  { env: {}, interval: undefined },
])("the watchdog of $env is fed every $interval ms", async ({ env, interval }) => {
  const systemd = await notify({ NOTIFY_SOCKET: join(folder, "notify"), ...env });
  expect(systemd.interval).toBe(interval);
});

test("a socket that is not there is told, each time, and nothing else fails", async () => {
  const systemd = await notify({ NOTIFY_SOCKET: join(folder, "nobody") });
  systemd.ready();
  systemd.alive();
  expect(faults).toEqual([
    "systemd was not told (READY=1): sendto: ENOENT",
    "systemd was not told (WATCHDOG=1): sendto: ENOENT",
  ]);
});

test("an address that cannot be one is told once", async () => {
  const systemd = await notify({ NOTIFY_SOCKET: `@${"x".repeat(120)}` });
  systemd.ready();
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/longer than an address may be$/);
});

test("a receiver that does not read never blocks the caller", async () => {
  await listen(join(folder, "notify"));
  receiver?.kill("SIGSTOP");
  const systemd = await notify({ NOTIFY_SOCKET: join(folder, "notify") });
  for (let count = 0; count < 2_000; count++) systemd.alive();
  expect(faults[0]).toBe("systemd was not told (WATCHDOG=1): sendto: EAGAIN");
});

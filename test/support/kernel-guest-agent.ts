/**
 * Runs inside the guest, as its only program beside what it starts: does what the test on the host asks for, over a
 * virtio serial port, one JSON text a line. When the host is gone the port ends, and with this program the guest.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";
import { readText, writeText } from "./kernel-files.ts";
import {
  agentPort,
  type GuestMessage,
  type GuestOperation,
  type GuestProgram,
  type GuestRequest,
} from "./kernel-guest-protocol.ts";

const ports = "/sys/class/virtio-ports";
const port = readdirSync(ports).find((name) => readText(`${ports}/${name}/name`)?.trim() === agentPort);
if (port === undefined) throw new Error(`no port ${agentPort}`);
const device = await open(`/dev/${port}`, "r+");

function say(message: GuestMessage): void {
  writeSync(device.fd, `${JSON.stringify(message)}\n`);
}

function start({ program, arguments: given, environment, directory }: GuestProgram): number {
  const child = spawn(program, given, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // a group of its own, so that all of it can be signalled
  });
  const { pid } = child;
  child.on("error", () => {}); // said by the missing number
  if (pid === undefined) throw new Error(`${program} cannot be started`);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => say({ kind: "output", pid, text }));
  }
  child.once("close", (code, signal) => say({ kind: "ended", pid, how: signal ?? code ?? "unknown" }));
  return pid;
}

function carryOut(operation: GuestOperation): unknown {
  switch (operation.do) {
    case "now":
      return Number(process.hrtime.bigint()) / 1e6;
    case "read":
      return readText(operation.path);
    case "write":
      return operation.files.forEach(({ path, text }) => writeText(path, text));
    case "create":
      return writeText(operation.file.path, operation.file.text, "w");
    case "list":
      return readdirSync(operation.path);
    case "makeFolder":
      return mkdirSync(operation.path);
    case "removeFolder":
      return rmdirSync(operation.path);
    case "start":
      return start(operation.program);
    case "signal":
      return process.kill(operation.pid, operation.signal);
  }
}

say({ kind: "ready", kernel: readFileSync("/proc/sys/kernel/osrelease", "utf8").trim() });
for await (const line of createInterface({ input: device.createReadStream() })) {
  const { id, operation } = JSON.parse(line) as GuestRequest; // the test's runner at the other end
  try {
    say({ kind: "answer", id, value: carryOut(operation) });
  } catch (error) {
    say({ kind: "failure", id, reason: String(error) });
  }
}
process.exit(0);

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The demo site as a newcomer starts it, on a port and data directory of its own. */
export interface DemoDaemon extends AsyncDisposable {
  readonly address: string;
  /** Printed at the first start only. */
  readonly oneTimePassword: string | undefined;
  /** Stops it in order and starts it again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;
const stopLimitMs = 15_000;
const passwordPattern = /\b(?:[A-Z0-9]{5}-){3}[A-Z0-9]{5}\b/;

export async function startDemoDaemon(): Promise<DemoDaemon> {
  const data = await mkdtemp(join(tmpdir(), "vestibule-demo-"));
  const [http, mqtt] = [await freePort(), await freePort()];
  const environment = {
    ...process.env,
    VESTIBULE_DATA: data,
    VESTIBULE_HTTP_PORT: String(http),
    VESTIBULE_MQTT_PORT: String(mqtt),
  };
  let running = await start(environment);
  const stop = (): Promise<void> => stopInOrder(running.process);
  return {
    address: `http://127.0.0.1:${http}`,
    oneTimePassword: passwordPattern.exec(running.output)?.[0],
    stop,
    restart: async () => {
      await stop();
      running = await start(environment);
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly process: ChildProcess;
  readonly output: string;
}

async function start(environment: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(process.execPath, ["src/main.ts", "run"], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const address = `http://127.0.0.1:${environment["VESTIBULE_HTTP_PORT"] ?? ""}`;
  const limit = Date.now() + startLimitMs;
  while (!(await isReady(address))) {
    if (child.exitCode !== null) throw new Error(`the daemon ended with ${child.exitCode}:\n${output}`);
    if (Date.now() > limit) {
      await stopInOrder(child);
      throw new Error(`the daemon was not ready in time:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { process: child, output };
}

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/readyz`).catch(() => undefined);
  return answer?.ok === true;
}

async function stopInOrder(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), stopLimitMs);
  await gone;
  clearTimeout(kill);
}

/** A port nobody listens on now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

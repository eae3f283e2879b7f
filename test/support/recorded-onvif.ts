import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { freePort } from "./free-port.ts";

/** A device that we did not write (see recorded-onvif-process.ts). It takes UDP port 3702, so one at a time. */
export async function recordedOnvifDevice(): Promise<AsyncDisposable & { readonly port: number }> {
  const port = await freePort();
  const child = spawn(process.execPath, [new URL("recorded-onvif-process.ts", import.meta.url).pathname], {
    env: { ...process.env, PORT: String(port), HOSTNAME: "127.0.0.1", NODE_NO_WARNINGS: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const first = await Promise.race([
    createInterface({ input: child.stdout })[Symbol.asyncIterator]().next(),
    ended.then(() => ({ done: true })),
  ]);
  if (first.done === true) throw new Error("the recorded device did not start");
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

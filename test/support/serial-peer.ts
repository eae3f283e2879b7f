import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("./serial-peer.py", import.meta.url));

/** Something on a serial line: a real terminal device of the kernel's under a name that stays, as udev gives them. */
export class SerialPeer implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "vestibule-serial-"));
  /** The path of the device, there or not. */
  readonly device = join(this.#folder, "usb-converter-port0");
  #process: ChildProcess | undefined;

  async plug(): Promise<void> {
    const peer = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = peer;
    if (peer.stdout === null) throw new Error("the peer says nothing");
    const [name] = (await once(createInterface(peer.stdout), "line")) as [string]; // readline's event
    symlinkSync(name, this.device);
  }

  /** The line hangs up, and its name is gone. */
  async unplug(): Promise<void> {
    rmSync(this.device, { force: true });
    const peer = this.#process;
    this.#process = undefined;
    if (peer === undefined || peer.exitCode !== null) return;
    peer.kill("SIGKILL");
    await once(peer, "exit");
  }

  send(bytes: Uint8Array): void {
    this.#process?.stdin?.write(`${Buffer.from(bytes).toString("hex")}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unplug();
    rmSync(this.#folder, { recursive: true });
  }
}

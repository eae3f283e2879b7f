import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real terminal device of the kernel's under a name that stays, as udev gives them; a script holds its other end. */
export class SerialTerminal implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "vestibule-serial-"));
  /** The path of the device, there or not. */
  readonly device = join(this.#folder, "usb-serial-port0");
  readonly #script: string;
  readonly #onLine: (line: string) => void;
  #process: ChildProcess | undefined;

  /** `script`: beside this file; its first line is the device's name, the others are given to `onLine`. */
  constructor(script: string, onLine: (line: string) => void = () => {}) {
    this.#script = fileURLToPath(new URL(script, import.meta.url));
    this.#onLine = onLine;
  }

  async plug(): Promise<void> {
    const peer = spawn("/usr/bin/python3", [this.#script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = peer;
    if (peer.stdout === null) throw new Error("the other end says nothing");
    const lines = createInterface(peer.stdout);
    const [name] = (await once(lines, "line")) as [string]; // readline's event
    lines.on("line", this.#onLine);
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

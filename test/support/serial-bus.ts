import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { OsdpPeripheral } from "../../src/simulation/osdp-peripheral.ts";

const script = fileURLToPath(new URL("./serial-bus.py", import.meta.url));

/** OSDP readers on a bus that is a real terminal device of the kernel's, under a name that stays. */
export class SerialBus implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "vestibule-bus-"));
  /** The path of the device, there or not. */
  readonly device = join(this.#folder, "usb-rs485-port0");
  readonly #peripherals: readonly OsdpPeripheral[];
  #process: ChildProcess | undefined;
  /** What becomes of a reader's words on their way. */
  onTheWay: (reply: Buffer) => readonly Buffer[] = (reply) => [reply];

  constructor(peripherals: readonly OsdpPeripheral[]) {
    this.#peripherals = peripherals;
  }

  async plug(): Promise<void> {
    const peer = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = peer;
    if (peer.stdout === null) throw new Error("the bus says nothing");
    const lines = createInterface(peer.stdout);
    const [name] = (await once(lines, "line")) as [string]; // readline's event
    lines.on("line", (line) => this.#onWritten(Buffer.from(line, "hex")));
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

  #onWritten(bytes: Buffer): void {
    for (const peripheral of this.#peripherals) {
      const reply = peripheral.receive(bytes);
      for (const piece of reply === undefined ? [] : this.onTheWay(reply)) this.send(piece);
    }
  }
}
